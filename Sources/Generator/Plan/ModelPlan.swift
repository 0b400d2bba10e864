/// Which endpoints serve which model, decided once.
///
/// Entries come in levels, and the first level that matches a name gives its candidates: exact
/// names and aliases, then patterns, the longest first, then endpoints without a list.
struct ModelPlan: Equatable {
    /// The names in YAML order, then the aliases; these are what clients are shown. An alias of
    /// models that only discovery can know is not among them.
    var named: [Entry]
    /// The longest first.
    var patterns: [Entry]
    /// What no name and no pattern matches; nil: no endpoint takes it.
    var rest: Entry?
    var listing: ModelListing

    struct Entry: Equatable {
        /// As clients say it; a pattern with its star.
        var name: String
        /// Highest priority first, then as the YAML has the endpoints; 1 at least.
        var candidates: [Candidate]
    }

    struct Candidate: Equatable, Hashable {
        /// Index of the endpoint.
        var endpoint: Int
        /// What the endpoint calls the model; nil: what the client calls it.
        var upstreamName: String?
    }

    /// In the order of their indexes in the binary.
    var entries: [Entry] { named + patterns + (rest.map { [$0] } ?? []) }

    /// How many different names endpoints have of their own; the tables have 16 bits for one.
    var upstreamNameCount: Int {
        Set(entries.flatMap { $0.candidates.compactMap(\.upstreamName) }).count
    }

    init(_ gateway: Gateway) {
        let served = ServedNames(gateway.endpoints)
        named = served.exact
        patterns = served.patterns
        rest = served.rest
        for alias in gateway.aliases {
            let entry = served.entry(of: alias)
            if !entry.candidates.isEmpty { named.append(entry) }
        }
        listing = ModelListing(gateway, named: named)
    }
}
