import Testing

@testable import Generator

/// Lists of models in a file of their own: written by one command, read by every other.
@Suite struct FrozenModelsTests {
    private let yaml = """
        endpoints:
          - {name: gpu, url: "http://a", models_from: lists/models.yaml}
          - {name: "1", url: "http://b", models_from: lists/models.yaml}
        """

    private func read(_ yaml: String, _ files: [String: String]) -> Reading {
        Gateway.read(Array(yaml.utf8), file: "conf/gateway.yaml") { path in
            guard let text = files[path] else { return .unreadable("No such file or directory") }
            return .bytes(Array(text.utf8))
        }
    }

    /// An endpoint's answer with these names.
    private func finding(_ endpoint: Endpoint, _ names: [String]) -> LiveFinding {
        var answer = ModelAnswer()
        answer.status = 200
        let items = names.map { JSONText.object([(name: "id", value: .string($0))]) }
        let body = JSONText.object([(name: "data", value: .array(items))])
        answer.body = Array(body.text(isIndented: false).utf8)
        return LiveFinding(endpoint, answer, demands: [], Secrets())
    }

    private static let odd = [
        "zeta", "Alpha", "1.5", "true", "null", "2024-01-01", "a b", "größe", "x:", "-x", "a: b",
        "#no", "meta-llama/Llama-3.1-8B@main", "llama3:latest", "\"quoted\"", "back\\slash",
        "~", "1:30", "0x10", "[a]", "é\u{301}",
    ]

    @Test func `what was frozen is read back as it was, whatever the names`() throws {
        let pending = Gateway.read(Array(yaml.utf8), file: "g.yaml") { _ in .pending }
        let endpoints = try #require(pending.gateway).endpoints
        #expect(endpoints.map(\.models) == [.anything, .anything])
        let frozen = try FrozenModels([
            finding(endpoints[0], Self.odd), finding(endpoints[1], ["b", "a", "b"]),
        ])
        #expect(frozen.leftOut == [])
        let reading = read(yaml, ["conf/lists/models.yaml": frozen.text])
        #expect(reading.diagnostics == [])
        let listed = try #require(reading.gateway).endpoints.map(\.models).map { models in
            guard case .listed(let models) = models else { return [String]() }
            return models.map(\.name)
        }
        let inOrder = Self.odd.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(listed == [inOrder, ["a", "b"]])
    }

    @Test func `the file is the same however the endpoint sorts its list`() throws {
        let gateway = try #require(
            Gateway.read(Array(yaml.utf8), file: "g.yaml") { _ in .pending }.gateway)
        let gpu = gateway.endpoints[0]
        let texts = try [Self.odd, Self.odd.reversed()].map { names in
            try FrozenModels([finding(gpu, names)]).text
        }
        #expect(texts[0] == texts[1])
        let expected = """
            # What each endpoint serves: `models_from` of an endpoint names this file.
            gpu:
              - "1.5"
              - a

            """
        #expect(try FrozenModels([finding(gpu, ["a", "1.5"])]).text == expected)
    }

    @Test func `a name that no YAML can list is left out and told`() throws {
        let gateway = try #require(
            Gateway.read(Array(yaml.utf8), file: "g.yaml") { _ in .pending }.gateway)
        let names = ["fine", "wild*", "", "two\nlines", String(repeating: "x", count: 257)]
        let frozen = try FrozenModels([finding(gateway.endpoints[0], names)])
        #expect(frozen.text.hasSuffix("gpu:\n  - fine\n"))
        #expect(frozen.leftOut.count == 4)
        #expect(!frozen.leftOut.joined().contains("\n"))
    }

    @Test func `nothing is frozen while an endpoint is silent or has nothing`() throws {
        let gateway = try #require(
            Gateway.read(Array(yaml.utf8), file: "g.yaml") { _ in .pending }.gateway)
        let findings = [finding(gateway.endpoints[0], ["a"]), finding(gateway.endpoints[1], [])]
        #expect(throws: Failure.build("no models were frozen: no list from 1")) {
            try FrozenModels(findings)
        }
    }

    @Test func `a mistake in the file is shown in the file`() throws {
        let reading = read(yaml, ["conf/lists/models.yaml": "gpu: [a, a]\n\"1\": b\n"])
        #expect(reading.gateway == nil)
        let text = DiagnosticPrinter(sources: reading.sources, isColored: false)
            .text(reading.diagnostics)
        let expected = """
            conf/gateway.yaml:3:47: error[IN141]: `lists/models.yaml` lists no models of `1`
                3 |   - {name: "1", url: "http://b", models_from: lists/models.yaml}
                  |                                               ^~~~~~~~~~~~~~~~~
            conf/lists/models.yaml:1:1: note: the file
                1 | gpu: [a, a]
                  | ^~~
            help: `ingot check --live --freeze-models FILE` writes the file anew

            conf/lists/models.yaml:1:10: error[IN057]: this endpoint lists `a` twice
                1 | gpu: [a, a]
                  |          ^
            conf/lists/models.yaml:1:7: note: first listed here
                1 | gpu: [a, a]
                  |       ^
            help: keep one of the two

            conf/lists/models.yaml:2:6: error[IN022]: `1` has to be a list, each item the name of \
            a model, or a pattern that ends in `*`, or a map o…, but this is a string
                2 | "1": b
                  |      ^
            help: write `[b]`

            """
        #expect(text == expected)
    }

    @Test func `a file is parsed once, however many endpoints name it`() {
        let reading = read(yaml, ["conf/lists/models.yaml": "gpu: [a]\n1: [b\n"])
        #expect(reading.included.count == 1)
        #expect(reading.diagnostics.map(\.code) == ["IN005"])
    }
}
