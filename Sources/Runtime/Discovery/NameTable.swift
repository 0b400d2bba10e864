/// Names that are known at run time only, each found by one hash.
struct NameTable: Sendable {
    /// Drawn anew for each table, so that nobody can choose names that collide.
    let seed: UInt64
    /// All names, one behind the other.
    let bytes: [UInt8]
    /// Where each begins; one more closes the last.
    let starts: [Int]
    /// A power of two, half of them at least empty: a name's index, or -1. A name that finds its
    /// slot taken is in the next free one.
    let slots: [Int32]
}

extension NameTable {
    /// - Parameter names: all different; their places become their indexes.
    init(_ names: [[UInt8]]) {
        var random = Random()
        let seed = random.next()
        var bytes: [UInt8] = []
        var starts = [0]
        var slotCount = 8
        while slotCount < names.count * 2 { slotCount *= 2 }
        var slots = [Int32](repeating: -1, count: slotCount)
        for (index, name) in names.enumerated() {
            bytes += name
            starts.append(bytes.count)
            var slot = NameHash(name.span, seed: seed).bucket(of: slotCount)
            while slots[slot] >= 0 { slot = (slot + 1) % slotCount }
            slots[slot] = Int32(index)
        }
        self.init(seed: seed, bytes: bytes, starts: starts, slots: slots)
    }

    func index(of name: borrowing Span<UInt8>) -> Int? {
        var slot = NameHash(name, seed: seed).bucket(of: slots.count)
        while slots[slot] >= 0 {
            let index = Int(slots[slot])
            if isName(index, name) { return index }
            slot = (slot + 1) % slots.count
        }
        return nil
    }

    private func isName(_ index: Int, _ name: borrowing Span<UInt8>) -> Bool {
        let start = starts[index]
        guard starts[index + 1] - start == name.count else { return false }
        for offset in name.indices where bytes[start + offset] != name[offset] { return false }
        return true
    }
}
