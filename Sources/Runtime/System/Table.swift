/// A fixed number of owned elements: what an array would be without reference counts and copies.
@safe
struct Table<Element: ~Copyable>: ~Copyable {
    private let elements: UnsafeMutablePointer<Element>
    let count: Int

    init(count: Int, _ make: (Int) -> Element) {
        unsafe elements = .allocate(capacity: max(count, 1))
        self.count = count
        for index in 0..<count { unsafe (elements + index).initialize(to: make(index)) }
    }

    deinit {
        unsafe elements.deinitialize(count: count)
        unsafe elements.deallocate()
    }

    subscript(index: Int) -> Element {
        @inline(__always)
        _read {
            precondition(index >= 0 && index < count)
            yield unsafe elements[index]
        }
        @inline(__always)
        _modify {
            precondition(index >= 0 && index < count)
            yield unsafe &elements[index]
        }
    }
}
