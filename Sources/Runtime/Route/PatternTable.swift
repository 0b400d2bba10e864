/// The patterns of a large gateway: what a name has to begin with, the longest first.
public struct PatternTable: Sendable {
    private let prefixes: TextLines
    private let firstIndex: Int

    /// - Parameters:
    ///   - prefixes: a pattern without its star a line, the longest first.
    ///   - firstIndex: the index of the first pattern's entry; the others follow.
    public init(prefixes: StaticString, firstIndex: Int) {
        self.prefixes = TextLines(prefixes)
        self.firstIndex = firstIndex
    }

    /// The index of the longest pattern that matches `name`, or nil.
    ///
    /// - Complexity: one comparison a pattern, most of which end at the first byte.
    public func index(of name: borrowing Span<UInt8>) -> Int? {
        for line in 0..<prefixes.count where prefixes.isStart(line, of: name) {
            return firstIndex + line
        }
        return nil
    }
}
