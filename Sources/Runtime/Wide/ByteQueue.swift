import Glibc

/// Bytes in one owned block that C reads and writes: appended behind, consumed in front.
@safe
struct ByteQueue: ~Copyable {
    private var block: UnsafeMutablePointer<UInt8>?
    private var capacity = 0
    private var start = 0
    private var end = 0

    init() {}

    deinit { unsafe block?.deallocate() }

    var count: Int { end - start }
    var isEmpty: Bool { start == end }

    /// The first byte; nil before anything was ever appended.
    var first: UnsafeMutablePointer<UInt8>? { unsafe block.map { unsafe $0 + start } }

    /// Makes room for `byteCount` bytes behind the last one and gives the place.
    private mutating func place(of byteCount: Int) -> UnsafeMutablePointer<UInt8> {
        if let block = unsafe block, capacity - end >= byteCount { return unsafe block + end }
        let grown =
            capacity - count >= byteCount ? capacity : max(capacity * 2, count + byteCount, 4096)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
        if let first = unsafe first { unsafe memcpy(larger, first, count) }
        unsafe block?.deallocate()
        unsafe block = larger
        capacity = grown
        end -= start
        start = 0
        return unsafe larger + end
    }

    mutating func append(_ bytes: UnsafePointer<UInt8>, _ byteCount: Int) {
        if byteCount == 0 { return }
        unsafe memcpy(place(of: byteCount), bytes, byteCount)
        end += byteCount
    }

    mutating func append(_ text: StaticString) {
        unsafe append(text.utf8Start, text.utf8CodeUnitCount)
    }

    mutating func append(_ byte: UInt8) {
        unsafe place(of: 1).pointee = byte
        end += 1
    }

    mutating func append(_ other: borrowing ByteQueue) {
        if let first = unsafe other.first { unsafe append(first, other.count) }
    }

    /// Appends `value`, 0 or more, in lower-case hexadecimal digits.
    mutating func append(hexadecimal value: Int) {
        var shift = (Int.bitWidth - max(value, 1).leadingZeroBitCount - 1) / 4 * 4
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: value >> shift & 15)
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            shift -= 4
        }
    }

    /// Moves at most `byteCount` bytes to `target`; returns how many.
    mutating func move(to target: UnsafeMutablePointer<UInt8>, _ byteCount: Int) -> Int {
        guard let first = unsafe first else { return 0 }
        let moved = min(byteCount, count)
        unsafe memcpy(target, first, moved)
        start += moved
        if start == end { removeAll() }
        return moved
    }

    mutating func removeAll() {
        start = 0
        end = 0
    }

    /// Forgets its bytes, and gives back a block of more than `keptByteCount`.
    mutating func reset(keeping keptByteCount: Int) {
        removeAll()
        if capacity <= keptByteCount { return }
        unsafe block?.deallocate()
        unsafe block = nil
        capacity = 0
    }
}
