/// Finds the data in a body of chunks (RFC 9112 §7.1), however the bytes are cut.
struct ChunkDecoder {
    /// What comes next.
    enum Piece: Equatable {
        /// Data, as offsets in the bytes given.
        case data(Range<Int>)
        /// All bytes given are used up.
        case needMore
        /// The body is over; the offset is that of the byte after its final CR LF.
        case end(Int)
        case fault(ChunkFault)
    }

    private enum Step: UInt8 {
        case size, blank, `extension`, sizeLineFeed
        case data, dataReturn, dataLineFeed
        case trailerStart, trailerName, trailerValue, trailerLineFeed, lastLineFeed
        case finished
    }

    /// Whether an extension was seen since this was last set to false.
    var hasExtension = false
    /// Whether the body has trailers; they are checked like fields and not kept.
    private(set) var hasTrailers = false

    private let isStrict: Bool
    private var step = Step.size
    private var digitCount: UInt8 = 0
    private var extensionByteCount: UInt16 = 0
    private var trailerLineCount: UInt16 = 0
    private var trailerByteCount: UInt16 = 0
    /// Bytes of the current chunk that are still to come.
    private var remaining = 0

    /// A decoder of one body. If not strict, white space after a size is let pass, as old servers
    /// pad with it.
    init(isStrict: Bool) {
        self.isStrict = isStrict
    }

    /// Whether everything used up so far ends with a whole chunk: its line end has come, and
    /// nothing of the next.
    var isBetweenChunks: Bool { step == .size && digitCount == 0 }

    private static var extensionByteLimit: UInt16 { 256 }
    private static var trailerByteLimit: UInt16 { 8_192 }
    private static var trailerLineLimit: UInt16 { 128 }

    /// Reads on in `bytes` from `offset`, up to the end of one piece of data or of the bytes.
    ///
    /// After data the next call goes on from where the data ended. After a fault or the end there
    /// is nothing to go on with.
    mutating func next(_ bytes: borrowing Span<UInt8>, from offset: Int) -> Piece {
        var index = offset
        do throws(ChunkFault) {
            while step != .finished {
                guard index < bytes.count else { return .needMore }
                if step == .data { return data(bytes, from: index) }
                try take(bytes[index])
                index &+= 1
            }
            return .end(index)
        } catch {
            return .fault(error)
        }
    }

    /// As much of the chunk's data as there is.
    @inline(__always)
    private mutating func data(_ bytes: borrowing Span<UInt8>, from index: Int) -> Piece {
        let count = min(remaining, bytes.count &- index)
        remaining &-= count
        if remaining == 0 { step = .dataReturn }
        return .data(index..<index &+ count)
    }

    /// Takes one byte that is not data.
    private mutating func take(_ byte: UInt8) throws(ChunkFault) {
        switch step {
        case .size: try takeSize(byte)
        case .blank where Byte.isBlank(byte): break
        case .blank: try endSize(byte)
        case .extension: try takeExtension(byte)
        case .sizeLineFeed:
            guard byte == Byte.lineFeed else { throw .bareCarriageReturn }
            step = remaining > 0 ? .data : .trailerStart
            digitCount = 0
        case .dataReturn:
            guard byte == Byte.carriageReturn else { throw .missingLineEnd }
            step = .dataLineFeed
        case .dataLineFeed:
            guard byte == Byte.lineFeed else { throw .missingLineEnd }
            step = .size
        default: try takeTrailer(byte)
        }
    }

    /// Takes a byte of a size, of at most 16 digits.
    private mutating func takeSize(_ byte: UInt8) throws(ChunkFault) {
        guard let digit = Byte.hexValue(byte) else {
            guard digitCount > 0 else {
                throw byte == Byte.lineFeed ? .bareLineFeed : .invalidSize
            }
            if !isStrict, Byte.isBlank(byte) {
                step = .blank
                return
            }
            return try endSize(byte)
        }
        guard digitCount < 16, remaining <= Int.max >> 4 else { throw .sizeTooLarge }
        digitCount += 1
        remaining = remaining << 4 | Int(digit)
    }

    /// Takes the byte that ends a size.
    private mutating func endSize(_ byte: UInt8) throws(ChunkFault) {
        switch byte {
        case Byte.carriageReturn: step = .sizeLineFeed
        case Byte.lineFeed: throw .bareLineFeed
        case Byte.semicolon:
            step = .extension
            hasExtension = true
            extensionByteCount = 0
        default: throw .invalidSize
        }
    }

    private mutating func takeExtension(_ byte: UInt8) throws(ChunkFault) {
        if byte == Byte.carriageReturn {
            step = .sizeLineFeed
            return
        }
        if byte == Byte.lineFeed { throw .bareLineFeed }
        guard byte >= Byte.space && byte != Byte.delete || byte == Byte.tab else {
            throw .invalidExtension
        }
        extensionByteCount += 1
        guard extensionByteCount <= Self.extensionByteLimit else { throw .extensionTooLong }
    }
}

extension ChunkDecoder {
    /// Takes a byte of what follows the last chunk.
    private mutating func takeTrailer(_ byte: UInt8) throws(ChunkFault) {
        trailerByteCount += 1
        guard trailerByteCount <= Self.trailerByteLimit else { throw .trailersTooLarge }
        switch (step, byte) {
        case (.trailerStart, Byte.carriageReturn): step = .lastLineFeed
        case (.trailerStart, _): try startTrailer(byte)
        case (.trailerName, Byte.colon): step = .trailerValue
        case (.trailerName, _): try takeName(byte)
        case (.trailerValue, Byte.carriageReturn): step = .trailerLineFeed
        case (.trailerValue, Byte.lineFeed): throw .malformedTrailer(.bareLineFeed)
        case (.trailerValue, _):
            guard byte >= Byte.space && byte != Byte.delete || byte == Byte.tab else {
                throw .malformedTrailer(.controlInValue)
            }
        case (.trailerLineFeed, Byte.lineFeed): step = .trailerStart
        case (.lastLineFeed, Byte.lineFeed): step = .finished
        default: throw .malformedTrailer(.bareCarriageReturn)
        }
    }

    /// Takes the first byte of a trailer line.
    private mutating func startTrailer(_ byte: UInt8) throws(ChunkFault) {
        hasTrailers = true
        trailerLineCount += 1
        guard trailerLineCount <= Self.trailerLineLimit else { throw .trailersTooLarge }
        if Byte.isBlank(byte) { throw .malformedTrailer(.foldedLine) }
        if byte == Byte.colon { throw .malformedTrailer(.emptyName) }
        step = .trailerName
        try takeName(byte)
    }

    private func takeName(_ byte: UInt8) throws(ChunkFault) {
        guard ByteSet.token.contains(byte) else {
            throw .malformedTrailer(nameFault(endedBy: byte))
        }
    }
}
