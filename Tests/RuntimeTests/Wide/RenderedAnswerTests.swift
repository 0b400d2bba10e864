import Testing

@testable import GatewayWide

@Suite struct RenderedAnswerTests {
    /// What an exchange reads of these lines and pieces; nil: the head is refused.
    static func rendered(
        _ lines: [String], _ pieces: [String] = [], isAnswerToHead: Bool = false
    ) -> String? {
        var answer = RenderedAnswer()
        for line in lines {
            let bytes = Array((line + "\r\n").utf8)
            let isTaken = bytes.withUnsafeBufferPointer { bytes in
                bytes.baseAddress.map {
                    answer.takeLine($0, bytes.count, isAnswerToHead: isAnswerToHead)
                }
            }
            if isTaken != true { return nil }
        }
        for piece in pieces {
            let bytes = Array(piece.utf8)
            bytes.withUnsafeBufferPointer { bytes in
                if let start = bytes.baseAddress { answer.takeBody(start, bytes.count) }
            }
        }
        answer.end()
        return answer.bytes.text
    }

    @Test func `an HTTP/2 answer without a length is chunked`() {
        let text = Self.rendered(["HTTP/2 200 ", "content-type: a/b", ""], ["hello", "you"])
        #expect(
            text == "HTTP/1.1 200 \r\ncontent-type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nhello\r\n3\r\nyou\r\n0\r\n\r\n")
    }

    @Test func `a length is kept, and the body is passed as it is`() {
        let text = Self.rendered(["HTTP/1.0 200 OK", "Content-Length:  5 ", "A: b", ""], ["hello"])
        #expect(text == "HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 5\r\n\r\nhello")
    }

    @Test func `a coding outweighs a length`() {
        let lines = ["HTTP/1.1 200 OK", "Content-Length: 9", "transfer-encoding: chunked", ""]
        #expect(
            Self.rendered(lines, ["a"])
                == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")
    }

    @Test func `answers on the way are left out, and lines behind the body`() {
        let lines = ["HTTP/1.1 100 Continue", "", "HTTP/1.1 103 Early Hints", "Link: a", ""]
        #expect(
            Self.rendered(lines + ["HTTP/1.1 200 OK", "", "Trailer: a"])
                == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    }

    @Test(arguments: ["204 No Content", "304 Not Modified"])
    func `an answer that has no body is not framed`(status: String) {
        let text = Self.rendered(["HTTP/2 \(status)", "A: b", ""])
        #expect(text == "HTTP/1.1 \(status)\r\nA: b\r\n\r\n")
    }

    @Test func `an answer to HEAD keeps its length and has no body`() {
        let lines = ["HTTP/2 200 ", "content-length: 7", ""]
        #expect(
            Self.rendered(lines, isAnswerToHead: true)
                == "HTTP/1.1 200 \r\nContent-Length: 7\r\n\r\n")
    }

    @Test(arguments: [
        ["HTTP/1.1 200 OK", "Content-Length: 1", "Content-Length: 2", ""],
        ["HTTP/1.1 200 OK", "Content-Length: 1 2", ""],
        ["HTTP/1.1 200 OK", "Content-Length: 1, 1", ""],
        ["HTTP/1.1 200 OK", "Content-Length:", ""],
        ["HTTP/1.1 200 OK", "Content-Length: -1", ""],
        ["HTTP/1.1 2x0 OK", ""],
        ["HTTP/1.1", ""],
    ])
    func `what is no head is refused`(lines: [String]) {
        #expect(Self.rendered(lines) == nil)
    }

    @Test func `a head without end is refused`() {
        let field = "A: " + String(repeating: "b", count: 1000)
        #expect(
            Self.rendered(["HTTP/1.1 200 OK"] + Array(repeating: field, count: 300)) == nil)
    }

    @Test(arguments: [0, 1, 9, 10, 15, 16, 255, 256, 65_535, 1 << 40])
    func `sizes are written in hexadecimal digits`(value: Int) {
        var queue = ByteQueue()
        queue.append(hexadecimal: value)
        #expect(queue.text == String(value, radix: 16))
    }
}

extension ByteQueue {
    /// What it holds.
    var text: String {
        first.map { String(decoding: UnsafeBufferPointer(start: $0, count: count), as: UTF8.self) }
            ?? ""
    }
}
