import Testing

@testable import GatewayRuntime

@Suite struct ErrorObjectTests {
    @Test(arguments: [
        (#"{"error":{"message":"no"}}"#, #"{"error":{"message":"no"},"x":1}"#),
        ("{}", #"{"x":1}"#), (" { } \n", " { \"x\":1} \n"),
        ("{\"a\":{\"olla_context\":1}}\n", "{\"a\":{\"olla_context\":1},\"x\":1}\n"),
        (#"{"a":"}","b":[{}]}"#, #"{"a":"}","b":[{}],"x":1}"#),
        (#"{"error":"olla_context"}"#, #"{"error":"olla_context","x":1}"#),
    ])
    func `a member is appended before the last brace`(body: String, expected: String) {
        let bytes = Array(body.utf8)
        guard let point = insertionPoint(bytes.span) else {
            Issue.record("no place found in \(body)")
            return
        }
        let member = (point.isEmptyObject ? "" : ",") + "\"x\":1"
        let result = bytes[..<point.offset] + Array(member.utf8) + bytes[point.offset...]
        #expect(String(decoding: result, as: UTF8.self) == expected)
    }

    @Test(arguments: [
        "", "[]", "null", "\"a\"", "{", "{\"a\":1", "{\"a\":1}x", "<html>", "{}{}",
        "{\"olla_context\":{}}", "{\"olla_context\":\"a\"}",
        "{\"a\":1,\"olla\\u005fcontext\":null}",
    ])
    func `other bodies have no place for it`(body: String) {
        let hasPlace = insertionPoint(Array(body.utf8).span) != nil
        #expect(!hasPlace)
    }
}
