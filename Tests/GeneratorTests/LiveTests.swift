import Glibc
import Testing

@testable import Generator

/// What `ingot check --live` makes of answers, without a network.
@Suite struct LiveTests {
    @Test(arguments: [
        (
            #"{"object":"list","data":[{"id":"b","object":"model"},{"id":"a"},{"id":"b"}]}"#,
            ["b", "a"]
        ),
        (#"{"data":[],"models":[{"name":"x"}]}"#, []),
        ("[]", []),
        (#" [{"id":"zeta","created":1},{"id":"größe\/1:latest"}] "#, ["zeta", "größe/1:latest"]),
    ])
    func `a list of models is read in its order, each name once`(json: String, names: [String])
        throws
    {
        #expect(try ModelList(json: Array(json.utf8)).names == names)
    }

    static let oddities = [
        ("", "the answer is empty"),
        ("<html>sk-canary</html>", "the answer is not JSON"),
        (#"{"data":[{"id":"a"}"#, "the answer is not JSON"),
        ("\u{FEFF}", "the answer is not JSON"),
        ("null", "the answer is no model list: its top has another type"),
        ("7", "the answer is no model list: its top has another type"),
        ("{}", "the answer is no model list: `data` is missing"),
        (#"{"data":null}"#, "the answer is no model list: `data` has another type"),
        (#"{"data":{"id":"a"}}"#, "the answer is no model list: `data` has another type"),
        (
            #"{"data":[{"id":"a"},{"name":"b"}]}"#,
            "the answer is no model list: `data[1].id` is missing"
        ),
        (#"{"data":[{"id":7}]}"#, "the answer is no model list: `data[0].id` has another type"),
        (#"["a"]"#, "the answer is no model list: `[0]` has another type"),
    ]

    @Test(arguments: oddities)
    func `an odd answer is told by its shape, never by its words`(json: String, words: String) {
        #expect(throws: ModelList.Mistake(words: words)) {
            try ModelList(json: Array(json.utf8))
        }
    }

    @Test func `an answer nested too deep is refused`() {
        let json = String(repeating: "[", count: 100_000)
        #expect(throws: ModelList.Mistake.self) { try ModelList(json: Array(json.utf8)) }
    }

    /// What endpoints are asked for, by their indexes.
    private func demands(_ yaml: String) throws -> [[String]] {
        let reading = Gateway.read(Array(yaml.utf8), file: "gateway.yaml")
        #expect(reading.diagnostics == [])
        let all = ModelDemand.all(
            of: try #require(reading.gateway), at: try #require(reading.places))
        return all.map { $0.map { "\($0.name)@\($0.location.line):\($0.location.column)" } }
    }

    @Test func `a name is asked for as the endpoint has it, where the YAML has it`() throws {
        let yaml = """
            endpoints:
              - name: a
                url: http://a
                models: [one, "two*", {name: three, upstream: drei}]
              - {name: b, url: "http://b", models: [one]}
            aliases: {first: one, second: [two-b, one]}
            default_model: first
            """
        let expected = [
            ["one@4:14", "two*@4:19", "drei@4:51", "two-b@6:32"], ["one@5:41"],
        ]
        #expect(try demands(yaml) == expected)
    }

    @Test func `an alias asks an endpoint only for the first target that it serves`() throws {
        let yaml = """
            endpoints:
              - {name: a, url: "http://a", models: [one]}
              - {name: rest, url: "http://b"}
            aliases: {x: [one, other, another]}
            default_model: third
            """
        #expect(try demands(yaml) == [["one@2:41"], ["other@4:20", "third@5:16"]])
    }

    @Test func `Ollama takes a name for its latest tag, others do not`() throws {
        for (type, isTaken) in [("ollama", true), ("vllm", false)] {
            let yaml = "endpoints: [{name: a, url: 'http://a', type: \(type)}]"
            let reading = Gateway.read(Array(yaml.utf8), file: "g.yaml")
            let endpoint = try #require(reading.gateway?.endpoints.first)
            #expect(endpoint.takes("llama3", having: ["llama3:latest"]) == isTaken)
            #expect(!endpoint.takes("llama3", having: ["llama3:8b"]))
        }
    }
}

/// The values that go into requests and nowhere else.
@Suite struct LiveSecretsTests {
    @Test func `what is missing or unfit is told by name, all of it`() {
        var secrets = Secrets()
        setenv("INGOT_TESTS_LINES", "a\nb", 1)
        secrets.read(
            [
                .text("Bearer "), .environment("INGOT_TESTS_ABSENT", default: nil),
                .environment("INGOT_TESTS_ABSENT_TOO", default: "x"), .file("/nowhere/key"),
                .base64([.environment("INGOT_TESTS_LINES", default: nil)]),
            ], as: .credential, for: "endpoint 'a'")
        let expected = [
            "environment variable INGOT_TESTS_ABSENT is not set (endpoint 'a')",
            "cannot read '/nowhere/key': No such file or directory (endpoint 'a')",
            "environment variable INGOT_TESTS_LINES has a line end or a control byte in it "
                + "(endpoint 'a')",
        ]
        #expect(secrets.problems == expected)
    }

    @Test func `values are put together as the gateway does it`() {
        var secrets = Secrets()
        setenv("INGOT_TESTS_WORD", "open sesame", 1)
        setenv("INGOT_TESTS_NOTHING", "", 1)
        let basic: [ValuePart] = [
            .text("Basic "),
            .base64([.text("me:"), .environment("INGOT_TESTS_WORD", default: nil)]),
        ]
        let other: [ValuePart] = [
            .environment("INGOT_TESTS_NOTHING", default: "spare"), .text("-"),
            .environment("INGOT_TESTS_WORD", default: "unused"),
        ]
        secrets.read(basic, as: .credential, for: "a")
        secrets.read(other, as: .field, for: "a")
        #expect(secrets.problems == [])
        #expect(secrets.text(of: basic) == "Basic bWU6b3BlbiBzZXNhbWU=")
        #expect(secrets.text(of: other) == "spare-open sesame")
        let echo = "open sesame, bWU6b3BlbiBzZXNhbWU=, Basic, spare"
        #expect(secrets.redacted(echo) == "***, ***, Basic, spare")
    }

    @Test func `a credential that the YAML spells out is not shown either`() {
        var secrets = Secrets()
        secrets.read([.text("Bearer sk-spelled-out")], as: .credential, for: "a")
        secrets.read([.text("research")], as: .field, for: "a")
        #expect(secrets.redacted("Bearer sk-spelled-out of research") == "Bearer *** of research")
    }
}
