// What the values of fields are made of, where the gateway has to know.

/// Whether the bytes of `range` are `text`, a lower-case text, in whatever case they are written.
func equals(_ bytes: borrowing Span<UInt8>, _ range: ByteRange, _ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard Int(range.count) == count else { return false }
    let start = Int(range.start)
    var index = 0
    if count >= 8 {
        // The last step may overlap the one before it.
        while index < count &- 8 {
            guard lowercased(word(bytes, at: start &+ index)) == word(text, at: index) else {
                return false
            }
            index &+= 8
        }
        return lowercased(word(bytes, at: start &+ count &- 8)) == word(text, at: count &- 8)
    }
    let expected = unsafe text.utf8Start
    while index < count {
        guard unsafe Byte.lowercased(bytes[start &+ index]) == expected[index] else {
            return false
        }
        index &+= 1
    }
    return true
}

/// Whether two ranges hold the same bytes but for the case of letters.
func equals(_ bytes: borrowing Span<UInt8>, _ one: ByteRange, _ other: ByteRange) -> Bool {
    guard one.count == other.count else { return false }
    for index in 0..<Int(one.count) {
        let left = bytes[Int(one.start) + index]
        let right = bytes[Int(other.start) + index]
        guard Byte.lowercased(left) == Byte.lowercased(right) else { return false }
    }
    return true
}

/// Takes the next member of a comma-separated list (RFC 9110 §5.6.1) off the front of `rest`.
///
/// - Returns: the member without the white space around it, empty where two commas have nothing
///   between them; nil when nothing is left.
func nextMember(_ bytes: borrowing Span<UInt8>, of rest: inout Range<Int>) -> ByteRange? {
    guard !rest.isEmpty else { return nil }
    var start = rest.lowerBound
    var end = start
    while end < rest.upperBound, bytes[end] != Byte.comma { end += 1 }
    let isLast = end == rest.upperBound
    rest = (isLast ? end : end + 1)..<rest.upperBound
    while start < end, Byte.isBlank(bytes[start]) { start += 1 }
    while end > start, Byte.isBlank(bytes[end - 1]) { end -= 1 }
    return ByteRange(start, end)
}

/// The number that plain digits in `range` make, or nil: also when it is above `Int.max`.
func plainNumber(_ bytes: borrowing Span<UInt8>, _ range: ByteRange) -> Int? {
    guard !range.isEmpty else { return nil }
    var number = 0
    // Eighteen digits cannot overflow.
    let plainEnd = Int(range.start) &+ min(Int(range.count), 18)
    var plain = Int(range.start)
    while plain < plainEnd {
        let digit = bytes[plain] &- Byte.zero
        guard digit < 10 else { return nil }
        number = number &* 10 &+ Int(digit)
        plain &+= 1
    }
    for index in plainEnd..<range.end {
        guard Byte.isDigit(bytes[index]) else { return nil }
        let (tenfold, isTooLarge) = number.multipliedReportingOverflow(by: 10)
        let (sum, isAbove) = tenfold.addingReportingOverflow(Int(bytes[index] &- Byte.zero))
        guard !isTooLarge, !isAbove else { return nil }
        number = sum
    }
    return number
}

/// Whether `range` is a host with or without a port, as a Host field has it (RFC 9110 §7.2): a
/// name, an IPv4 address, or an IPv6 address in brackets.
func isHost(_ bytes: borrowing Span<UInt8>, _ range: ByteRange) -> Bool {
    guard !range.isEmpty else { return false }
    var index = Int(range.start)
    if bytes[index] == Byte.openBracket {
        index += 1
        let start = index
        while index < range.end, ByteSet.addressLiteral.contains(bytes[index]) { index += 1 }
        guard index > start, index < range.end, bytes[index] == Byte.closeBracket else {
            return false
        }
        index += 1
    } else {
        let end = range.end
        index = min(firstNotNameLike(bytes, from: index), end)
        while index < end, ByteSet.hostName.contains(bytes[index]) {
            index = min(firstNotNameLike(bytes, from: index &+ 1), end)
        }
        guard index > Int(range.start) else { return false }
    }
    guard index < range.end else { return true }
    guard bytes[index] == Byte.colon else { return false }
    guard index + 1 < range.end else { return true }
    return plainNumber(bytes, ByteRange(index + 1, range.end)).map { $0 <= 65_535 } ?? false
}

/// Whether `range` is 1…128 visible ASCII characters, as an id of a request has to be.
func isRequestID(_ bytes: borrowing Span<UInt8>, _ range: ByteRange) -> Bool {
    guard !range.isEmpty, range.count <= 128 else { return false }
    for index in range.range {
        guard bytes[index] > Byte.space, bytes[index] < Byte.delete else { return false }
    }
    return true
}
