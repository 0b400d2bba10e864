/// The names of a large gateway, each found by one hash and one comparison.
///
/// The generator has searched displacements that give every name a slot of its own.
public struct PerfectHash: Sendable {
    private let names: TextLines
    private let seed: UInt64
    private let displacements: [UInt32]
    private let entries: [UInt32]

    /// - Parameters:
    ///   - names: a name a line; the line's number, from 0, is the name's index.
    ///   - displacements: decimals, one a bucket, 1 at least.
    ///   - entries: decimals, one a slot: the index of the slot's name.
    public init(
        names: StaticString,
        seed: UInt64,
        displacements: StaticString,
        entries: StaticString
    ) {
        self.names = TextLines(names)
        self.seed = seed
        self.displacements = decimals(displacements)
        self.entries = decimals(entries)
        precondition(!self.displacements.isEmpty && self.entries.count == self.names.count)
    }

    /// The index of `name`, or nil where it is none of the names.
    ///
    /// - Complexity: O(n) in the bytes of `name`; no allocation.
    public func index(of name: borrowing Span<UInt8>) -> Int? {
        let hash = NameHash(name, seed: seed)
        let displacement = displacements[hash.bucket(of: displacements.count)]
        let entry = Int(entries[hash.slot(of: entries.count, displacement: displacement)])
        return names.isLine(entry, name) ? entry : nil
    }
}
