/// Where an element of a slab is, and which of those that were ever there.
struct SlabID: Equatable {
    let index: UInt32
    /// 1…2^24-1, odd while the element lives; a stale one meets no element.
    let generation: UInt32

    /// Stands for no element: no slab ever gives it out.
    static var none: SlabID { SlabID(index: 0, generation: 0) }

}

/// Owned elements at steady indices; an index is reused, its generation is not.
@safe
struct Slab<Element: ~Copyable>: ~Copyable {
    private var elements: UnsafeMutablePointer<Element>
    private var generations: UnsafeMutablePointer<UInt32>
    private var capacity: Int
    private var usedCount: Int
    private var free: [UInt32]
    private(set) var count: Int

    init(capacity: Int) {
        precondition(capacity > 0)
        unsafe elements = .allocate(capacity: capacity)
        unsafe generations = .allocate(capacity: capacity)
        self.capacity = capacity
        usedCount = 0
        free = []
        count = 0
    }

    deinit {
        for index in 0..<usedCount where unsafe generations[index] & 1 == 1 {
            unsafe (elements + index).deinitialize(count: 1)
        }
        unsafe elements.deallocate()
        unsafe generations.deallocate()
    }

    /// Indices that may hold an element: 0..<this.
    var indexLimit: Int { usedCount }

    subscript(index: Int) -> Element {
        @inline(__always)
        _read {
            precondition(index >= 0 && index < usedCount)
            yield unsafe elements[index]
        }
        @inline(__always)
        _modify {
            precondition(index >= 0 && index < usedCount)
            yield unsafe &elements[index]
        }
    }

    func holds(_ id: SlabID) -> Bool {
        guard Int(id.index) < usedCount, id.generation & 1 == 1 else { return false }
        return unsafe generations[Int(id.index)] == id.generation
    }

    func id(at index: Int) -> SlabID? {
        guard index < usedCount, unsafe generations[index] & 1 == 1 else { return nil }
        return unsafe SlabID(index: UInt32(index), generation: generations[index])
    }

    mutating func insert(_ element: consuming Element) -> SlabID {
        if free.isEmpty && usedCount == capacity { grow() }
        let index: Int
        if let reused = free.popLast() {
            index = Int(reused)
        } else {
            index = usedCount
            unsafe (generations + index).initialize(to: 0)
            usedCount += 1
        }
        unsafe (elements + index).initialize(to: element)
        let next = unsafe (generations[index] + 1) & 0xff_ffff
        unsafe generations[index] = next
        count += 1
        return SlabID(index: UInt32(index), generation: next)
    }

    /// Ends the element's life and hands it over.
    mutating func remove(_ id: SlabID) -> Element {
        precondition(holds(id))
        let index = Int(id.index)
        unsafe generations[index] = (id.generation + 1) & 0xff_ffff
        free.append(id.index)
        count -= 1
        return unsafe (elements + index).move()
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        unsafe larger.moveInitialize(from: elements, count: capacity)
        unsafe elements.deallocate()
        unsafe elements = larger
        let marks = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
        unsafe marks.moveInitialize(from: generations, count: capacity)
        unsafe generations.deallocate()
        unsafe generations = marks
        capacity *= 2
    }
}
