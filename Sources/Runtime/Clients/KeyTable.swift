/// Digests of keys with their owners, looked up in a time that says nothing about them.
///
/// Digests lie in buckets of one width, filled up with entries that are nobody's. A look-up
/// compares every word of every entry of one bucket, and no comparison ends early: how long it
/// takes depends on the width alone, not on how far a digest agrees with another, nor on whether it
/// is found. Which bucket that is follows from the digest that is asked for and from a seed of the
/// process, so that nobody can try how full a bucket is.
struct KeyTable: Sendable {
    private let seed: UInt64
    private let bucketMask: UInt64
    /// Entries of a bucket.
    let width: Int
    /// Bucket behind bucket.
    private let digests: [SIMD4<UInt64>]
    /// For each entry its owner plus one; 0: it is nobody's.
    private let owners: [UInt64]

    /// - Parameter keys: digests, each once, with the numbers of their owners, 0 or more.
    init(_ keys: [(digest: SIMD4<UInt64>, owner: Int)], seed: UInt64) {
        var count = 1
        while count < keys.count { count *= 2 }
        let mask = UInt64(count - 1)
        var buckets = [[Int]](repeating: [], count: count)
        for (index, key) in keys.enumerated() {
            buckets[KeyTable.bucket(of: key.digest, seed: seed, mask: mask)].append(index)
        }
        let width = buckets.reduce(1) { max($0, $1.count) }
        var digests = [SIMD4<UInt64>](repeating: SIMD4(), count: count * width)
        var owners = [UInt64](repeating: 0, count: count * width)
        for (bucket, indices) in buckets.enumerated() {
            for (place, index) in indices.enumerated() {
                digests[bucket * width + place] = keys[index].digest
                owners[bucket * width + place] = UInt64(keys[index].owner + 1)
            }
        }
        self.seed = seed
        self.width = width
        self.digests = digests
        self.owners = owners
        bucketMask = mask
    }

    private static func bucket(of digest: SIMD4<UInt64>, seed: UInt64, mask: UInt64) -> Int {
        let product = (digest[0] ^ seed).multipliedFullWidth(by: seed | 1)
        return Int(truncatingIfNeeded: (product.high ^ product.low) & mask)
    }

    /// The number of the owner of the key with this digest, or nil.
    func owner(of digest: SIMD4<UInt64>) -> Int? {
        let start = KeyTable.bucket(of: digest, seed: seed, mask: bucketMask) * width
        var found: UInt64 = 0
        for entry in start..<start + width {
            let unlike = digests[entry] ^ digest
            let difference = unlike[0] | unlike[1] | unlike[2] | unlike[3]
            // All ones where nothing differs, without a branch: only then the subtraction borrows.
            let isEqual = 0 &- ((~difference & (difference &- 1)) >> 63)
            found |= owners[entry] & isEqual
        }
        return found == 0 ? nil : Int(found) - 1
    }
}

extension SIMD4<UInt64> {
    /// Reads 64 hexadecimal digits; the generator has seen to it that they are.
    init(hexadecimal text: StaticString) {
        precondition(text.utf8CodeUnitCount == 64, "a digest has 64 digits")
        self.init()
        for (index, digit) in "\(text)".enumerated() {
            guard let value = digit.hexDigitValue else { preconditionFailure("no digit") }
            self[index / 16] = self[index / 16] << 4 | UInt64(value)
        }
    }
}
