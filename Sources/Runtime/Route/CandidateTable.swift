/// The candidate lists of a large gateway, written out for `ModelDirectory`.
///
/// Many models share a list, so that emitted code has each list once.
public struct CandidateTable: Sendable {
    /// What `ModelDirectory.candidates` holds.
    public let words: [UInt32]
    /// What `ModelDirectory.candidateStarts` holds.
    public let starts: [UInt32]

    /// - Parameters:
    ///   - lists: a list a line: `0 2:1` is endpoint 0, then endpoint 2 with upstream name 1.
    ///   - listOfEntry: decimals, one an entry: the number of its line, from 0.
    public init(lists: StaticString, listOfEntry: StaticString) {
        let shared = Self.lists(in: lists)
        var words: [UInt32] = []
        var starts: [UInt32] = [0]
        for list in decimals(listOfEntry) {
            words += shared[Int(list)]
            starts.append(UInt32(words.count))
        }
        self.words = words
        self.starts = starts
    }

    private static func lists(in text: StaticString) -> [[UInt32]] {
        bytes(of: text)
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { line in line.split(separator: UInt8(ascii: " ")).map(word) }
    }

    /// `3` or `3:12` as `ModelDirectory.candidates` has it.
    private static func word(of candidate: ArraySlice<UInt8>) -> UInt32 {
        let numbers = candidate.split(separator: UInt8(ascii: ":"))
        let upstreamName = numbers.count > 1 ? decimal(numbers[1]) + 1 : 0
        return decimal(numbers[0]) | upstreamName << 16
    }
}

/// The decimals in `text`, parted by spaces and line feeds; each 0…4,294,967,295.
///
/// Emitted integer tables are text, because the compiler takes seconds for thousands of literals.
public func decimals(_ text: StaticString) -> [UInt32] {
    bytes(of: text)
        .split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
        .map(decimal)
}

private func decimal(_ digits: ArraySlice<UInt8>) -> UInt32 {
    digits.reduce(0) { $0 * 10 + UInt32($1 - UInt8(ascii: "0")) }
}

private func bytes(of text: StaticString) -> [UInt8] {
    text.withUTF8Buffer { unsafe Array($0) }
}
