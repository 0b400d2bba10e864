/// What is wrong with a field line.
enum FieldFault: UInt8, Error {
    case bareLineFeed, bareCarriageReturn, foldedLine, spaceInName, missingColon
    case emptyName, invalidName, controlInValue

    /// In plain words, for the one who sent it.
    var message: StaticString {
        switch self {
        case .bareLineFeed: "a line ends in LF without CR"
        case .bareCarriageReturn: "a CR stands without LF"
        case .foldedLine: "a field line begins with white space"
        case .spaceInName: "white space stands in a field name or before its colon"
        case .missingColon: "a field line has no colon"
        case .emptyName: "a field has no name"
        case .invalidName: "a field name has an invalid character"
        case .controlInValue: "a field value has a control character"
        }
    }
}

/// Why reading a head stops before its end.
enum FieldStop: Error {
    /// The bytes end before the line does.
    case incomplete
    case fault(FieldFault)
}

/// Reads the field line at `position` (RFC 9112 §5) and moves `position` to the next line.
///
/// - Returns: the field, or nil when the line is the empty one that ends the head.
@inline(__always)
func readFieldLine(
    _ bytes: borrowing Span<UInt8>, at position: inout Int
) throws(FieldStop) -> Field? {
    guard position < bytes.count else { throw .incomplete }
    let nameStart = position
    let colon = firstNotNameLike(bytes, from: nameStart)
    if colon == nameStart, try isEmptyLine(bytes, at: nameStart) {
        position = nameStart &+ 2
        return nil
    }
    let nameEnd = try endOfName(bytes, from: nameStart, knownUpTo: colon)
    var start = nameEnd &+ 1
    while start < bytes.count, Byte.isBlank(bytes[start]) { start &+= 1 }
    var end = try endOfValue(bytes, from: start)
    position = end &+ 2
    while end > start, Byte.isBlank(bytes[end &- 1]) { end &-= 1 }
    return Field(
        name: ByteRange(nameStart, nameEnd),
        value: ByteRange(start, end),
        id: FieldName.named(bytes, from: nameStart, count: nameEnd &- nameStart)
    )
}

/// Whether CR LF stand at `index`, where a name should begin.
@inline(never)
private func isEmptyLine(
    _ bytes: borrowing Span<UInt8>, at index: Int
) throws(FieldStop) -> Bool {
    switch bytes[index] {
    case Byte.carriageReturn:
        guard index + 1 < bytes.count else { throw .incomplete }
        guard bytes[index + 1] == Byte.lineFeed else { throw .fault(.bareCarriageReturn) }
        return true
    case Byte.lineFeed: throw .fault(.bareLineFeed)
    case Byte.space, Byte.tab: throw .fault(.foldedLine)
    case Byte.colon: throw .fault(.emptyName)
    default: return false
    }
}

/// The index of the colon after the name from `start`, whose bytes before `known` are of names.
@inline(__always)
private func endOfName(
    _ bytes: borrowing Span<UInt8>, from start: Int, knownUpTo known: Int
) throws(FieldStop) -> Int {
    var index = known
    if index < bytes.count, index > start, bytes[index] == Byte.colon { return index }
    while index < bytes.count, ByteSet.token.contains(bytes[index]) { index &+= 1 }
    guard index < bytes.count else { throw .incomplete }
    guard bytes[index] == Byte.colon else { throw .fault(nameFault(endedBy: bytes[index])) }
    return index
}

/// What is wrong with a name that `byte` ends instead of a colon.
func nameFault(endedBy byte: UInt8) -> FieldFault {
    switch byte {
    case Byte.lineFeed: return .bareLineFeed
    case Byte.carriageReturn: return .missingColon
    case Byte.space, Byte.tab: return .spaceInName
    default: return .invalidName
    }
}

/// The index of the CR LF after the value from `start`, or after the reason of a status line.
@inline(__always)
func endOfValue(
    _ bytes: borrowing Span<UInt8>, from start: Int
) throws(FieldStop) -> Int {
    var index = firstControl(bytes, from: start)
    while index < bytes.count, bytes[index] == Byte.tab {
        index = firstControl(bytes, from: index &+ 1)
    }
    guard index < bytes.count else { throw .incomplete }
    guard bytes[index] == Byte.carriageReturn else {
        throw .fault(bytes[index] == Byte.lineFeed ? .bareLineFeed : .controlInValue)
    }
    guard index &+ 1 < bytes.count else { throw .incomplete }
    guard bytes[index &+ 1] == Byte.lineFeed else { throw .fault(.bareCarriageReturn) }
    return index
}
