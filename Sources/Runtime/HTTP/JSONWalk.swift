/// A walk through one whole JSON text (RFC 8259), value by value.
///
/// Each call takes the same bytes and goes on where the last one ended. Numbers are checked by
/// their characters only, texts only for what would end them.
struct JSONWalk {
    /// The text is no JSON, is over too early, or goes on behind its end.
    struct Fault: Error {}

    private(set) var position = 0
    private static var depthLimit: Int { 64 }

    /// The first byte of the next value or mark; it is not taken.
    mutating func peek(_ bytes: borrowing Span<UInt8>) throws(Fault) -> UInt8 {
        skipBlanks(bytes)
        guard position < bytes.count else { throw Fault() }
        return bytes[position]
    }

    /// Takes one byte, which has to be `byte`.
    mutating func take(_ byte: UInt8, _ bytes: borrowing Span<UInt8>) throws(Fault) {
        guard try peek(bytes) == byte else { throw Fault() }
        position += 1
    }

    /// Takes a member's key and its colon; the value is next. Nil: the object's end was taken.
    ///
    /// - Parameter isFirst: whether the brace was taken just now; false afterwards.
    mutating func member(
        _ bytes: borrowing Span<UInt8>, isFirst: inout Bool
    ) throws(Fault) -> Range<Int>? {
        guard try goesOn(bytes, closing: Byte.closeBrace, isFirst: &isFirst) else { return nil }
        let key = try string(bytes)
        try take(Byte.colon, bytes)
        return key
    }

    /// Whether an array has a further element, which is next; if not, its end is taken.
    mutating func element(
        _ bytes: borrowing Span<UInt8>, isFirst: inout Bool
    ) throws(Fault) -> Bool {
        try goesOn(bytes, closing: Byte.closeBracket, isFirst: &isFirst)
    }

    private mutating func goesOn(
        _ bytes: borrowing Span<UInt8>, closing: UInt8, isFirst: inout Bool
    ) throws(Fault) -> Bool {
        let wasFirst = isFirst
        isFirst = false
        if try peek(bytes) == closing {
            position += 1
            return false
        }
        if !wasFirst { try take(Byte.comma, bytes) }
        return true
    }

    /// Takes a string and says where it stands, without its quotes.
    mutating func string(_ bytes: borrowing Span<UInt8>) throws(Fault) -> Range<Int> {
        try take(Byte.quote, bytes)
        let start = position
        while true {
            position = firstStringStop(bytes, from: position)
            guard position < bytes.count else { throw Fault() }
            switch bytes[position] {
            case Byte.quote:
                position += 1
                return start..<position - 1
            case Byte.backslash where position + 1 < bytes.count: position += 2
            default: throw Fault()
            }
        }
    }

    /// Takes a number or literal and says where it stands.
    mutating func bareValue(_ bytes: borrowing Span<UInt8>) throws(Fault) -> Range<Int> {
        let first = try peek(bytes)
        let start = position
        guard first == Byte.dash || Byte.isDigit(first) else {
            for word in ["true", "false", "null"] as [StaticString]
            where startsWith(bytes.extracting(start..<bytes.count), word) {
                position += word.utf8CodeUnitCount
                return start..<position
            }
            throw Fault()
        }
        while position < bytes.count, ByteSet.number.contains(bytes[position]) { position += 1 }
        return start..<position
    }

    /// Takes a value of any kind.
    mutating func skip(_ bytes: borrowing Span<UInt8>, depth: Int = 0) throws(Fault) {
        guard depth < Self.depthLimit else { throw Fault() }
        var isFirst = true
        switch try peek(bytes) {
        case Byte.quote: _ = try string(bytes)
        case Byte.openBrace:
            position += 1
            while try member(bytes, isFirst: &isFirst) != nil {
                try skip(bytes, depth: depth + 1)
            }
        case Byte.openBracket:
            position += 1
            while try element(bytes, isFirst: &isFirst) { try skip(bytes, depth: depth + 1) }
        default: _ = try bareValue(bytes)
        }
    }

    /// Makes sure that nothing follows.
    mutating func finish(_ bytes: borrowing Span<UInt8>) throws(Fault) {
        skipBlanks(bytes)
        guard position == bytes.count else { throw Fault() }
    }

    private mutating func skipBlanks(_ bytes: borrowing Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case Byte.space, Byte.tab, Byte.lineFeed, Byte.carriageReturn: position += 1
            default: return
            }
        }
    }
}
