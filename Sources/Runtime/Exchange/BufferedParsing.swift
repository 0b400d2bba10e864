/// The parsers of `HTTP/`, handed a connection's buffer instead of a span.
///
/// A span that a worker's property lends would lock the whole worker; inside these calls it lends
/// only itself.
extension RequestHead {
    mutating func read(
        _ buffer: borrowing ByteBuffer, count: Int, seen: Int, limits: HeadLimits
    ) -> HeadProgress {
        read(buffer.bytes.extracting(0..<count), seen: seen, limits: limits)
    }
}

extension ResponseHead {
    mutating func read(
        _ buffer: borrowing ByteBuffer, _ range: Range<Int>, seen: Int, isAnswerToHead: Bool,
        limits: HeadLimits
    ) -> ResponseProgress {
        read(
            buffer.bytes.extracting(range), seen: seen, isAnswerToHead: isAnswerToHead,
            limits: limits)
    }
}

extension ChunkDecoder {
    mutating func next(_ buffer: borrowing ByteBuffer, from offset: Int) -> Piece {
        next(buffer.bytes, from: offset)
    }
}

extension ModelScanner {
    mutating func scan(_ buffer: borrowing ByteBuffer, _ range: Range<Int>) {
        scan(buffer.bytes.extracting(range))
    }
}

extension MultipartScanner {
    init?(contentTypeIn buffer: borrowing ByteBuffer, _ range: Range<Int>) {
        self.init(contentType: buffer.bytes.extracting(range))
    }

    mutating func scan(_ buffer: borrowing ByteBuffer, _ range: Range<Int>) {
        scan(buffer.bytes.extracting(range))
    }
}

extension ByteBuffer {
    subscript(offset: Int) -> UInt8 { bytes[offset] }

    func starts(_ range: Range<Int>, with text: StaticString) -> Bool {
        startsWith(bytes.extracting(range), text)
    }

    /// What `table` says of the `range` of its bytes.
    func index(
        _ range: Range<Int>, in table: (_ bytes: borrowing Span<UInt8>) -> Int?
    ) -> Int? {
        table(bytes.extracting(range))
    }

    /// Whether the `range` can stand in a field as it is: visible ASCII, with spaces inside only.
    func isFieldValue(_ range: Range<Int>) -> Bool {
        let span = bytes.extracting(range)
        if span.isEmpty || span[0] == 0x20 || span[span.count - 1] == 0x20 { return false }
        for index in span.indices where span[index] < 0x20 || span[index] >= 0x7f { return false }
        return true
    }
}

extension EndpointState {
    func setsField(_ name: Range<Int>, of buffer: borrowing ByteBuffer) -> Bool {
        setsField(buffer.bytes.extracting(name))
    }
}

extension RequestHead {
    func isNamedByConnection(_ field: Field, in buffer: borrowing ByteBuffer) -> Bool {
        isNamedByConnection(field, in: buffer.bytes)
    }
}

extension OwnRoute {
    init?(pathIn buffer: borrowing ByteBuffer, _ range: Range<Int>) {
        self.init(path: buffer.bytes.extracting(range))
    }
}

extension Socket {
    static func send(
        _ socket: Int32, _ first: borrowing ByteBuffer, _ second: borrowing ByteBuffer,
        _ secondRange: Range<Int>, _ third: borrowing ByteBuffer
    ) -> IOResult {
        send(
            socket, first.bytes, second.bytes.extracting(secondRange), third.bytes, Span<UInt8>())
    }

    static func send(
        _ socket: Int32, _ first: borrowing ByteBuffer, _ second: borrowing ByteBuffer,
        _ secondRange: Range<Int>, _ third: borrowing ByteBuffer, _ fourthRange: Range<Int>
    ) -> IOResult {
        send(
            socket, first.bytes, second.bytes.extracting(secondRange), third.bytes,
            second.bytes.extracting(fourthRange))
    }
}

extension ClientConnection {
    /// Takes the framing off the next piece of a chunked body, from `cursor` of the input on.
    mutating func nextChunk(from cursor: Int) -> ChunkDecoder.Piece {
        exchange.decoder.next(input, from: cursor)
    }

    /// Shows the model scan the `range` of the input.
    mutating func scan(_ range: Range<Int>) {
        if exchange.formScan == nil {
            exchange.jsonScan.scan(input, range)
        } else {
            exchange.formScan?.scan(input, range)
        }
    }

    /// Notes the model whose spelling is the `range` of the input; false: an escape is malformed.
    mutating func noteModel(_ range: Range<Int>, hasEscapes: Bool) -> Bool {
        if !hasEscapes {
            exchange.notes.append(input, range)
            return true
        }
        var name: [UInt8] = []
        if !decodeJSONString(input.bytes.extracting(range), into: &name) { return false }
        exchange.notes.append(name.span)
        return true
    }

    /// Takes the request's id from the `range` of the input.
    mutating func noteRequestID(_ range: Range<Int>) {
        exchange.notes.append(input, range)
        exchange.requestIDByteCount = exchange.notes.count
    }

    /// Notes the model that the `range` of the input names in percent-encoding.
    mutating func noteModel(percentEncoded range: Range<Int>) {
        exchange.notes.append(percentDecoded: input, range)
    }
}
