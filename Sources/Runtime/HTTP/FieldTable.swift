/// A field line of a head: where its name and value stand, without the white space around them.
struct Field {
    var name: ByteRange
    var value: ByteRange
    var id: FieldName
}

/// The field lines of one head, in memory of its own that is used again for the next head.
@safe
struct FieldTable: ~Copyable {
    /// How many fields it can hold; never grows.
    let capacity: Int
    private(set) var count = 0
    private let storage: UnsafeMutablePointer<Field>

    init(capacity: Int) {
        self.capacity = capacity
        unsafe storage = .allocate(capacity: capacity)
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// The field at `index`, 0 up to `count`.
    subscript(index: Int) -> Field {
        @inline(__always)
        get {
            precondition(index >= 0 && index < count, "no such field")
            return unsafe storage[index]
        }
    }

    /// Adds a field; there must be room for it.
    @inline(__always)
    mutating func append(_ field: Field) {
        precondition(count < capacity, "no room for a field")
        unsafe (storage + count).initialize(to: field)
        count &+= 1
    }

    mutating func removeAll() {
        count = 0
    }
}
