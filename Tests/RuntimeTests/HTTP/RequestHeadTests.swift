import Testing

@testable import GatewayRuntime

@Suite struct RequestHeadTests {
    /// A head with everything that is read out of one.
    static let full = Array(
        """
        POST /olla/openai/v1/chat/completions?x=%2e HTTP/1.1\r
        hOSt: Gateway.example:8080\r
        Content-Type:application/json\t \r
        Content-Length: 007\r
        X-Request-ID: \u{7f}\r
        X-Request-ID: id-1\r
        Connection: keep-alive,, X-Secret\r\n\r
        {"a":1}
        """.replacing("X-Request-ID: \u{7f}\r\n", with: "").utf8
    )

    static let fullLimits = HeadLimits(
        headByteLimit: 4_096, fieldCountLimit: 8, targetByteLimit: 64)

    @Test func `a head is read into its parts`() {
        let head = ReadHead(Self.full, limits: Self.fullLimits)
        #expect(head.progress == .complete(byteCount: Self.full.count - 7))
        #expect(head.method == .post)
        #expect(head.path == "/olla/openai/v1/chat/completions")
        #expect(head.query == "?x=%2e")
        #expect(head.minorVersion == 1)
        #expect(head.host == "Gateway.example:8080")
        #expect(head.framing == .length(7))
        #expect(head.keepsAlive && head.connectionNamesOthers && !head.expectsContinue)
        #expect(head.contentType == "application/json")
        #expect(head.requestID == "id-1")
        #expect(
            head.fields == [
                "host|hOSt|Gateway.example:8080", "contentType|Content-Type|application/json",
                "contentLength|Content-Length|007", "xRequestID|X-Request-ID|id-1",
                "connection|Connection|keep-alive,, X-Secret",
            ])
    }

    @Test func `a head split at any byte reads the same`() {
        let whole = ReadHead(Self.full, limits: Self.fullLimits)
        for cut in 1..<Self.full.count {
            #expect(ReadHead(Self.full, cuts: [cut], limits: Self.fullLimits) == whole)
        }
        let everywhere = Array(1..<Self.full.count)
        #expect(ReadHead(Self.full, cuts: everywhere, limits: Self.fullLimits) == whole)
    }

    @Test func `a long head that comes byte by byte reads the same`() {
        let value = String(repeating: "v", count: 700)
        let bytes = request("GET / HTTP/1.1", "A: \(value)", "B: \(value)", "C: \(value)")
        let whole = ReadHead(bytes, limits: Self.fullLimits)
        #expect(whole.progress == .complete(byteCount: bytes.count))
        #expect(ReadHead(bytes, cuts: Array(1..<bytes.count), limits: Self.fullLimits) == whole)
    }

    @Test(arguments: refusedHeads.indices)
    func `a head with one fault is refused for it, however it is cut`(at index: Int) {
        let (bytes, fault) = refusedHeads[index]
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(ReadHead(bytes).progress == .refused(fault), "\(text.debugDescription)")
        for cut in 1..<bytes.count {
            #expect(ReadHead(bytes, cuts: [cut]).progress == .refused(fault), "cut at \(cut)")
        }
        #expect(ReadHead(bytes, cuts: Array(1..<bytes.count)).progress == .refused(fault))
    }

    @Test func `every fault has a status and words`() {
        let statuses = Set(refusedHeads.map(\.fault.status))
        #expect(statuses == [400, 414, 417, 431, 501, 505])
        #expect(refusedHeads.allSatisfy { $0.fault.message.utf8CodeUnitCount > 10 })
    }

    @Test(arguments: [
        ("GET /a HTTP/1.1", "/a", "", "a"),
        ("GET /a/ HTTP/1.1", "/a/", "", "a"),
        ("GET /? HTTP/1.1", "/", "?", "a"),
        ("GET /a?b/../c//%2e\\\"{} HTTP/1.1", "/a", "?b/../c//%2e\\\"{}", "a"),
        ("GET /.a/..b/.../a.b HTTP/1.1", "/.a/..b/.../a.b", "", "a"),
        ("GET /%20%C3%a4 HTTP/1.1", "/%20%C3%a4", "", "a"),
        ("GET /m:1@!$&'()*+,;=~ HTTP/1.1", "/m:1@!$&'()*+,;=~", "", "a"),
        ("GET http://b/c?d HTTP/1.1", "/c", "?d", "b"),
        ("GET HTTPS://[::1]:80/c HTTP/1.1", "/c", "", "[::1]:80"),
    ])
    func `a good target is taken apart`(line: String, path: String, query: String, host: String) {
        let head = ReadHead(request(line))
        #expect(head.path == path && head.query == query && head.host == host)
    }

    @Test func `a target as long as its limit is read, a head as long as its limit too`() {
        let line = "GET /" + String(repeating: "a", count: 63) + " HTTP/1.1"
        #expect(ReadHead(request(line)).path.utf8.count == 64)
        let rest = 512 - request("GET / HTTP/1.1", "A: ").count
        let bytes = request("GET / HTTP/1.1", "A: " + String(repeating: "a", count: rest))
        #expect(ReadHead(bytes).progress == .complete(byteCount: 512))
        #expect(ReadHead(bytes + [0x20]).progress == .complete(byteCount: 512))
    }

    @Test func `a target or head beyond its limit is refused before it ends`() {
        let target = Array("GET /\(String(repeating: "a", count: 64))".utf8)
        #expect(ReadHead(target).progress == .refused(.targetTooLong))
        let longer = target + Array(repeating: 0x61, count: 64)
        let cuts = Array(1..<longer.count)
        #expect(ReadHead(longer, cuts: cuts).progress == .refused(.targetTooLong))
        let field = Array(request("GET / HTTP/1.1", "A: " + String(repeating: "a", count: 512)))
        #expect(ReadHead(Array(field[..<512])).progress == .refused(.headTooLarge))
        #expect(ReadHead(Array(field[..<511])).progress == .incomplete)
    }

    @Test(arguments: [
        ("GET", RequestMethod.get), ("HEAD", .head), ("POST", .post), ("OPTIONS", .options),
        ("PUT", .put), ("DELETE", .delete), ("PATCH", .patch), ("TRACE", .other), ("get", .other),
        ("CONNECT", .other), ("GE", .other), ("POSTS", .other), ("OPTIONSS", .other),
    ])
    func `methods are known by their exact name`(name: String, method: RequestMethod) {
        let head = ReadHead(request("\(name) / HTTP/1.1"))
        #expect(head.method == method && head.path == "/")
    }

    @Test(arguments: [
        ("1", "", true), ("1", "close", false), ("1", "Keep-Alive, CLOSE", false), ("0", "", false),
        ("0", "keep-alive", true), ("0", "keep-alive, close", false), ("1", "closed", true),
    ])
    func `version and Connection decide whether the connection stays`(
        version: String, connection: String, keepsAlive: Bool
    ) {
        let head = ReadHead(request("GET / HTTP/1.\(version)", "Connection: \(connection)"))
        #expect(head.keepsAlive == keepsAlive)
        #expect(head.connectionNamesOthers == (connection == "closed"))
    }

    @Test func `framing and expectation are read`() {
        let chunked = request(
            "POST / HTTP/1.1", "Transfer-Encoding:  ChunKed ", "Expect: 100-Continue")
        #expect(ReadHead(chunked).framing == .chunked)
        #expect(ReadHead(chunked).expectsContinue)
        let old = request("POST / HTTP/1.0", "Expect: 100-continue", "Content-Length: 0")
        #expect(ReadHead(old).framing == .length(0))
        #expect(!ReadHead(old).expectsContinue)
        let largest = request("POST / HTTP/1.1", "Content-Length: 9223372036854775807")
        #expect(ReadHead(largest).framing == .length(.max))
        #expect(ReadHead(request()).framing == .none)
    }

    @Test func `a head of HTTP 1.0 needs no Host`() {
        let head = ReadHead(Array("GET / HTTP/1.0\r\n\r\n".utf8))
        #expect(head.progress == .complete(byteCount: 18))
        #expect(head.minorVersion == 0 && head.host.isEmpty)
    }

    @Test func `an id that is no visible ASCII or too long is none`() {
        let long = String(repeating: "a", count: 129)
        let bytes = request(
            "GET / HTTP/1.1", "X-Request-ID: a b", "X-Request-ID: \(long)", "X-Request-ID: ä")
        #expect(ReadHead(bytes).requestID.isEmpty)
        let good = String(repeating: "a", count: 128)
        #expect(ReadHead(request("GET / HTTP/1.1", "X-Request-ID: \(good)")).requestID == good)
    }

    @Test func `fields that Connection names are known, in any case`() {
        let bytes = request(
            "GET / HTTP/1.1", "connection: a, x-SECRET", "X-Secret: 1", "X-Secre: 2")
        var head = RequestHead(fieldCapacity: 8)
        _ = head.read(bytes.span, seen: 0, limits: testLimits)
        #expect(head.fields.count == 4)
        let named = (2...3).map { head.isNamedByConnection(head.fields[$0], in: bytes.span) }
        #expect(named == [true, false])
    }

    @Test func `one head serves requests in turn and keeps nothing of the last`() {
        var head = RequestHead(fieldCapacity: 8)
        let first = Self.full
        let second = Array("GET / HTTP/1.0\r\n\r\n".utf8)
        _ = head.read(first.span, seen: 0, limits: Self.fullLimits)
        _ = head.read(second.span, seen: 0, limits: Self.fullLimits)
        #expect(head.fields.count == 0 && head.framing == .none && head.host.isEmpty)
        #expect(head.contentType.isEmpty && head.requestID.isEmpty && head.query.isEmpty)
        #expect(!head.keepsAlive && !head.connectionNamesOthers)
    }
}
