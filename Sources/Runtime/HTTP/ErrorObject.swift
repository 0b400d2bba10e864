/// Where a member can be appended to the JSON object that `body` is.
///
/// - Returns: the offset of the object's last brace, and whether the object has no members, so that
///   no comma is needed; nil when `body` is not one whole object, or already has an `olla_context`.
func insertionPoint(_ body: borrowing Span<UInt8>) -> (offset: Int, isEmptyObject: Bool)? {
    var scanner = MemberScanner(key: "olla_context")
    scanner.scan(body)
    guard scanner.finish() == .missing else { return nil }
    return (scanner.closingBrace, !scanner.hasMembers)
}
