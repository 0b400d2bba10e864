// The contents of JSON strings (RFC 8259 §7), without their quotes.

/// What the byte after a backslash stands for, or nil: `u` is not among them.
func unescaped(_ byte: UInt8) -> UInt8? {
    switch byte {
    case Byte.quote, Byte.backslash, Byte.slash: byte
    case 0x62: 0x08
    case 0x66: 0x0c
    case 0x6e: Byte.lineFeed
    case 0x72: Byte.carriageReturn
    case 0x74: Byte.tab
    default: nil
    }
}

/// Appends to `text` what the contents of a string, as they stand in a body, mean.
///
/// - Returns: false when they are malformed: an unknown escape, half a surrogate pair, a raw quote
///   or control character. What was appended by then is of no use.
func decodeJSONString(_ raw: borrowing Span<UInt8>, into text: inout [UInt8]) -> Bool {
    var index = 0
    while index < raw.count {
        let byte = raw[index]
        guard byte >= Byte.space, byte != Byte.quote else { return false }
        guard byte == Byte.backslash else {
            text.append(byte)
            index += 1
            continue
        }
        guard index + 1 < raw.count else { return false }
        if let character = unescaped(raw[index + 1]) {
            text.append(character)
            index += 2
            continue
        }
        guard let (scalar, byteCount) = escapedScalar(raw, at: index) else { return false }
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
        index += byteCount
    }
    return true
}

/// The character that `\uXXXX`, or two of them for one beyond 0xFFFF, at `index` stand for, and how
/// many bytes they have.
private func escapedScalar(
    _ raw: borrowing Span<UInt8>, at index: Int
) -> (scalar: Unicode.Scalar, byteCount: Int)? {
    guard let first = escapedUnit(raw, at: index) else { return nil }
    if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
    guard first < 0xdc00, let second = escapedUnit(raw, at: index + 6),
        (0xdc00...0xdfff).contains(second)
    else { return nil }
    let value = 0x10000 + UInt32(first & 0x3ff) << 10 + UInt32(second & 0x3ff)
    return Unicode.Scalar(value).map { ($0, 12) }
}

/// The UTF-16 unit that `\uXXXX` at `index` stands for.
private func escapedUnit(_ raw: borrowing Span<UInt8>, at index: Int) -> UInt16? {
    guard index + 6 <= raw.count, raw[index] == Byte.backslash, raw[index + 1] == 0x75 else {
        return nil
    }
    var unit: UInt16 = 0
    for digitIndex in index + 2..<index + 6 {
        guard let digit = Byte.hexValue(raw[digitIndex]) else { return nil }
        unit = unit << 4 | UInt16(digit)
    }
    return unit
}

/// Appends `text` to `json` as the contents of a string: quotes, backslashes and control characters
/// escaped, each byte that is no UTF-8 as U+FFFD.
func appendJSONString(_ text: borrowing Span<UInt8>, to json: inout [UInt8]) {
    var index = 0
    while index < text.count {
        let byte = text[index]
        if byte < 0x80 {
            appendASCII(byte, to: &json)
            index += 1
            continue
        }
        let count = utf8SequenceCount(text, at: index)
        if count == 0 {
            json.append(contentsOf: [0xef, 0xbf, 0xbd])
            index += 1
        }
        for _ in 0..<count {
            json.append(text[index])
            index += 1
        }
    }
}

/// Appends an ASCII character, escaped if it has to be.
private func appendASCII(_ byte: UInt8, to json: inout [UInt8]) {
    switch byte {
    case Byte.quote, Byte.backslash: json.append(contentsOf: [Byte.backslash, byte])
    case Byte.lineFeed: json.append(contentsOf: [Byte.backslash, 0x6e])
    case Byte.carriageReturn: json.append(contentsOf: [Byte.backslash, 0x72])
    case Byte.tab: json.append(contentsOf: [Byte.backslash, 0x74])
    case 0..<Byte.space, Byte.delete:
        let digits: StaticString = "0123456789abcdef"
        json.append(contentsOf: [Byte.backslash, 0x75, Byte.zero, Byte.zero])
        unsafe json.append(digits.utf8Start[Int(byte >> 4)])
        unsafe json.append(digits.utf8Start[Int(byte & 15)])
    default: json.append(byte)
    }
}

/// The length of the UTF-8 sequence of two to four bytes at `index`, or 0 where there is none
/// (RFC 3629 §4).
private func utf8SequenceCount(_ text: borrowing Span<UInt8>, at index: Int) -> Int {
    func isContinued(_ count: Int, second: ClosedRange<UInt8>) -> Bool {
        guard index + count <= text.count, second.contains(text[index + 1]) else { return false }
        for next in index + 2..<index + count where text[next] & 0xc0 != 0x80 { return false }
        return true
    }
    return switch text[index] {
    case 0xc2...0xdf: isContinued(2, second: 0x80...0xbf) ? 2 : 0
    case 0xe0: isContinued(3, second: 0xa0...0xbf) ? 3 : 0
    case 0xed: isContinued(3, second: 0x80...0x9f) ? 3 : 0
    case 0xe1...0xef: isContinued(3, second: 0x80...0xbf) ? 3 : 0
    case 0xf0: isContinued(4, second: 0x90...0xbf) ? 4 : 0
    case 0xf1...0xf3: isContinued(4, second: 0x80...0xbf) ? 4 : 0
    case 0xf4: isContinued(4, second: 0x80...0x8f) ? 4 : 0
    default: 0
    }
}
