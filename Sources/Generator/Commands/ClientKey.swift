/// What a client shows to be let in.
struct ClientKey {
    let text: String

    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    /// A new one: 256 bits of the system's randomness in 43 characters.
    init() {
        var random = SystemRandomNumberGenerator()
        let words = (0..<4).map { _ in random.next() as UInt64 }
        let characters = (0..<43).map { place in
            let value = (0..<6).reduce(0) { value, bit in
                let index = place * 6 + bit
                return value << 1 | (index < 256 ? Int(words[index / 64] >> (index % 64) & 1) : 0)
            }
            return Self.digits[value]
        }
        text = Client.keyPrefix + String(characters)
    }

    /// Nil where it cannot stand in a header as it is.
    init?(_ text: String) {
        let isVisible = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard (1...512).contains(text.utf8.count), isVisible else { return nil }
        self.text = text
    }
}

extension ClientKey {
    /// 64 lower-case hexadecimal digits.
    var digest: String { Digest.sha256(Array(text.utf8)) }
}
