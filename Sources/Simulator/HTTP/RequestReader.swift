/// Reads requests off a wire: lenient, since what reached the endpoint is there to be looked at.
struct RequestReader {
    let wire: Wire
    private static let bodyByteLimit = 512 << 20

    init(_ wire: Wire) {
        self.wire = wire
    }

    /// The next request, its body complete. `100 Continue` is sent to who waits for it.
    func next() throws(WireError) -> Request {
        var request = try head()
        let isChunked = request.fields.lists("chunked", in: "transfer-encoding")
        if request.fields.lists("100-continue", in: "expect") {
            try wire.send(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
        }
        if isChunked {
            request.body = try chunkedBody()
        } else if let length = request.fields["content-length"] {
            guard let count = Int(length), (0...Self.bodyByteLimit).contains(count) else {
                throw .malformed("the content length is no number")
            }
            request.body = try wire.bytes(count)
        }
        return request
    }

    private func head() throws(WireError) -> Request {
        var start = try wire.line()
        while start.isEmpty { start = try wire.line() }
        let words = start.split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/1."),
            let minorVersion = Int(words[2].dropFirst("HTTP/1.".count))
        else { throw .malformed("the request line is no request line") }
        var fields: [Field] = []
        while case let line = try wire.line(), !line.isEmpty {
            guard let colon = line.firstIndex(of: ":"), fields.count < 1000 else {
                throw .malformed("a field has no colon")
            }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            fields.append(Field(String(line[..<colon]), String(value)))
        }
        return Request(
            method: String(words[0]),
            target: String(words[1]),
            minorVersion: minorVersion,
            fields: fields
        )
    }

    private func chunkedBody() throws(WireError) -> [UInt8] {
        var body: [UInt8] = []
        while true {
            let size = try wire.line().prefix { $0 != ";" }
            guard let count = Int(size, radix: 16), count >= 0,
                count <= Self.bodyByteLimit - body.count
            else { throw .malformed("a chunk size is no number") }
            if count == 0 { break }
            body += try wire.bytes(count)
            guard try wire.line().isEmpty else { throw .malformed("a chunk is too long") }
        }
        while try !wire.line().isEmpty {}
        return body
    }
}
