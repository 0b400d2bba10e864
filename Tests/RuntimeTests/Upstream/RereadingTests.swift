import Foundation
import Testing

@testable import GatewayRuntime

/// Two secrets in files of this test run alone; paths are literals, as in emitted code.
@Suite(.serialized) struct RereadingTests {
    static let first: StaticString = "/tmp/ingot-tests-reread-first"
    static let second: StaticString = "/tmp/ingot-tests-reread-second"

    let endpoints = [
        Endpoint.scripted(
            0, port: 1, priority: 1,
            headers: [
                HeaderRule("X-A", .file(first)), HeaderRule("X-B", .base64([.file(second)])),
            ])
    ]

    init() throws {
        try write("one", to: Self.first)
        try write("two", to: Self.second)
    }

    func write(_ text: String, to path: StaticString) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)"))
    }

    func text(_ secrets: Secrets) -> [String] {
        endpoints[0].headers.map { String(decoding: secrets.value(of: $0.value), as: UTF8.self) }
    }

    @Test func `files that changed are named and nothing else`() throws {
        let before = Secrets(for: endpoints)
        #expect(before.problems == [])
        #expect(before.rereadingFiles(for: endpoints).changedFiles(since: before) == [])
        try write("three\n", to: Self.second)
        let after = before.rereadingFiles(for: endpoints)
        #expect(after.problems == [])
        #expect(after.changedFiles(since: before) == ["file:\(Self.second)"])
        #expect(text(before) == ["one", "dHdv"])
        #expect(text(after) == ["one", "dGhyZWU="])
    }

    @Test func `a file that cannot be used is a problem that names it and not its bytes`() throws {
        let before = Secrets(for: endpoints)
        try write("three", to: Self.first)
        try write("canary\r\nX-Evil: 1", to: Self.second)
        #expect(
            before.rereadingFiles(for: endpoints).problems == [
                "file \(Self.second) has a line end or a control byte in it (endpoint 'e0')"
            ])
        try write("\n", to: Self.second)
        #expect(
            before.rereadingFiles(for: endpoints).problems == ["file \(Self.second) is empty now"])
        unlink("\(Self.second)")
        #expect(
            before.rereadingFiles(for: endpoints).problems == [
                "file \(Self.second) cannot be read: No such file or directory (endpoint 'e0')"
            ])
    }

    @Test func `a pipe holds nobody up`() throws {
        let before = Secrets(for: endpoints)
        unlink("\(Self.first)")
        #expect(mkfifo("\(Self.first)", 0o600) == 0)
        defer { unlink("\(Self.first)") }
        #expect(
            before.rereadingFiles(for: endpoints).problems == [
                "file \(Self.first) cannot be read: Invalid argument (endpoint 'e0')"
            ])
    }

    @Test func `an endpoint takes over its new fields`() throws {
        let before = Secrets(for: endpoints)
        var state = EndpointState(endpoints[0], secrets: before)
        try write("three", to: Self.first)
        state.setFields(endpoints[0].headers, secrets: before.rereadingFiles(for: endpoints))
        #expect(state.fields.text == "X-A: three\r\nX-B: dHdv\r\n")
    }

    @Test func `what is published is taken once by each who asks`() {
        let published = Published<String>()
        var version = 0
        #expect(published.value(after: &version) == nil)
        published.publish("one")
        published.publish("two")
        #expect(published.value(after: &version) == "two")
        #expect(published.value(after: &version) == nil)
        var other = 0
        #expect(published.value(after: &other) == "two")
    }
}
