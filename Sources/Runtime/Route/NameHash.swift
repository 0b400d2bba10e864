/// The hash that the generator spreads names with and the gateway looks them up by.
///
/// Both compile this one file, so that what is emitted and what is asked agree.
struct NameHash {
    /// 64 bits of the whole name, well mixed.
    let value: UInt64

    /// FNV-1a over the bytes, then a finaliser; O(n), no allocation.
    init(_ bytes: borrowing Span<UInt8>, seed: UInt64) {
        var hash = 0xcbf2_9ce4_8422_2325 ^ seed
        var index = 0
        while index < bytes.count {
            hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3
            index += 1
        }
        value = Self.mix(hash)
    }

    /// Which of `bucketCount` (1…) buckets the name falls into.
    func bucket(of bucketCount: Int) -> Int {
        Int(value % UInt64(bucketCount))
    }

    /// Which of `slotCount` (1…) slots the name has once its bucket is displaced.
    func slot(of slotCount: Int, displacement: UInt32) -> Int {
        Int(Self.mix(value ^ UInt64(displacement) &* 0x9e37_79b9_7f4a_7c15) % UInt64(slotCount))
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ bits >> 33) &* 0xff51_afd7_ed55_8ccd
        bits = (bits ^ bits >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return bits ^ bits >> 33
    }
}
