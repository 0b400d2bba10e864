/// Words that depend on nothing but a seed: the same request, the same answer.
struct Words {
    private var state: UInt64

    /// - Parameter seed: any; equal seeds give equal words.
    init(seed: UInt64) {
        state = seed
    }

    /// FNV-1a over eight bytes at a time, quick enough for an upload of many megabytes.
    static func digest(_ bytes: some Collection<UInt8>) -> UInt64 {
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        var word: UInt64 = 0
        var count = 0
        for byte in bytes {
            word = word << 8 | UInt64(byte)
            count += 1
            if count % 8 == 0 { digest = (digest ^ word) &* 0x100_0000_01b3 }
        }
        digest = (digest ^ word ^ UInt64(count)) &* 0x100_0000_01b3
        return digest ^ digest >> 29
    }

    /// The next number of SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func text(wordCount: Int) -> String {
        (0..<wordCount).map { _ in
            Self.vocabulary[Int(next() % UInt64(Self.vocabulary.count))]
        }.joined(separator: " ")
    }

    /// `prefix` and twelve letters and digits: `chatcmpl-8q9…`.
    mutating func identifier(_ prefix: String) -> String {
        let digits = Array("0123456789abcdefghijklmnopqrstuv")
        return prefix + String((0..<12).map { _ in digits[Int(next() % 32)] })
    }

    private static let vocabulary = [
        "metal", "is", "poured", "into", "a", "mould", "of", "sand", "and", "left", "to", "cool",
        "until", "the", "casting", "holds", "its", "shape", "then", "gate", "riser", "are", "cut",
        "away", "what", "remains", "bright", "heavy", "ready", "for", "work", "café", "→", "naïve",
    ]
}

extension String {
    /// Words with the space that stands before each, so that joining them gives the text back.
    var pieces: [String] {
        var pieces: [String] = []
        var current = ""
        for character in self {
            if character == " ", !current.isEmpty {
                pieces.append(current)
                current = ""
            }
            current.append(character)
        }
        return current.isEmpty ? pieces : pieces + [current]
    }

    /// How many tokens it counts for: its words.
    var tokenCount: Int {
        var count = 0
        var isInWord = false
        for byte in utf8 {
            if byte != 0x20, !isInWord { count += 1 }
            isInWord = byte != 0x20
        }
        return count
    }
}
