/// `Models.swift` of a large gateway: blocks of text, which compile in no time.
extension EmittedPackage {
    /// What fills `ModelTables.swift.template`; tables that would be empty are left out.
    static func modelTables(_ plan: Plan) -> Template.Scope {
        let models = plan.models
        let tables = CandidateLists(models.entries)
        let hash = models.named.isEmpty ? [] : [hash(models.named.map(\.name))]
        let patterns = models.prefixes.isEmpty ? [] : [patterns(models)]
        let lookups = (hash.isEmpty ? [] : ["names"]) + (patterns.isEmpty ? [] : ["patterns"])
        return [
            "hash": .scopes(hash),
            "patterns": .scopes(patterns),
            "lookups": .scopes(lookups.map { ["table": "\($0)"] }),
            "otherwise": "\(otherwise(models))",
            "candidateLists": "\(SwiftText.block(tables.lines.joined(separator: "\n")))",
            "listOfEntry": "\(SwiftText.numberBlock(tables.lineOfEntry))",
            "upstreamNames": .column(tables.upstreamNames.map(SwiftText.literal), indent: 0),
            "defaultModel": defaultModel(plan),
            "list": "\(SwiftText.block(models.listing.text))",
            "objectRanges": "\(ranges(models.listing))",
        ]
    }

    /// The names with the perfect hash that finds them.
    private static func hash(_ names: [String]) -> Template.Scope {
        let plan = PerfectHashPlan(names)
        return [
            "names": "\(SwiftText.block(names.joined(separator: "\n")))",
            "seed": "\(plan.seed)",
            "displacements": "\(SwiftText.numberBlock(plan.displacements.lazy.map(Int.init)))",
            "entries": "\(SwiftText.numberBlock(plan.entries))",
        ]
    }

    /// The patterns without their stars; their entries follow those of the names.
    private static func patterns(_ models: ModelPlan) -> Template.Scope {
        [
            "firstIndex": .number(models.named.count),
            "prefixes": "\(SwiftText.block(models.prefixes.map(\.prefix).joined(separator: "\n")))",
        ]
    }

    private static func ranges(_ listing: ModelListing) -> String {
        SwiftText.numberBlock(listing.ranges.flatMap { [$0.lowerBound, $0.upperBound] })
    }
}

/// The candidate lists of many entries, each list once.
struct CandidateLists {
    /// `0 2:1`: endpoint 0, then endpoint 2, which has name 1 of `upstreamNames` for the model.
    private(set) var lines: [String] = []
    private(set) var lineOfEntry: [Int] = []
    private(set) var upstreamNames: [String] = []

    init(_ entries: [ModelPlan.Entry]) {
        var lists: [[ModelPlan.Candidate]: Int] = [:]
        var names: [String: Int] = [:]
        for entry in entries {
            if let line = lists[entry.candidates] {
                lineOfEntry.append(line)
                continue
            }
            lists[entry.candidates] = lines.count
            lineOfEntry.append(lines.count)
            let words = entry.candidates.map { candidate in
                guard let name = candidate.upstreamName else { return "\(candidate.endpoint)" }
                let index = names[name] ?? upstreamNames.count
                if names.updateValue(index, forKey: name) == nil { upstreamNames.append(name) }
                return "\(candidate.endpoint):\(index)"
            }
            lines.append(words.joined(separator: " "))
        }
    }
}
