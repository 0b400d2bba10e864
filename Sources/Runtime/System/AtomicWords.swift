import Synchronization

/// A fixed number of atomic words of 64 bits, shared by threads.
@safe
struct AtomicWords: ~Copyable, @unchecked Sendable {
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let shift: Int
    let count: Int

    /// - Parameter ownLines: whether each has a cache line of its own, so that threads that write
    ///   to different ones do not slow each other down.
    init(count: Int, initially value: UInt64 = 0, ownLines: Bool = false) {
        self.count = count
        shift = ownLines ? 3 : 0
        let wordCount = max(count, 1) << shift
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: wordCount * 8, alignment: AtomicWords.lineByteCount)
        unsafe words = bytes.bindMemory(to: Atomic<UInt64>.self, capacity: wordCount)
        for index in 0..<wordCount { unsafe (words + index).initialize(to: Atomic(value)) }
    }

    deinit {
        unsafe words.deinitialize(count: max(count, 1) << shift)
        unsafe UnsafeMutableRawPointer(words).deallocate()
    }

    private static var lineByteCount: Int { 64 }

    @inline(__always)
    private func place(_ index: Int) -> Int {
        precondition(index >= 0 && index < count)
        return index << shift
    }

    func load(_ index: Int) -> UInt64 {
        unsafe words[place(index)].load(ordering: .acquiring)
    }

    func store(_ value: UInt64, at index: Int) {
        unsafe words[place(index)].store(value, ordering: .releasing)
    }

    /// Adds to the word at `index`, which wraps around; returns the sum.
    @discardableResult
    func add(_ value: UInt64, at index: Int) -> UInt64 {
        unsafe words[place(index)].wrappingAdd(value, ordering: .acquiringAndReleasing).newValue
    }

    func subtract(_ value: UInt64, at index: Int) {
        unsafe words[place(index)].subtract(value, ordering: .relaxed)
    }

    /// Puts `value` in the place of `expected`; false: something else stood there.
    func replace(_ expected: UInt64, with value: UInt64, at index: Int) -> Bool {
        unsafe words[place(index)].compareExchange(
            expected: expected, desired: value, ordering: .acquiringAndReleasing
        ).exchanged
    }
}
