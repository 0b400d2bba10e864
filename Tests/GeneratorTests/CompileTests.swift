import Testing

@testable import Generator

/// The emitted packages of `EmitTests` as the compiler sees them, against the runtime's modules
/// that were built with these tests.
struct CompileTests {
    private static let root = Files.folder(
        of: Files.folder(of: Files.folder(of: #filePath)))

    /// All but those that need a part of the runtime which is not there.
    private static var names: [String] {
        EmitTests.plans.filter { _, plan in
            plan.parts.allSatisfy { Files.isFolder("\(root)/Sources/Runtime/\($0.folder)") }
        }.keys.sorted()
    }

    @Test(arguments: names)
    func `what is emitted is Swift that fits the runtime`(name: String) throws {
        let folder = "\(EmitTests.cases)/\(name)/Sources/Gateway"
        let tests = try #require(Files.resolved("/proc/self/exe"))
        let products = Files.folder(of: tests)
        let maps = Files.filesBelow(products)
            .filter { $0.hasSuffix("module.modulemap") }
            .filter { $0.hasPrefix("CLinux.build/") }
        let systemMaps = ["Names/CCares", "TLS/COpenSSL/include", "Wide/CCurl"]
            .map { "\(Self.root)/Sources/Runtime/\($0)/module.modulemap" }
            .filter(Files.exists)
        let flags = (maps.map { "\(products)/\($0)" } + systemMaps).flatMap {
            ["-Xcc", "-fmodule-map-file=\($0)"]
        }
        let sources = Files.names(in: folder).map { "\(folder)/\($0)" }
        let outcome = try Subprocess(
            arguments: [
                "swiftc", "-typecheck", "-swift-version", "6", "-warnings-as-errors",
                "-module-name", "Gateway", "-I", "\(products)/Modules",
            ] + flags + sources
        ).run()
        #expect(outcome.isSuccess, "\(outcome.output)")
    }
}
