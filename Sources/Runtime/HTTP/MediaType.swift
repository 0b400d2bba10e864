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

/// A `name=value` behind a media type or a disposition.
struct Parameter {
    var name: ByteRange
    /// Without its quotes.
    var value: ByteRange
    /// Whether backslashes stand in the value.
    var hasEscapes: Bool
}

/// The parameters of a field value, one after the other (RFC 9110 §5.6.6).
struct ParameterList {
    /// Whether `next` ended at something that is no parameter.
    private(set) var isMalformed = false
    private var index: Int
    private let end: Int

    /// The parameters between two offsets; the first semicolon is to come.
    init(from start: Int, to end: Int) {
        index = start
        self.end = end
    }

    /// The next parameter, or nil when there is none or it is malformed.
    mutating func next(_ bytes: borrowing Span<UInt8>) -> Parameter? {
        guard skip(Byte.semicolon, bytes) else { return nil }
        skipBlanks(bytes)
        guard index < end else { return nil }
        let nameStart = index
        while index < end, ByteSet.token.contains(bytes[index]) { index += 1 }
        let name = ByteRange(nameStart, index)
        guard !name.isEmpty, index < end, bytes[index] == Byte.equals else { return malformed() }
        index += 1
        guard index < end else { return malformed() }
        if bytes[index] == Byte.quote { return quoted(bytes, name) }
        let valueStart = index
        while index < end, isBare(bytes[index]) { index += 1 }
        guard index > valueStart else { return malformed() }
        return Parameter(name: name, value: ByteRange(valueStart, index), hasEscapes: false)
    }

    private func isBare(_ byte: UInt8) -> Bool {
        byte != Byte.semicolon && byte != Byte.quote && byte != Byte.backslash
            && !Byte.isBlank(byte)
    }

    /// The parameter whose value begins with the quote at `index`.
    private mutating func quoted(_ bytes: borrowing Span<UInt8>, _ name: ByteRange) -> Parameter? {
        let start = index + 1
        var hasEscapes = false
        index = start
        while index < end, bytes[index] != Byte.quote {
            if bytes[index] == Byte.backslash {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        guard index < end else { return malformed() }
        index += 1
        return Parameter(name: name, value: ByteRange(start, index - 1), hasEscapes: hasEscapes)
    }

    /// Passes over `byte` and blanks before it; false at the end, or where something else stands.
    private mutating func skip(_ byte: UInt8, _ bytes: borrowing Span<UInt8>) -> Bool {
        skipBlanks(bytes)
        guard index < end else { return false }
        guard bytes[index] == byte else {
            isMalformed = true
            return false
        }
        index += 1
        return true
    }

    private mutating func skipBlanks(_ bytes: borrowing Span<UInt8>) {
        while index < end, Byte.isBlank(bytes[index]) { index += 1 }
    }

    private mutating func malformed() -> Parameter? {
        isMalformed = true
        return nil
    }
}

/// The boundary that a multipart Content-Type gives, or nil when there is none of 1…70 characters
/// that boundaries may have (RFC 2046 §5.1.1), or more than one.
func boundary(_ contentType: borrowing Span<UInt8>) -> ByteRange? {
    let type = mediaType(contentType, ByteRange(0, contentType.count))
    var parameters = ParameterList(from: type.end, to: contentType.count)
    var boundary = ByteRange.none
    while let parameter = parameters.next(contentType) {
        guard equals(contentType, parameter.name, "boundary") else { continue }
        guard boundary.isEmpty, !parameter.value.isEmpty, parameter.value.count <= 70 else {
            return nil
        }
        boundary = parameter.value
    }
    guard !boundary.isEmpty, !parameters.isMalformed else { return nil }
    for index in boundary.range where !ByteSet.boundary.contains(contentType[index]) { return nil }
    return contentType[boundary.end - 1] == Byte.space ? nil : boundary
}
