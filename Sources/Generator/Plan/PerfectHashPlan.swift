/// A hash that gives every name a slot of its own: hash, then displace what would collide.
struct PerfectHashPlan: Equatable {
    var seed: UInt64
    /// One a bucket.
    var displacements: [UInt32]
    /// For each slot the index of its name; as many slots as names.
    var entries: [Int]

    /// - Parameter names: distinct, 1 at least.
    init(_ names: [String]) {
        var seed: UInt64 = 0
        while true {
            if let plan = Self(names, seed: seed) {
                self = plan
                return
            }
            seed += 1
        }
    }

    /// Nil where two names share all 64 bits of their hash under `seed`.
    private init?(_ names: [String], seed: UInt64) {
        let hashes = names.map { NameHash(Array($0.utf8).span, seed: seed) }
        guard Set(hashes.map(\.value)).count == names.count else { return nil }
        self.seed = seed
        displacements = [UInt32](repeating: 0, count: max(1, names.count / 4))
        entries = [Int](repeating: -1, count: names.count)
        var buckets = [[Int]](repeating: [], count: displacements.count)
        for index in names.indices {
            buckets[hashes[index].bucket(of: buckets.count)].append(index)
        }
        // Large buckets first, while there is room for them.
        for bucket in buckets.indices.sorted(by: { buckets[$0].count > buckets[$1].count }) {
            guard place(buckets[bucket], of: bucket, by: hashes) else { return nil }
        }
    }

    /// Finds the first displacement that moves all of a bucket's names to free slots.
    private mutating func place(_ names: [Int], of bucket: Int, by hashes: [NameHash]) -> Bool {
        let bound = UInt32(clamping: 100_000 + 64 * entries.count)
        for displacement in 0..<bound {
            let slots = names.map {
                hashes[$0].slot(of: entries.count, displacement: displacement)
            }
            guard slots.allSatisfy({ entries[$0] < 0 }), Set(slots).count == slots.count else {
                continue
            }
            for (name, slot) in zip(names, slots) { entries[slot] = name }
            displacements[bucket] = displacement
            return true
        }
        return false
    }
}
