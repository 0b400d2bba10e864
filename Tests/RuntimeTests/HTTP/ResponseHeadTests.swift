import Testing

@testable import GatewayRuntime

private func response(_ line: String, _ fields: String...) -> [UInt8] {
    Array((([line] + fields).joined(separator: "\r\n") + "\r\n\r\n").utf8)
}

@Suite struct ResponseHeadTests {
    static let full = response(
        "HTTP/1.1 200 Fine by me", "Content-Type: Text/Event-Stream; charset=utf-8",
        "Transfer-Encoding: chunked", "Connection: x-secret", "X-Secret: a\tb", "X-Other:")

    @Test func `a head is read into its parts, however it is cut`() {
        let whole = ReadResponse(Self.full)
        #expect(whole.progress == .complete(byteCount: Self.full.count))
        #expect(whole.status == 200 && whole.reason == "Fine by me" && whole.framing == .chunked)
        #expect(whole.flags == ["keepsAlive", "isEventStream", "connectionNamesOthers"])
        #expect(
            whole.fields == [
                "contentType=Text/Event-Stream; charset=utf-8", "transferEncoding=chunked",
                "connection=x-secret", "other=a\tb (named)", "other=",
            ])
        for cut in 1..<Self.full.count { #expect(ReadResponse(Self.full, cuts: [cut]) == whole) }
        #expect(ReadResponse(Self.full, cuts: Array(1..<Self.full.count)) == whole)
    }

    static let framings:
        [(bytes: [UInt8], isAnswerToHead: Bool, framing: ResponseFraming, keeps: Bool)] = [
            (response("HTTP/1.1 200 OK", "Content-Length: 5"), false, .length(5), true),
            (
                response("HTTP/1.1 200", "Content-Length: 5", "Content-Length: 05"), false,
                .length(5), true
            ),
            (response("HTTP/1.1 200 "), false, .untilClose, false),
            (
                response("HTTP/1.1 200 OK", "Content-Length: 5", "Connection: close"), false,
                .length(5), false
            ),
            (response("HTTP/1.0 200 OK", "Content-Length: 5"), false, .length(5), false),
            (
                response("HTTP/1.0 200 OK", "Content-Length: 5", "Connection: Keep-Alive"), false,
                .length(5), true
            ),
            (
                response("HTTP/1.0 200 OK", "Transfer-Encoding: chunked", "Connection: keep-alive"),
                false, .chunked, false
            ),
            (response("HTTP/1.1 200 OK", "Content-Length: 5"), true, .none, true),
            (response("HTTP/1.1 200 OK"), true, .none, true),
            (response("HTTP/1.1 204 No Content", "Content-Length: 5"), false, .none, true),
            (
                response("HTTP/1.1 304 Not Modified", "Transfer-Encoding: chunked"), false, .none,
                true
            ),
            (response("HTTP/1.1 100 Continue"), false, .none, true),
            (response("HTTP/1.1 599 \u{e9}"), false, .untilClose, false),
        ]

    @Test(arguments: framings.indices)
    func `status, method and fields decide the framing`(at index: Int) {
        let (bytes, isAnswerToHead, framing, keeps) = Self.framings[index]
        let head = ReadResponse(bytes, isAnswerToHead: isAnswerToHead)
        #expect(head.progress == .complete(byteCount: bytes.count))
        #expect(head.framing == framing)
        #expect(head.flags.contains("keepsAlive") == keeps)
    }

    static let faults: [(bytes: [UInt8], fault: ResponseFault)] = [
        (Array("\r\nHTTP/1.1 200 OK\r\n\r\n".utf8), .malformedStatusLine),
        (response("ICY 200 OK"), .malformedStatusLine),
        (response("HTTP/1.1 20 OK"), .malformedStatusLine),
        (response("HTTP/1.1  200 OK"), .malformedStatusLine),
        (response("HTTP/1.1 2000 OK"), .malformedStatusLine),
        (response("HTTP/1.1 099 OK"), .malformedStatusLine),
        (response("HTTP/1.1 2x0 OK"), .malformedStatusLine),
        (response("HTTP/1.1"), .malformedStatusLine),
        (response("HTTP/1.x 200 OK"), .malformedStatusLine),
        (response("HTTP/2.0 200 OK"), .versionNotSupported),
        (response("HTTP/1.2 200 OK"), .versionNotSupported),
        (Array("HTTP/1.1 200 OK\nA: b\n\n".utf8), .malformedField(.bareLineFeed)),
        (response("HTTP/1.1 200 O\u{0}K"), .malformedField(.controlInValue)),
        (response("HTTP/1.1 200 OK", "A: b", " c"), .malformedField(.foldedLine)),
        (response("HTTP/1.1 200 OK", "A : b"), .malformedField(.spaceInName)),
        (response("HTTP/1.1 200 OK", "A: \u{0}"), .malformedField(.controlInValue)),
        (response("HTTP/1.1 200 OK", "A: b\rc"), .malformedField(.bareCarriageReturn)),
        (response("HTTP/1.1 200 OK", "<html>"), .malformedField(.invalidName)),
        (response("HTTP/1.1 200 OK", "Content-Length: 5, 5"), .invalidContentLength),
        (response("HTTP/1.1 200 OK", "Content-Length: -5"), .invalidContentLength),
        (
            response("HTTP/1.1 200 OK", "Content-Length: 5", "Content-Length: 6"),
            .conflictingLengths
        ),
        (
            response("HTTP/1.1 200 OK", "Content-Length: 5", "Transfer-Encoding: chunked"),
            .lengthAndCoding
        ),
        (response("HTTP/1.1 200 OK", "Transfer-Encoding: gzip, chunked"), .unusableCoding),
        (response("HTTP/1.1 200 OK", "Transfer-Encoding: chunked, chunked"), .unusableCoding),
        (
            response("HTTP/1.1 200 OK", "A: 1", "B: 2", "C: 3", "D: 4", "E: 5", "F: 6", "G: 7"),
            .tooManyFields
        ),
        (response("HTTP/1.1 200 OK", "A: \(String(repeating: "a", count: 512))"), .headTooLarge),
    ]

    @Test(arguments: faults.indices)
    func `a head with one fault is refused for it, however it is cut`(at index: Int) {
        let (bytes, fault) = Self.faults[index]
        #expect(ReadResponse(bytes).progress == .refused(fault))
        for cut in 1..<bytes.count {
            #expect(ReadResponse(bytes, cuts: [cut]).progress == .refused(fault), "cut at \(cut)")
        }
        #expect(ReadResponse(bytes, cuts: Array(1..<bytes.count)).progress == .refused(fault))
        #expect(fault.message.utf8CodeUnitCount > 10)
    }

    @Test(arguments: [
        ("Content-Type: application/json", ["isJSON"]),
        ("Content-Type: Application/JSON ; charset=utf-8", ["isJSON"]),
        ("Content-Type: application/problem+json", ["isJSON"]),
        ("Content-Type: application/jsonl", []),
        ("Content-Type: +json", []),
        ("Content-Type: text/event-stream2", []),
        ("Content-Encoding: gzip", ["hasContentCoding"]),
        ("Content-Encoding: identity", []),
        ("Content-Encoding:", []),
    ])
    func `what the body is, is read from its fields`(field: String, flags: [String]) {
        let bytes = response("HTTP/1.1 200 OK", "Content-Length: 0", field)
        #expect(ReadResponse(bytes).flags == Set(flags + ["keepsAlive"]))
    }
}
