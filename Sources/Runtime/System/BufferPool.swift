/// Blocks of one size that connections share: taken when bytes come, given back when none are left.
@safe
struct BufferPool: ~Copyable {
    /// Room for the usual chat request with its head; larger ones get a block of their own.
    static var blockByteCount: Int { 16_384 }

    /// Blocks kept for the next connection; more are given back to the system.
    private static var keptCount: Int { 64 }

    private var blocks: [UnsafeMutablePointer<UInt8>]

    init() {
        unsafe blocks = []
        unsafe blocks.reserveCapacity(BufferPool.keptCount)
    }

    deinit {
        for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
    }

    mutating func take() -> UnsafeMutablePointer<UInt8> {
        if let block = unsafe blocks.popLast() { return unsafe block }
        return .allocate(capacity: BufferPool.blockByteCount)
    }

    mutating func give(_ block: UnsafeMutablePointer<UInt8>) {
        if unsafe blocks.count < BufferPool.keptCount {
            unsafe blocks.append(block)
        } else {
            unsafe block.deallocate()
        }
    }
}
