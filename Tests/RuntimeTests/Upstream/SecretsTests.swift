import Foundation
import Testing

@testable import GatewayRuntime

/// Endpoints with one header rule each, in order.
private func endpoints(_ rules: HeaderRule...) -> [Endpoint] {
    rules.enumerated().map { Endpoint.scripted($0, port: 1, priority: 1, headers: [$1]) }
}

extension Secrets {
    fileprivate func text(_ parts: ValuePart...) -> String {
        String(decoding: value(of: parts), as: UTF8.self)
    }
}

/// Variables have names of their own in each test, since the environment is everybody's.
@Suite struct SecretsTests {
    @Test func `a variable is read where it is set and its default where it is not`() {
        setenv("INGOT_TEST_SET", "from-environment", 1)
        let parts: [ValuePart] = [
            .environment("INGOT_TEST_SET", default: "unused"), .text("/"),
            .environment("INGOT_TEST_UNSET", default: "default"),
        ]
        let rule = HeaderRule("X-A", parts[0], parts[1], parts[2])
        let secrets = Secrets(for: endpoints(rule))
        #expect(secrets.problems == [])
        #expect(
            String(decoding: secrets.value(of: parts), as: UTF8.self) == "from-environment/default")
    }

    @Test func `each use of a variable has its own default`() {
        let red = ValuePart.environment("INGOT_TEST_COLOUR", default: "red")
        let blue = ValuePart.environment("INGOT_TEST_COLOUR", default: "blue")
        let secrets = Secrets(for: endpoints(HeaderRule("X-A", red), HeaderRule("X-A", blue)))
        #expect(secrets.text(red) == "red" && secrets.text(blue) == "blue")
    }

    @Test func `a default elsewhere does not stand in for a variable that is needed`() {
        let secrets = Secrets(
            for: endpoints(
                HeaderRule("X-A", .environment("INGOT_TEST_NEEDED", default: "red")),
                HeaderRule("X-A", .environment("INGOT_TEST_NEEDED"))))
        #expect(
            secrets.problems == [
                "environment variable INGOT_TEST_NEEDED is not set (endpoint 'e1')"
            ])
    }

    @Test func `everything that is missing is told at once`() {
        let secrets = Secrets(
            for: endpoints(
                HeaderRule("X-A", .environment("INGOT_TEST_MISSING_1"), .file("/nowhere/a")),
                HeaderRule("X-B", .base64([.text("u:"), .environment("INGOT_TEST_MISSING_2")]))))
        #expect(
            secrets.problems == [
                "environment variable INGOT_TEST_MISSING_1 is not set (endpoint 'e0')",
                "file /nowhere/a cannot be read: No such file or directory (endpoint 'e0')",
                "environment variable INGOT_TEST_MISSING_2 is not set (endpoint 'e1')",
            ])
    }

    @Test func `a file loses its line ends and nothing else`() throws {
        let path: StaticString = "/tmp/ingot-secrets-test-ends"
        try write(" value\twith tab \r\n\n", to: path)
        defer { unlink("\(path)") }
        let secrets = Secrets(for: endpoints(HeaderRule("X-A", .file(path))))
        #expect(secrets.problems == [] && secrets.text(.file(path)) == " value\twith tab ")
    }

    @Test func `a file that is too large is called that`() throws {
        let path: StaticString = "/tmp/ingot-secrets-test-large"
        try write(String(repeating: "a", count: 65_537), to: path)
        defer { unlink("\(path)") }
        let secrets = Secrets(for: endpoints(HeaderRule("X-A", .file(path))))
        #expect(
            secrets.problems == [
                "file /tmp/ingot-secrets-test-large cannot be read: File too large (endpoint 'e0')"
            ])
    }

    @Test func `a folder is no secret`() {
        let secrets = Secrets(for: endpoints(HeaderRule("X-A", .file("/tmp"))))
        #expect(
            secrets.problems == ["file /tmp cannot be read: Is a directory (endpoint 'e0')"])
    }

    @Test(arguments: ["a\r\nX-Evil: 1", "a\nb", "\u{1}", "a\u{7f}", "line\n"])
    func `a value that cannot stand in a field is refused and not shown`(value: String) {
        let name = "INGOT_TEST_CONTROL"
        setenv(name, "canary" + value, 1)
        let secrets = Secrets(
            for: endpoints(HeaderRule("X-A", .environment("INGOT_TEST_CONTROL"))))
        #expect(
            secrets.problems == [
                "environment variable \(name) has a line end or a control byte in it "
                    + "(endpoint 'e0')"
            ])
        #expect(!secrets.problems.joined().contains("canary"))
    }

    @Test func `a problem with a file does not show what is in it`() throws {
        let path: StaticString = "/tmp/ingot-secrets-test-control"
        try write("canary\u{0}canary\n", to: path)
        defer { unlink("\(path)") }
        let secrets = Secrets(for: endpoints(HeaderRule("X-A", .file(path))))
        #expect(
            secrets.problems == [
                "file \(path) has a line end or a control byte in it (endpoint 'e0')"
            ])
    }

    /// RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"), ("\u{0}", "AA=="), ("ÿ~?", "w79+Pw=="),
        ("Aladdin:open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
    ])
    func `Base64 is that of its standard`(plain: String, encoded: String) {
        #expect(String(decoding: Base64.encode(Array(plain.utf8)), as: UTF8.self) == encoded)
    }

    @Test func `Base64 of every byte comes back`() throws {
        var random = Random(seed: 9)
        for count in 0..<200 {
            let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let text = String(decoding: Base64.encode(bytes), as: UTF8.self)
            #expect(Data(base64Encoded: text).map { [UInt8]($0) } == bytes)
        }
    }

    @Test func `what stands inside Base64 is put together first`() {
        setenv("INGOT_TEST_PASSWORD", "open sesame", 1)
        let parts: [ValuePart] = [
            .text("Aladdin"), .text(":"), .environment("INGOT_TEST_PASSWORD"),
        ]
        let secrets = Secrets(for: endpoints(HeaderRule("A", .text("Basic "), .base64(parts))))
        #expect(
            secrets.text(.text("Basic "), .base64(parts)) == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    }

    private func write(_ text: String, to path: StaticString) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(path)"))
    }
}
