// Media types and their parameters (RFC 9110 §8.3.1), as Content-Type has them.

/// The type and subtype of a Content-Type: what stands before its parameters.
func mediaType(_ bytes: borrowing Span<UInt8>, _ value: ByteRange) -> ByteRange {
    var end = Int(value.start)
    while end < value.end, bytes[end] != Byte.semicolon { end += 1 }
    while end > Int(value.start), Byte.isBlank(bytes[end - 1]) { end -= 1 }
    return ByteRange(Int(value.start), end)
}

/// Whether a media type without parameters is `application/json` or another whose syntax is JSON.
func isJSONMediaType(_ bytes: borrowing Span<UInt8>, _ type: ByteRange) -> Bool {
    if equals(bytes, type, "application/json") { return true }
    guard type.count > 5 else { return false }
    return equals(bytes, ByteRange(type.end - 5, type.end), "+json")
}
