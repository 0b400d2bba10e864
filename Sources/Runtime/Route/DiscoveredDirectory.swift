/// What clients may name just now: the compiled directory and what endpoints have told, together.
///
/// It never changes; workers take over the next one, and the last to do so frees it. Entries are
/// the compiled ones under their own indexes and, behind them, those that only discovery knows.
final class DiscoveredDirectory: Sendable {
    /// Where each entry's candidates begin; one more closes the last.
    let starts: [Int]
    let candidates: [ModelTable.Candidate]
    /// The answer to `GET …/v1/models`.
    let list: [UInt8]
    /// Where each entry's object stands in `list`; empty where it is not listed.
    let objects: [Range<Int>]
    /// Whether every endpoint that is asked has answered or failed once.
    let isFirstRoundOver: Bool
    private let names: NameIndex

    /// The entry of a name, or nil.
    typealias NameIndex = @Sendable (_ name: borrowing Span<UInt8>) -> Int?

    init(
        starts: [Int], candidates: [ModelTable.Candidate], list: [UInt8], objects: [Range<Int>],
        isFirstRoundOver: Bool, names: @escaping NameIndex
    ) {
        self.starts = starts
        self.candidates = candidates
        self.list = list
        self.objects = objects
        self.isFirstRoundOver = isFirstRoundOver
        self.names = names
    }

    /// The entry that `name` matches: exact names, compiled or discovered, before patterns (the
    /// longest first) before endpoints without a list.
    ///
    /// - Complexity: that of the compiled look-up and one hash; no allocation.
    func index(of name: borrowing Span<UInt8>) -> Int? { names(name) }
}
