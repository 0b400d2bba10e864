/// What the endpoints' lists say, turned round: from a name to its endpoints.
struct ServedNames {
    typealias Entry = ModelPlan.Entry
    typealias Candidate = ModelPlan.Candidate

    /// In the order in which the YAML first names them.
    private(set) var exact: [Entry] = []
    /// The longest first, then in YAML order.
    private(set) var patterns: [Entry] = []
    private(set) var rest: Entry?
    /// Where a name is in `exact`.
    private var exactIndexes: [String: Int] = [:]
    /// Ranks of the endpoints in the order of trial.
    private let ranks: [Int]

    init(_ endpoints: [Endpoint]) {
        let order = Self.orderOfTrial(endpoints)
        var ranks = [Int](repeating: 0, count: endpoints.count)
        for (rank, endpoint) in order.enumerated() { ranks[endpoint] = rank }
        self.ranks = ranks
        collect(endpoints)
        for index in exact.indices { sortCandidates(of: &exact[index]) }
        for index in patterns.indices { sortCandidates(of: &patterns[index]) }
        let unlisted = order.filter { endpoints[$0].models == .anything }
        if !unlisted.isEmpty {
            rest = Entry(name: "*", candidates: unlisted.map { Candidate(endpoint: $0) })
        }
    }

    /// The endpoints that serve one of the alias's targets, each with the first that it serves.
    func entry(of alias: Alias) -> Entry {
        var entry = Entry(name: alias.name, candidates: [])
        var known: Set<Int> = []
        for target in alias.targets {
            for candidate in candidates(of: target)
            where known.insert(candidate.endpoint).inserted {
                let name = candidate.upstreamName ?? target
                entry.candidates.append(Candidate(endpoint: candidate.endpoint, upstreamName: name))
            }
        }
        sortCandidates(of: &entry)
        return entry
    }

    /// Who serves `name`, by the first level that matches.
    func candidates(of name: String) -> [Candidate] {
        if let index = exactIndexes[name] { return exact[index].candidates }
        let pattern = patterns.first { name.utf8.starts(with: $0.name.utf8.dropLast()) }
        return (pattern ?? rest)?.candidates ?? []
    }

    /// Indexes of the endpoints, highest priority first, then as the YAML has them.
    private static func orderOfTrial(_ endpoints: [Endpoint]) -> [Int] {
        endpoints.indices.sorted { left, right in
            let (one, other) = (endpoints[left].priority, endpoints[right].priority)
            return one != other ? one > other : left < right
        }
    }

    private mutating func collect(_ endpoints: [Endpoint]) {
        var patternIndexes: [String: Int] = [:]
        for (index, endpoint) in endpoints.enumerated() {
            guard case .listed(let models) = endpoint.models else { continue }
            for model in models {
                let candidate = Candidate(endpoint: index, upstreamName: model.upstreamName)
                if model.isPattern {
                    Self.add(candidate, to: model.name, in: &patterns, at: &patternIndexes)
                } else {
                    Self.add(candidate, to: model.name, in: &exact, at: &exactIndexes)
                }
            }
        }
        // Sorting is not promised to be stable, so the place decides between equal lengths.
        patterns = patterns.enumerated().sorted { left, right in
            let (one, other) = (left.element.name.utf8.count, right.element.name.utf8.count)
            return one != other ? one > other : left.offset < right.offset
        }.map(\.element)
    }

    private static func add(
        _ candidate: Candidate,
        to name: String,
        in entries: inout [Entry],
        at indexes: inout [String: Int]
    ) {
        if let index = indexes[name] {
            entries[index].candidates.append(candidate)
        } else {
            indexes[name] = entries.count
            entries.append(Entry(name: name, candidates: [candidate]))
        }
    }

    private func sortCandidates(of entry: inout Entry) {
        entry.candidates.sort { ranks[$0.endpoint] < ranks[$1.endpoint] }
    }
}
