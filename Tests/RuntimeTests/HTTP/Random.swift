/// Numbers that are the same in every run (SplitMix64).
struct Random {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func next(below limit: UInt64) -> UInt64 {
        next() % limit
    }

    /// Up to `limit` bytes, one in eight of them from `special`, most others letters.
    mutating func bytes(upTo limit: Int, from special: [UInt8]) -> [UInt8] {
        (0..<Int(next(below: UInt64(limit + 1)))).map { _ in
            let dice = next()
            if dice & 7 == 0 { return special[Int(dice >> 8) % special.count] }
            return dice & 7 == 1
                ? UInt8(truncatingIfNeeded: dice >> 8) : 0x61 + UInt8(dice >> 8 & 15)
        }
    }
}
