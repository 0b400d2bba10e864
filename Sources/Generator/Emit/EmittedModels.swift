/// `Models.swift` of a small gateway, as entries that read like the YAML.
extension EmittedPackage {
    /// What fills `Models.swift.template`.
    static func models(_ plan: Plan) -> Template.Scope {
        let models = plan.models
        let entries = models.entries.map { entry($0, plan.endpoints) }
        let isRenaming = models.entries.contains { entry in
            entry.candidates.contains { $0.upstreamName != nil }
        }
        return [
            "entries": "\(Expression.column(entries, indent: 4))",
            "exact": .scopes(
                models.named.enumerated().map { ["name": .literal($1.name), "index": .number($0)] }
            ),
            "patterns": .scopes(
                models.prefixes.map { ["prefix": .literal($1), "index": .number($0)] }
            ),
            "otherwise": "\(otherwise(models))",
            "candidates": .scopes(
                plan.endpoints.enumerated()
                    .map { ["identifier": "\($1.identifier)", "index": .number($0)] }
            ),
            "renaming": .presence(isRenaming),
            "defaultModel": defaultModel(plan),
            "list": "\(SwiftText.block(models.listing.text))",
            "objectRanges": "\(ranges(models.listing))",
        ]
    }

    /// The index of the entry for names that nothing else matches, or `nil`.
    static func otherwise(_ models: ModelPlan) -> String {
        if let index = models.patterns.firstIndex(where: { $0.name == "*" }) {
            return String(models.named.count + index)
        }
        return models.rest == nil ? "nil" : String(models.entries.count - 1)
    }

    /// A section of one scope, or of none where requests have to name their model.
    static func defaultModel(_ plan: Plan) -> Template.Value {
        .scopes(plan.gateway.defaultModel.map { [["name": .literal($0)]] } ?? [])
    }

    /// A model with its candidates by name, in the order of trial.
    private static func entry(
        _ entry: ModelPlan.Entry,
        _ endpoints: [EndpointPlan]
    ) -> Expression {
        let candidates = entry.candidates.map { candidate in
            let name = "." + endpoints[candidate.endpoint].identifier
            return Expression.text(
                candidate.upstreamName.map { "\(name).knownAs(\(SwiftText.literal($0)))" } ?? name
            )
        }
        let name = Expression.text(SwiftText.literal(entry.name))
        return .call("ModelEntry", [name, .array(label: "at: ", candidates)])
    }

    /// `start, end` of each object, a model a line.
    private static func ranges(_ listing: ModelListing) -> String {
        let lines = listing.ranges.map { "    \($0.lowerBound), \($0.upperBound),\n" }
        return lines.isEmpty ? "[]" : "[\n" + lines.joined() + "]"
    }
}

extension ModelPlan {
    /// Whether entries are few enough to be read, and to be compiled, one by one.
    var isSmall: Bool {
        entries.count <= 64 && entries.reduce(0) { $0 + $1.candidates.count } <= 256
    }

    /// What the patterns' names begin with, each with its entry's index; not the one of `*`.
    var prefixes: [(index: Int, prefix: String)] {
        patterns.enumerated()
            .filter { $1.name != "*" }
            .map { (named.count + $0, String($1.name.dropLast())) }
    }
}
