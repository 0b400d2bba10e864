/// Where something stands in the bytes that were given to a parser; up to 4 GiB.
struct ByteRange: Equatable {
    var start: UInt32
    var count: UInt32

    /// Nothing, nowhere.
    static var none: ByteRange { ByteRange(start: 0, count: 0) }

    /// The offset after the last byte.
    var end: Int { Int(start) + Int(count) }

    var isEmpty: Bool { count == 0 }

    var range: Range<Int> { Int(start)..<end }
}

extension ByteRange {
    /// The range from `start` up to `end`, both offsets of 0…4 GiB with `start` not above `end`:
    /// others give a wrong range, which reading the bytes then traps on.
    @inline(__always)
    init(_ start: Int, _ end: Int) {
        self.init(
            start: UInt32(truncatingIfNeeded: start),
            count: UInt32(truncatingIfNeeded: end &- start))
    }
}
