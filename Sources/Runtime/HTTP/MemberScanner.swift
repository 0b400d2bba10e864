/// Finds a member of a top-level JSON object (RFC 8259) whose value is a string, in pieces cut
/// anywhere, and checks that all of them together are one object.
///
/// Numbers are checked by their characters only, text is not checked to be UTF-8.
struct MemberScanner {
    private(set) var outcome = ModelOutcome.searching
    /// The offset of the first byte between the quotes, once found.
    private(set) var valueStart = 0
    /// The offset of the closing quote, once found.
    private(set) var valueEnd = 0
    private(set) var valueHasEscapes = false
    /// Whether the object has members at all.
    private(set) var hasMembers = false
    /// The offset of the object's last brace, once finished.
    private(set) var closingBrace = 0

    private enum Step: UInt8 {
        case start, firstKey, key, colon, firstElement, value, afterValue
        case string, escape, hex, number, literal, end, failed
    }

    private enum Role: UInt8 {
        /// A key of the top-level object.
        case topKey
        case key, value
        /// The value that is looked for.
        case wanted
    }

    private let key: StaticString
    private var step = Step.start
    private var role = Role.key
    /// Whether the value to come is that of the key.
    private var isWanted = false
    /// How many bytes of the key a key of the object has had so far; `mismatch` if it is another.
    private var matched: UInt8 = 0
    private var hexDigitsLeft: UInt8 = 0
    /// The UTF-16 unit that the digits of an escape have made so far.
    private var unit: UInt16 = 0
    /// What has to follow of `true`, `false` or `null`, the next byte lowest.
    private var literal: UInt32 = 0
    /// How many bytes earlier pieces had.
    private var offset = 0
    private var nesting = JSONNesting()

    private static var mismatch: UInt8 { 0xff }

    /// A scanner for `key`, of at most 200 ASCII characters.
    init(key: StaticString) {
        self.key = key
    }

    /// Reads the next piece.
    mutating func scan(_ bytes: borrowing Span<UInt8>) {
        var index = 0
        while index < bytes.count {
            switch step {
            case .string: index = takeString(bytes, from: index)
            case .number:
                while index < bytes.count, ByteSet.number.contains(bytes[index]) { index &+= 1 }
                if index < bytes.count { step = .afterValue }
            case .escape:
                takeEscape(bytes[index])
                index &+= 1
            case .hex:
                takeHexDigit(bytes[index])
                index &+= 1
            case .literal:
                takeLiteral(bytes[index])
                index &+= 1
            case .failed: return
            default:
                let byte = bytes[index]
                if !Self.isWhiteSpace(byte) { take(byte, at: offset &+ index) }
                index &+= 1
            }
        }
        offset &+= bytes.count
    }

    /// Says that the object should be whole now.
    mutating func finish() -> ModelOutcome {
        if outcome.isOpen, step != .end { fail(.malformed) }
        if outcome == .searching { outcome = .missing }
        return outcome
    }

    private mutating func fail(_ outcome: ModelOutcome) {
        self.outcome = outcome
        step = .failed
    }

    @inline(__always)
    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte <= Byte.space
            && (byte == Byte.space || byte == Byte.lineFeed || byte == Byte.carriageReturn
                || byte == Byte.tab)
    }
}

extension MemberScanner {
    /// Takes a byte between strings, numbers and literals that is no white space.
    @inline(__always)
    private mutating func take(_ byte: UInt8, at position: Int) {
        switch step {
        case .colon where byte == Byte.colon: step = .value
        case .value: takeValue(byte, at: position)
        case .afterValue: takeDivider(byte, at: position)
        case .key where byte == Byte.quote: startKey()
        case .firstKey where byte == Byte.quote: startKey()
        case .firstKey where byte == Byte.closeBrace: close(at: position)
        case .firstElement where byte == Byte.closeBracket: close(at: position)
        case .firstElement: takeValue(byte, at: position)
        case .start where byte == Byte.openBrace: open(object: true)
        default: fail(.malformed)
        }
    }

    @inline(__always)
    private mutating func startKey() {
        step = .string
        role = nesting.depth == 1 ? .topKey : .key
        matched = 0
        hasMembers = true
    }

