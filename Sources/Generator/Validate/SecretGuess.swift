/// Whether a text that is spelled out looks like a key.
enum SecretGuess {
    /// - Parameter isCredential: whether it stands where credentials do.
    static func isSecret(_ text: String, isCredential: Bool) -> Bool {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" })
        let isBearer = words.first?.lowercased() == "bearer" || words.first?.lowercased() == "basic"
        return words.enumerated().contains { index, word in
            let prefixes = [
                "sk-", "sk_", "hf_", "gsk_", "ghp_", "xai-", "AIza", "nvapi-", Client.keyPrefix,
            ]
            if prefixes.contains(where: word.hasPrefix), word.utf8.count >= 12 { return true }
            if isBearer, index > 0, word.utf8.count >= 16 { return true }
            return word.utf8.count >= 32 && looksRandom(word, isCredential: isCredential)
        }
    }

    /// Letters and digits of a key, with at least 3.5 bits of entropy a character.
    private static func looksRandom(_ word: Substring, isCredential: Bool) -> Bool {
        let isKeyText = word.utf8.allSatisfy {
            $0.isDigit || $0.isLetter || "-_+/=.".utf8.contains($0)
        }
        guard isKeyText else { return false }
        if isCredential { return true }
        guard word.utf8.contains(where: \.isDigit), word.utf8.contains(where: \.isLetter) else {
            return false
        }
        var counts: [UInt8: Int] = [:]
        for byte in word.utf8 { counts[byte, default: 0] += 1 }
        let repeated = counts.values.reduce(0) { $0 + $1 * $1 }
        // The chance that two characters are equal bounds the entropy from below: 2^-3.5 is 1/11.3.
        return word.utf8.count * word.utf8.count * 10 > repeated * 113
    }
}
