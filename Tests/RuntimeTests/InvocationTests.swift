import Testing

@testable import GatewayRuntime

@Suite struct InvocationTests {
    private static let known: [([String], Invocation)] = [
        ([], .serve(port: nil)), (["--port", "8080"], .serve(port: 8080)),
        (["--check"], .check(port: nil)), (["--check", "--port", "1"], .check(port: 1)),
        (["--port", "65535", "--check"], .check(port: 65_535)),
        (["--health"], .ask(.alive, port: nil)),
        (["--port", "1", "--ready"], .ask(.ready, port: 1)),
        (["--manifest"], .show(.manifest)), (["--version"], .show(.version)),
        (["--help"], .show(.usage)), (["-h"], .show(.usage)), (["--check", "-h"], .show(.usage)),
    ]

    @Test(arguments: known.indices)
    func `arguments that it knows are understood`(at index: Int) {
        #expect(Invocation(Self.known[index].0) == Self.known[index].1)
    }

    @Test(arguments: [
        ["--port"], ["--port", "0"], ["--port", "65536"], ["--port", "-1"], ["--port", "http"],
        ["--port", ""], ["--port", "80", "--port", "x"],
    ])
    func `a port that is none is refused`(arguments: [String]) {
        #expect(Invocation(arguments) == .wrong("--port takes a number from 1 to 65535"))
    }

    @Test(arguments: [
        (["--nonsense"], "--nonsense"), (["serve"], "serve"), ([""], ""),
        (["--manifest", "--check"], "--manifest"), (["--check", "--version"], "--version"),
        (["--health", "--check"], "--check"), (["--check", "--health"], "--health"),
        (["--health", "--ready"], "--ready"),
    ])
    func `an argument that it does not know is named`(arguments: [String], name: String) {
        #expect(Invocation(arguments) == .wrong("unknown argument '\(name)'"))
    }

    @Test(arguments: [
        "--port", "--check", "--health", "--ready", "--manifest", "--version", "INGOT_PORT",
    ])
    func `the usage tells of it`(option: String) {
        #expect(Invocation.usage.contains(option))
    }
}
