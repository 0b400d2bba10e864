/// Decides, while a head comes in pieces, when it is worth to parse it.
///
/// A head is parsed anew when its end has come, when a line ends in a way that will be refused,
/// when a limit is passed, and always while it is still short, so that what is wrong with the first
/// lines is answered at once. Otherwise only the new bytes are looked at.
struct HeadScan {
    private let headByteLimit: Int
    /// By then a target that is too long shows.
    private let targetEndLimit: Int

    /// Heads up to this length are parsed with every piece that arrives.
    private static var shortByteCount: Int { 1_024 }

    init(limits: HeadLimits) {
        headByteLimit = limits.headByteLimit
        // An empty line, the method, a space, and the byte that is too much.
        targetEndLimit = limits.targetByteLimit + RequestMethod.byteLimit + 4
    }

    /// Whether a parse of `bytes` can come to an end, of which the first `seen` did not.
    func isWorthReading(_ bytes: borrowing Span<UInt8>, seen: Int) -> Bool {
        if seen < Self.shortByteCount { return true }
        if seen < headByteLimit, bytes.count >= headByteLimit { return true }
        if seen < targetEndLimit, bytes.count >= targetEndLimit { return true }
        var index = firstIndex(of: Byte.lineFeed, in: bytes, from: seen)
        while index < bytes.count {
            guard bytes[index - 1] == Byte.carriageReturn else { return true }
            if bytes[index - 2] == Byte.lineFeed { return true }
            index = firstIndex(of: Byte.lineFeed, in: bytes, from: index + 1)
        }
        return false
    }

    /// The part of `bytes` that a head may fill.
    @_lifetime(copy bytes)
    func window(of bytes: borrowing Span<UInt8>) -> Span<UInt8> {
        bytes.extracting(first: min(bytes.count, headByteLimit))
    }
}
