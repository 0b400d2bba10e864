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

    /// What may come next; from `string` on what has begun goes on.
    private enum Step: UInt8 {
        case start, firstKey, key, colon, firstElement, value, afterValue, end
        case string, escape, hex, number, literal, failed
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
            if step.rawValue >= Step.string.rawValue {
                if step == .failed { return }
                index = takeInside(bytes, from: index)
                continue
            }
            switch bytes[index] {
            case Byte.quote:
                index = takeQuote(bytes, at: index)
                continue
            case Byte.colon where step == .colon: step = .value
            case Byte.comma where step == .afterValue: step = nesting.isObject ? .key : .value
            case Byte.space, Byte.lineFeed, Byte.carriageReturn, Byte.tab: break
            case Byte.openBrace: open(object: true)
            case Byte.openBracket: open(object: false)
            case Byte.closeBrace: close(object: true, at: offset &+ index)
            case Byte.closeBracket: close(object: false, at: offset &+ index)
            case let byte: startBareValue(byte)
            }
            index &+= 1
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
}

extension MemberScanner {
    /// Whether a value may begin now.
    private var takesValue: Bool { step == .value || step == .firstElement }

    private mutating func open(object isObject: Bool) {
        guard takesValue || (step == .start && isObject) else { return fail(.malformed) }
        if isWanted { return fail(.notString) }
        guard nesting.open(object: isObject) else { return fail(.malformed) }
        step = isObject ? .firstKey : .firstElement
    }

    @inline(__always)
    private mutating func close(object isObject: Bool, at position: Int) {
        let isEmpty = step == (isObject ? .firstKey : .firstElement)
        guard isEmpty || step == .afterValue, nesting.isObject == isObject else {
            return fail(.malformed)
        }
        nesting.close()
        step = .afterValue
        guard nesting.depth == 0 else { return }
        step = .end
        closingBrace = position
    }

    /// Takes the first byte of a number or literal.
    private mutating func startBareValue(_ byte: UInt8) {
        guard takesValue else { return fail(.malformed) }
        switch byte {
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

    /// Takes bytes of a string, number or literal that has begun.
    ///
    /// - Returns: the index of the next byte to take.
    @inline(never)
    private mutating func takeInside(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        switch step {
        case .string: return takeString(bytes, from: start)
        case .escape: takeEscape(bytes[start])
        case .hex: takeHexDigit(bytes[start])
        case .literal: takeLiteral(bytes[start])
        default:
            var index = start
            while index < bytes.count, ByteSet.number.contains(bytes[index]) { index &+= 1 }
            if index < bytes.count { step = .afterValue }
            return index
        }
        return start &+ 1
    }
}

extension MemberScanner {
    /// Takes the quote at `index`, and as much of the string behind it as there is.
    ///
    /// - Returns: the index of the next byte to take.
    @inline(__always)
    private mutating func takeQuote(_ bytes: borrowing Span<UInt8>, at index: Int) -> Int {
        switch step {
        case .key, .firstKey:
            role = nesting.depth == 1 ? .topKey : .key
            matched = 0
            hasMembers = true
        case .value, .firstElement:
            role = .value
            if isWanted {
                role = .wanted
                valueStart = offset &+ index &+ 1
            }
        default:
            fail(.malformed)
            return index
        }
        step = .string
        return takeString(bytes, from: index &+ 1)
    }

    /// Takes the bytes of a string from `start` on, its closing quote if it has come, and a colon
    /// or comma right behind it.
    ///
    /// - Returns: the index of the next byte to take.
    @inline(__always)
    private mutating func takeString(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        let stop = firstStringStop(bytes, from: start)
        if role == .topKey {
            var index = start
            while index < stop, matched != Self.mismatch {
                match(bytes[index])
                index &+= 1
            }
        } else if role == .wanted, offset &+ stop &- valueStart > ModelOutcome.byteLimit {
            fail(.tooLong)
            return stop
        }
        guard stop < bytes.count else { return stop }
        if bytes[stop] == Byte.quote {
            endString(at: offset &+ stop)
            return takeMark(bytes, at: stop &+ 1)
        }
        if bytes[stop] != Byte.backslash { fail(.malformed) }
        if step == .string { step = .escape }
        if role == .wanted { valueHasEscapes = true }
        return stop &+ 1
    }

    /// Takes a colon or comma at `index`, so that the common case needs no round of its own.
    @inline(__always)
    private mutating func takeMark(_ bytes: borrowing Span<UInt8>, at index: Int) -> Int {
        guard index < bytes.count else { return index }
        if step == .colon, bytes[index] == Byte.colon {
            step = .value
        } else if step == .afterValue, bytes[index] == Byte.comma {
            step = nesting.isObject ? .key : .value
        } else {
            return index
        }
        return index &+ 1
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