    /// Takes the first byte of a value.
    @inline(__always)
    private mutating func takeValue(_ byte: UInt8, at position: Int) {
        if byte == Byte.quote {
            step = .string
            role = .value
            if isWanted {
                role = .wanted
                valueStart = position &+ 1
            }
            return
        }
        switch byte {
        case Byte.openBrace: open(object: true)
        case Byte.openBracket: open(object: false)
        case Byte.dash, Byte.zero...0x39: step = .number
        case 0x74: expect("rue")
        case 0x66: expect("alse")
        case 0x6e: expect("ull")
        default: return fail(.malformed)
        }
        if isWanted { fail(.notString) }
    }

    private mutating func expect(_ rest: StaticString) {
        step = .literal
        literal = UInt32(truncatingIfNeeded: word(rest))
    }

    /// Takes a comma or what closes an object or array.
    @inline(__always)
    private mutating func takeDivider(_ byte: UInt8, at position: Int) {
        if byte == Byte.comma {
            step = nesting.isObject ? .key : .value
        } else if byte == (nesting.isObject ? Byte.closeBrace : Byte.closeBracket) {
            close(at: position)
        } else {
            fail(.malformed)
        }
    }

    private mutating func open(object isObject: Bool) {
        guard nesting.open(object: isObject) else { return fail(.malformed) }
        step = isObject ? .firstKey : .firstElement
    }

    private mutating func close(at position: Int) {
        nesting.close()
        step = .afterValue
        guard nesting.depth == 0 else { return }
        step = .end
        closingBrace = position
    }
}

extension MemberScanner {
    /// Takes the bytes of a string from `start` on, and its closing quote if it has come.
    ///
    /// - Returns: the index of the next byte to take.
    @inline(__always)
    private mutating func takeString(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        let stop = firstStringStop(bytes, from: start)
        if role == .topKey, matched != Self.mismatch {
            for index in start..<stop { match(bytes[index]) }
        }
        if role == .wanted, offset &+ stop &- valueStart > ModelOutcome.byteLimit {
            fail(.tooLong)
            return stop
        }
        guard stop < bytes.count else { return stop }
        switch bytes[stop] {
        case Byte.quote: endString(at: offset &+ stop)
        case Byte.backslash:
            step = .escape
            if role == .wanted { valueHasEscapes = true }
        default: fail(.malformed)
        }
        return stop &+ 1
    }

    /// Compares a byte of a key with what the key should have next.
    @inline(__always)
    private mutating func match(_ byte: UInt8) {
        guard matched < key.utf8CodeUnitCount else {
            matched = Self.mismatch
            return
        }
        let expected = unsafe key.utf8Start[Int(matched)]
        matched = byte == expected ? matched &+ 1 : Self.mismatch
    }

    @inline(__always)
    private mutating func endString(at position: Int) {
        step = role == .value ? .afterValue : .colon
        switch role {
        case .key, .value: isWanted = false
        case .topKey:
            isWanted = matched == key.utf8CodeUnitCount
            if isWanted, outcome == .found { fail(.duplicate) }
        case .wanted:
            step = .afterValue
            outcome = .found
            valueEnd = position
            isWanted = false
        }
    }

    /// Takes the byte after a backslash.
    private mutating func takeEscape(_ byte: UInt8) {
        if byte == 0x75 {
            step = .hex
            hexDigitsLeft = 4
            unit = 0
            return
        }
        guard let character = unescaped(byte) else { return fail(.malformed) }
        step = .string
        match(character)
    }

    private mutating func takeHexDigit(_ byte: UInt8) {
        guard let digit = Byte.hexValue(byte) else { return fail(.malformed) }
        unit = unit << 4 | UInt16(digit)
        hexDigitsLeft -= 1
        guard hexDigitsLeft == 0 else { return }
        step = .string
        match(unit < 0x80 ? UInt8(unit) : 0)
    }

    private mutating func takeLiteral(_ byte: UInt8) {
        guard byte == UInt8(truncatingIfNeeded: literal) else { return fail(.malformed) }
        literal >>= 8
        if literal == 0 { step = .afterValue }
    }
}
