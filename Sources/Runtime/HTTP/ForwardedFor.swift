/// Takes the last member of an `X-Forwarded-For` off the end of `rest`.
///
/// - Returns: nil where nothing is left; `.some(nil)` where the member is no address.
func lastAddress(_ bytes: borrowing Span<UInt8>, of rest: inout Range<Int>) -> PeerAddress?? {
    if rest.isEmpty { return nil }
    var start = rest.upperBound
    while start > rest.lowerBound, bytes[start - 1] != Byte.comma { start -= 1 }
    var end = rest.upperBound
    rest = rest.lowerBound..<max(start - 1, rest.lowerBound)
    while start < end, Byte.isBlank(bytes[start]) { start += 1 }
    while end > start, Byte.isBlank(bytes[end - 1]) { end -= 1 }
    return .some(address(bytes, start..<end))
}

/// The address that stands in `range`: `192.0.2.1` or `2001:db8::1`, as some proxies write it with
/// a port: `192.0.2.1:443`, `[2001:db8::1]:443`.
private func address(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> PeerAddress? {
    // No address with its port is longer.
    guard (2...64).contains(range.count) else { return nil }
    var text: [UInt8] = []
    for index in range { text.append(bytes[index]) }
    if text[0] == Byte.openBracket {
        guard let close = text.firstIndex(of: Byte.closeBracket) else { return nil }
        text = Array(text[1..<close])
    } else if let colon = text.firstIndex(of: Byte.colon),
        text.lastIndex(of: Byte.colon) == colon
    {
        text = Array(text[..<colon])
    }
    return PeerAddress(text: String(decoding: text, as: UTF8.self))
}
