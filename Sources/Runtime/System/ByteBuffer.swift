import Glibc

/// Bytes in one owned block: consumed at the front, appended at the back.
///
/// An empty one owns nothing, so that an idle connection costs no memory. It never grows by
/// itself beyond what a caller reserves, and each caller has a bound.
@safe
struct ByteBuffer: ~Copyable {
    /// The block; where the capacity is 0, a place that is never read nor written.
    private var block: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    private var start: Int
    private var end: Int

    /// An empty buffer that owns no memory.
    init() {
        unsafe block = ByteBuffer.nothing
        capacity = 0
        start = 0
        end = 0
    }

    /// A buffer with room for `capacity` bytes.
    init(capacity: Int) {
        precondition(capacity > 0)
        unsafe block = .allocate(capacity: capacity)
        self.capacity = capacity
        start = 0
        end = 0
    }

    deinit {
        if capacity > 0 { unsafe block.deallocate() }
    }

    var count: Int { end - start }
    var isEmpty: Bool { start == end }
    var writableCount: Int { capacity - end }

    /// What has been appended and not been consumed.
    var bytes: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            let span = unsafe Span<UInt8>(_unsafeStart: block + start, count: end - start)
            return unsafe _overrideLifetime(span, borrowing: self)
        }
    }

    private static var nothing: UnsafeMutablePointer<UInt8> {
        guard let pointer = unsafe UnsafeMutablePointer<UInt8>(bitPattern: 8) else { fatalError() }
        return unsafe pointer
    }

    /// Makes room for `byteCount` bytes behind the last one; moves or reallocates what is there.
    @inline(__always)
    mutating func reserve(_ byteCount: Int) {
        if capacity - end < byteCount { makeRoom(byteCount) }
    }

    @inline(never)
    private mutating func makeRoom(_ byteCount: Int) {
        if start > 0 && capacity - count >= byteCount {
            unsafe memmove(block, block + start, count)
        } else {
            let grown = max(count + byteCount, min(capacity * 2, capacity + 1 << 20))
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
            unsafe memcpy(larger, block + start, count)
            if capacity > 0 { unsafe block.deallocate() }
            unsafe block = larger
            capacity = grown
        }
        end -= start
        start = 0
    }

    /// Takes a block of `BufferPool.blockByteCount` from `pool` where this buffer owns none.
    mutating func open(from pool: inout BufferPool) {
        if capacity > 0 { return }
        unsafe block = pool.take()
        capacity = BufferPool.blockByteCount
        start = 0
        end = 0
    }

    /// Forgets its bytes and gives its block back.
    mutating func close(into pool: inout BufferPool) {
        if capacity == BufferPool.blockByteCount {
            unsafe pool.give(block)
        } else if capacity > 0 {
            unsafe block.deallocate()
        }
        unsafe block = ByteBuffer.nothing
        capacity = 0
        start = 0
        end = 0
    }

    mutating func removeAll() {
        start = 0
        end = 0
    }

    mutating func consume(_ byteCount: Int) {
        precondition(byteCount <= count)
        start += byteCount
        if start == end { removeAll() }
    }

    /// Cuts off what stands behind the first `byteCount` bytes.
    mutating func truncate(to byteCount: Int) {
        precondition(byteCount <= count)
        end = start + byteCount
    }

    /// Moves the `range` of its bytes to begin at `offset`, before it; what is between is lost.
    mutating func move(_ range: Range<Int>, to offset: Int) {
        precondition(range.upperBound <= count && offset <= range.lowerBound && offset >= 0)
        unsafe memmove(block + start + offset, block + start + range.lowerBound, range.count)
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if end == capacity { reserve(1) }
        unsafe block[end] = byte
        end += 1
    }

    /// Appends the 8 bytes of a word, the lowest in memory first.
    mutating func append(eight word: UInt64) {
        reserve(8)
        unsafe UnsafeMutableRawPointer(block + end).storeBytes(of: word, as: UInt64.self)
        end += 8
    }

    /// Appends the lowest `count` decimal digits of `value`, 1…20.
    mutating func appendDigits(of value: UInt, count digitCount: Int) {
        precondition((1...20).contains(digitCount))
        reserve(digitCount)
        var rest = value
        var place = end + digitCount - 1
        while place >= end {
            unsafe block[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            place -= 1
        }
        end += digitCount
    }

    /// Inlined, so that a literal of known length becomes a few stores.
    @inline(__always)
    mutating func append(_ text: StaticString) {
        let byteCount = text.utf8CodeUnitCount
        reserve(byteCount)
        unsafe memcpy(block + end, text.utf8Start, byteCount)
        end += byteCount
    }

    /// Appends the `range` of the text's bytes.
    mutating func append(_ text: StaticString, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= text.utf8CodeUnitCount)
        reserve(range.count)
        unsafe memcpy(block + end, text.utf8Start + range.lowerBound, range.count)
        end += range.count
    }

    mutating func append(_ other: borrowing ByteBuffer) {
        append(other, 0..<other.count)
    }

    /// Appends the `range` of the other's bytes.
    mutating func append(_ other: borrowing ByteBuffer, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= other.count)
        reserve(range.count)
        unsafe memcpy(block + end, other.block + other.start + range.lowerBound, range.count)
        end += range.count
    }

    /// Appends what of the other's bytes lies behind the first `count`, and lessens `count` by what
    /// was skipped.
    mutating func append(
        _ other: borrowing ByteBuffer, _ range: Range<Int>? = nil, skipping count: inout Int
    ) {
        let range = range ?? 0..<other.count
        let skipped = min(count, range.count)
        count -= skipped
        append(other, range.lowerBound + skipped..<range.upperBound)
    }

    mutating func append(_ bytes: borrowing Span<UInt8>) {
        let byteCount = bytes.count
        if byteCount == 0 { return }
        reserve(byteCount)
        unsafe bytes.withUnsafeBufferPointer { source in
            if let first = source.baseAddress { unsafe memcpy(block + end, first, byteCount) }
        }
        end += byteCount
    }

    /// Appends the `range` of the array's bytes.
    mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
        append(bytes.span.extracting(range))
    }

    /// Receives from `socket` into the room behind the last byte.
    mutating func receive(from socket: Int32) -> IOResult {
        let result = unsafe Socket.receive(socket, into: block + end, byteCount: writableCount)
        if case .bytes(let received) = result { end += received }
        return result
    }

    /// Sends to `socket` what it holds and consumes what was taken.
    mutating func send(to socket: Int32) -> IOResult {
        let result = unsafe Socket.send(socket, from: block + start, byteCount: count)
        if case .bytes(let sent) = result { consume(sent) }
        return result
    }

    /// Sends to `socket` what it holds and keeps it.
    func peekSend(to socket: Int32) -> IOResult {
        unsafe Socket.send(socket, from: block + start, byteCount: count)
    }

    /// Receives by `layer`, which takes the room behind the last byte and its size.
    mutating func receive(
        by layer: (UnsafeMutablePointer<UInt8>, Int) -> CarriedBytes
    ) -> IOResult {
        let carried = unsafe layer(block + end, writableCount)
        if case .bytes(let received) = carried {
            precondition(received <= writableCount)
            end += received
        }
        return IOResult(carried)
    }

    /// Sends by `layer` what it holds and consumes what was taken.
    mutating func send(by layer: (UnsafePointer<UInt8>, Int) -> CarriedBytes) -> IOResult {
        let result = unsafe peekSend(by: layer)
        if case .bytes(let sent) = result { consume(sent) }
        return result
    }

    /// Sends by `layer` what it holds and keeps it.
    func peekSend(by layer: (UnsafePointer<UInt8>, Int) -> CarriedBytes) -> IOResult {
        unsafe IOResult(layer(block + start, count))
    }

    /// Sends the `range` of its bytes by `layer` and keeps it.
    func peekSend(
        _ range: Range<Int>, by layer: (UnsafePointer<UInt8>, Int) -> CarriedBytes
    ) -> IOResult {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return unsafe IOResult(layer(block + start + range.lowerBound, range.count))
    }

    /// Sends the `range` of its bytes to `socket` and keeps it.
    func peekSend(_ range: Range<Int>, to socket: Int32) -> IOResult {
        precondition(range.upperBound <= count)
        return unsafe Socket.send(
            socket, from: block + start + range.lowerBound, byteCount: range.count)
    }
}
