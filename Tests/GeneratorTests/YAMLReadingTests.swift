import Testing

@testable import Generator

/// YAML itself: anchors, merge keys, encodings, bounds.
@Suite struct YAMLReadingTests {
    private func endpoints(_ yaml: String) throws -> [Endpoint] {
        let reading = Gateway.read(Array(yaml.utf8), file: "gateway.yaml")
        #expect(reading.diagnostics == [])
        return try #require(reading.gateway).endpoints
    }

    @Test func `merge keys yield to a map's own keys, and earlier maps to later ones`() throws {
        let endpoints = try endpoints(
            """
            endpoints:
              - &first
                name: first
                url: http://a
                priority: 1
                timeouts: &slow {connect: 9s, stream_idle: 9s}
              - <<: *first
                name: second
                models: [x]
              - <<: [{priority: 3}, *first]
                name: third
                models: [y]
                timeouts: {<<: *slow, connect: 1s}
            """)
        #expect(endpoints.map(\.name) == ["first", "second", "third"])
        #expect(endpoints.map(\.priority) == [1, 1, 3])
        #expect(endpoints.map(\.url.hostField) == ["a", "a", "a"])
        #expect(endpoints[2].timeouts.connectMilliseconds == 1_000)
        #expect(endpoints[2].timeouts.streamIdleMilliseconds == 9_000)
    }

    @Test func `an alias is the value of its anchor`() throws {
        let endpoints = try endpoints(
            """
            endpoints:
              - {name: a, url: "http://a", models: &models [gpt-4o, gpt-4]}
              - {name: b, url: "http://b", models: *models}
            """)
        #expect(endpoints[0].models == endpoints[1].models)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `lines may end as on any system, with a byte order mark or without`(end: String) throws {
        let lines = ["endpoints:", "  - name: a # one", "    url: http://a", ""]
        let text = lines.joined(separator: end)
        let plain = try endpoints(text)
        #expect(plain.map(\.name) == ["a"])
        #expect(try endpoints("\u{FEFF}" + text) == plain)
    }

    @Test func `block scalars, quotes and !!str are texts`() throws {
        let endpoints = try endpoints(
            """
            endpoints:
              - name: >-
                  folded
                url: "http://a"
                headers: {X-A: b, X-B: 'it''s', X-C: "\\u0041"}
              - {name: !!str 010, url: "http://b"}
            """)
        #expect(endpoints.map(\.name) == ["folded", "010"])
        #expect(endpoints[0].headers.map(\.value) == [[.text("b")], [.text("it's")], [.text("A")]])
    }

    @Test func `places count characters, not bytes`() {
        let reading = Gateway.read(Array("größe: {ü: 1}\n".utf8), file: "g.yaml")
        #expect(reading.diagnostics.first?.location.column == 1)
        #expect(reading.diagnostics.first?.location.width == 5)
    }

    @Test(
        arguments: [
            ("no", YAMLReading.boolean(false)), ("ON", .boolean(true)), ("y", .string),
            ("~", .null), ("", .null), ("10", .integer(10)), ("-1", .integer(-1)),
            ("010", .oddInteger(8)), ("08", .oddInteger(8)), ("0x10", .oddInteger(16)),
            ("1_000", .oddInteger(1_000)), ("1:30", .oddInteger(90)), ("1:99", .string),
            ("+5", .oddInteger(nil)), ("99999999999999999999", .oddInteger(nil)),
            ("1e3", .fraction), (".5", .fraction), ("1.10", .fraction), (".inf", .fraction),
            ("2024-01-02", .date), ("1.2.3", .string), ("gpt-4", .string), ("-", .string),
        ])
    func `plain scalars are what YAML 1.1 takes them for`(text: String, reading: YAMLReading) {
        #expect(YAMLScalar(text: text, isPlain: true).reading == reading)
        #expect(YAMLScalar(text: text, isPlain: false).reading == .string)
    }

    @Test func `a credential that is spelled out is never shown`() {
        let key = "sk-0123456789abcdef"
        let yaml = """
            endpoints:
              - {name: a, url: "http://user:\(key)@a", auth: {type: bearer, token: \(key), x: 1}}
            """
        let reading = Gateway.read(Array(yaml.utf8), file: "gateway.yaml")
        let printer = DiagnosticPrinter(sources: reading.sources, isColored: true)
        #expect(reading.diagnostics.count == 3)
        #expect(!printer.text(reading.diagnostics).contains(key))
        #expect(!DiagnosticPrinter.json(reading.diagnostics).contains(key))
    }
}
