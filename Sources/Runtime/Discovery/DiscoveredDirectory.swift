/// What clients may name just now: the compiled directory and what endpoints have told, together.
///
/// It never changes; workers take over the next one, and the last to do so frees it. Entries are
/// the compiled ones under their own indexes and, behind them, those that only discovery knows.
final class DiscoveredDirectory: Sendable {
    /// Where each entry's candidates begin; one more closes the last.
    let starts: [Int]
    let candidates: [ModelTable.Candidate]
    /// How many of the compiled entries are names and not patterns.
    let namedCount: Int
    /// The compiled look-up.
    let compiledIndex: @Sendable (_ name: borrowing Span<UInt8>) -> Int?
    /// The names that only discovery knows; the first is entry `compiledCount`.
    let discovered: NameTable
    let compiledCount: Int
    /// The answer to `GET …/v1/models`.
    let list: [UInt8]
    /// Where each entry's object stands in `list`; empty where it is not listed.
    let objects: [Range<Int>]
    /// Whether every endpoint that is asked has answered or failed once.
    let isFirstRoundOver: Bool

    init(
        starts: [Int], candidates: [ModelTable.Candidate], namedCount: Int,
        compiledIndex: @escaping @Sendable (_ name: borrowing Span<UInt8>) -> Int?,
        discovered: NameTable, compiledCount: Int, list: [UInt8], objects: [Range<Int>],
        isFirstRoundOver: Bool
    ) {
        self.starts = starts
        self.candidates = candidates
        self.namedCount = namedCount
        self.compiledIndex = compiledIndex
        self.discovered = discovered
        self.compiledCount = compiledCount
        self.list = list
        self.objects = objects
        self.isFirstRoundOver = isFirstRoundOver
    }
}
