/// SHA-256 (FIPS 180-4).
enum SHA256 {
    /// The digest of `bytes`, its first byte the highest of the first word.
    ///
    /// - Complexity: O(n), the same for all bytes of one length; no allocation.
    static func digest(_ bytes: borrowing Span<UInt8>) -> SIMD4<UInt64> {
        var state = initialState
        let blockCount = (bytes.count + 8) / 64 + 1
        for block in 0..<blockCount {
            var schedule = InlineArray<64, UInt32>(repeating: 0)
            for index in 0..<16 {
                schedule[index] = word(of: bytes, at: block * 64 + index * 4, blockCount * 64)
            }
            extend(&schedule)
            state = compress(state, schedule)
        }
        var digest = SIMD4<UInt64>()
        for index in 0..<4 {
            digest[index] = UInt64(state[2 * index]) << 32 | UInt64(state[2 * index + 1])
        }
        return digest
    }

    /// Four bytes of the padded message: the bytes, 0x80, zeros, and their count in bits.
    private static func word(
        of bytes: borrowing Span<UInt8>, at offset: Int, _ paddedCount: Int
    ) -> UInt32 {
        if offset >= paddedCount - 8 {
            let bitCount = UInt64(bytes.count) * 8
            return UInt32(
                truncatingIfNeeded: offset == paddedCount - 8 ? bitCount >> 32 : bitCount)
        }
        var word: UInt32 = 0
        for index in offset..<offset + 4 {
            let byte: UInt8 = index < bytes.count ? bytes[index] : index == bytes.count ? 0x80 : 0
            word = word << 8 | UInt32(byte)
        }
        return word
    }

    /// Fills the words behind the sixteenth.
    private static func extend(_ words: inout InlineArray<64, UInt32>) {
        for index in 16..<64 {
            let early = words[index - 15]
            let late = words[index - 2]
            let low = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
            let high = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
            words[index] = words[index - 16] &+ low &+ words[index - 7] &+ high
        }
    }

    private static func compress(
        _ state: SIMD8<UInt32>, _ words: borrowing InlineArray<64, UInt32>
    ) -> SIMD8<UInt32> {
        // One copy: each access to a stored array would make one.
        let constants = SHA256.constants
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let choice = (e & f) ^ (~e & g)
            let mixedE = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let first = h &+ mixedE &+ choice &+ constants[index] &+ words[index]
            let majority = (a & b) ^ (a & c) ^ (b & c)
            let mixedA = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
            (h, g, f) = (g, f, e)
            e = d &+ first
            (d, c, b) = (c, b, a)
            a = first &+ mixedA &+ majority
        }
        return state &+ SIMD8(a, b, c, d, e, f, g, h)
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word >> count | word << (32 - count)
    }

    private static let initialState = SIMD8<UInt32>(
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
        0x5be0_cd19)

    private static let constants: InlineArray<64, UInt32> = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
        0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
        0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
        0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
        0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
        0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
        0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
        0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
        0xc671_78f2,
    ]
}
