/// Which objects and arrays are open, a bit each, up to 512 of them.
struct JSONNesting {
    private(set) var depth = 0
    /// The innermost up to 64, the innermost lowest; 1 for an object.
    private var inner: UInt64 = 0
    /// Full words of those further out. Touched only where the depth passes a multiple of 64,
    /// because it is copied whole.
    private var outer = InlineArray<8, UInt64>(repeating: 0)

    private static var depthLimit: Int { 512 }

    /// Whether the innermost is an object.
    var isObject: Bool { inner & 1 != 0 }

    /// Opens one more, or answers false where there are too many.
    mutating func open(object isObject: Bool) -> Bool {
        guard depth < Self.depthLimit else { return false }
        if depth & 63 == 0 { outer[depth >> 6] = inner }
        inner = inner << 1 | (isObject ? 1 : 0)
        depth += 1
        return true
    }

    /// Closes the innermost; there must be one.
    mutating func close() {
        depth -= 1
        inner >>= 1
        if depth & 63 == 0 { inner = outer[depth >> 6] }
    }
}
