import Testing

@testable import GatewayRuntime

private func list(_ text: String) -> ModelList? { ModelList(Array(text.utf8).span) }

/// The names of a list; nil: it is none.
private func names(_ text: String) -> [String]? {
    list(text)?.models.map { String(decoding: $0.name, as: UTF8.self) }
}

@Suite struct ModelListTests {
    static let whole = #"""
        {"object": "list", "has_more": false, "n": -1.5e3, "nested": {"data": [1, {"id": "no"}]},
         "data": [
          {"id": "gpt-4o", "object": "model", "created": 1705334400, "owned_by": "openai",
           "permission": [{"id": "perm", "group": null}], "root": "gpt-4o", "parent": null},
          {"owned_by": "f\u006fundry", "id": "caf\u00e9 \"\ud83d\ude00\" \\ \/", "ok": true}
         ]}
        """#

    @Test func `names, times and owners are read as they are meant`() {
        #expect(
            list(Self.whole)
                == ModelList(models: [
                    DiscoveredModel(
                        name: Array("gpt-4o".utf8), created: 1_705_334_400,
                        owner: Array("openai".utf8)),
                    DiscoveredModel(
                        name: Array(#"café "😀" \ /"#.utf8), created: 0,
                        owner: Array("foundry".utf8)),
                ]))
    }

    @Test func `a list that is cut anywhere is no list`() {
        let bytes = Array(Self.whole.utf8)
        for count in 0..<bytes.count {
            #expect(ModelList(bytes.span.extracting(0..<count)) == nil)
        }
    }

    @Test(arguments: [
        (#"{"models":[{"name":"llama3:8b","model":"llama3:8b","size":4}]}"#, ["llama3:8b"]),
        (#"{"models":[{"name":"x"}],"data":[{"id":"y"}]}"#, ["y"]),
        (#"[{"id":"bare"},"text"]"#, ["bare", "text"]),
        (#"{"data":[{"model":"c","name":"b","id":"a"},{"id":7,"name":"n"}]}"#, ["a", "n"]),
        (#" { "data" : [ ] } "#, []),
    ])
    func `every usual shape is read`(text: String, expected: [String]) {
        #expect(names(text) == expected)
    }

    @Test func `a name that comes twice is there once`() {
        #expect(names(#"{"data":[{"id":"a"},{"id":"b"},{"id":"\u0061"}]}"#) == ["a", "b"])
    }

    @Test(arguments: [
        "7", "null", "{}", "{\"id\":\"\"}", "{\"id\":\" a\"}", "{\"id\":\"a \"}",
        "{\"id\":\"gpt-*\"}", "{\"id\":\"a\\nb\"}", "{\"id\":\"\\u0000\"}", "{\"id\":\"a\u{7f}\"}",
        "{\"id\":\"\\u0085\"}", "{\"id\":\"\\ud800\"}", "{\"id\":{}}",
        "{\"id\":\"\(String(repeating: "a", count: 257))\"}",
    ])
    func `an entry that nobody could ask for is passed over`(entry: String) {
        let found = list("{\"data\":[\(entry),{\"id\":\"good\"}]}")
        #expect(found?.models.map(\.name) == [Array("good".utf8)])
        #expect(found?.skippedCount == 1)
    }

    @Test func `bytes that are no UTF-8 are no name`() {
        let bytes = Array("[\"".utf8) + [0xc3, 0x28] + Array("\",\"ok\"]".utf8)
        #expect(ModelList(bytes.span)?.models.map(\.name) == [Array("ok".utf8)])
    }

    @Test func `a name of 256 bytes is one, however it is escaped`() {
        let long = String(repeating: "a", count: 256)
        let escaped = String(repeating: "\\u0061", count: 256)
        #expect(names("[\"\(long)\"]") == [long])
        #expect(names("[\"\(escaped)\"]") == [long])
    }

    @Test func `what comes after ten thousand models is passed over`() {
        let text = "[" + (0..<12_000).map { "\"m\($0)\"" }.joined(separator: ",") + "]"
        let found = list(text)
        #expect(found?.models.count == 10_000)
        #expect(found?.models.last?.name == Array("m9999".utf8))
        #expect(found?.skippedCount == 2000)
    }

    @Test(arguments: [
        "", "null", "\"data\"", "{}", "{\"data\":{}}", "{\"data\":null}", "{\"error\":\"no\"}",
        "[1,]", "[,1]", "[1 2]", "{\"data\":[]} x", "{\"data\":[]}{}", "{\"a\" 1}", "{a:1}",
        "[\"a\nb\"]", "[nul]", "<html>", "[\"a\"", "{\"data\":[{\"id\":\"a\"]}",
    ])
    func `what is no list is not taken for one`(text: String) {
        #expect(list(text) == nil)
    }

    @Test func `depth has a bound`() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(list("{\"x\":\(deep)") == nil)
        #expect(list("[" + deep) == nil)
    }
}
