import CCurl
import Testing

@testable import GatewayWide

@Suite struct RequestPartsTests {
    static let head = """
        POST /v1/chat?a=%20b HTTP/1.1\r
        Host: api.example.com\r
        X-Empty:\r
        X-Blank:  \t\r
        Content-Length: 12\r
        Accept: */*\r
        \r

        """

    /// The lines for libcurl, the target and the framing of a head that comes in two pieces.
    static func parts(
        _ head: String, cut: Int
    ) -> (lines: [String], target: String, method: String, framing: RequestParts.Framing)? {
        var parts = RequestParts()
        let bytes = Array((head + "body").utf8)
        for piece in [bytes[..<cut], bytes[cut...]] where !piece.isEmpty {
            let progress = Array(piece).withUnsafeBufferPointer { piece in
                piece.baseAddress.map { parts.take($0, piece.count) }
            }
            switch progress {
            case .complete(let byteCount):
                #expect(piece.startIndex + byteCount == head.utf8.count)
                var lines: [String] = []
                var node: UnsafeMutablePointer<curl_slist>? = parts.fields()
                while let entry = node {
                    lines.append(String(cString: entry.pointee.data))
                    node = entry.pointee.next
                }
                return (
                    lines, String(decoding: parts.target, as: UTF8.self),
                    parts.method.map { String(cString: $0) } ?? "", parts.framing
                )
            case .incomplete: continue
            case .malformed, nil: return nil
            }
        }
        return nil
    }

    @Test func `a head split at any byte gives the same parts`() throws {
        for cut in 0...Self.head.utf8.count {
            let parts = try #require(Self.parts(Self.head, cut: cut))
            #expect(
                parts.lines == [
                    "Host: api.example.com", "X-Empty;", "X-Blank;", "Accept: */*",
                    "Content-Type:", "Expect:",
                ])
            #expect(parts.target == "/v1/chat?a=%20b")
            #expect(parts.method == "POST")
            #expect(parts.framing == .length(12))
        }
    }

    @Test func `many fields find room`() throws {
        let fields = (0..<200).map { "F\($0): \($0)\r\n" }.joined()
        let parts = try #require(
            Self.parts("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\(fields)\r\n", cut: 0))
        #expect(parts.lines.count == 203)
        #expect(parts.lines[199] == "F199: 199")
        #expect(parts.framing == .chunked)
    }

    @Test(arguments: ["GET / HTTP/1.1\r\nA\r\n\r\n", "GET\r\n\r\n", "\r\n\r\n", "G /\r\n\r\n"])
    func `what is no head is refused`(head: String) {
        #expect(Self.parts(head, cut: 0) == nil)
    }

    static let body = "5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n"

    @Test func `framing comes off a body split at any byte`() {
        for cut in 0...Self.body.utf8.count {
            var framing = UploadFraming(.chunked)
            var body = ByteQueue()
            var left = Array((Self.body + "more").utf8)
            let bytes = [Array(left[..<cut]), Array(left[cut...])]
            var taken = 0
            for piece in bytes {
                piece.withUnsafeBufferPointer { piece in
                    guard let start = piece.baseAddress else { return }
                    taken += framing.take(start, piece.count, into: &body, limit: 100)
                }
            }
            left.removeFirst(taken)
            #expect(body.text == "hello0123456789")
            #expect(framing.isComplete)
            #expect(left == Array("more".utf8))
        }
    }

    @Test func `no more of a body is taken than there is room for`() {
        var framing = UploadFraming(.length(10))
        var body = ByteQueue()
        let bytes = Array("0123456789".utf8)
        bytes.withUnsafeBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return }
            #expect(framing.take(start, 10, into: &body, limit: 4) == 4)
            #expect(framing.take(start, 10, into: &body, limit: 4) == 0)
            var target = [UInt8](repeating: 0, count: 3)
            #expect(body.move(to: &target, 3) == 3)
            #expect(framing.take(start + 4, 6, into: &body, limit: 7) == 6)
        }
        #expect(framing.isComplete)
        #expect(body.text == "3456789")
    }
}
