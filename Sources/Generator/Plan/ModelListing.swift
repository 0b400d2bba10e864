/// The answer to `GET …/v1/models`, prepared to the byte.
struct ModelListing: Equatable {
    /// One JSON object, a model a line.
    var text: String
    /// Where each model's object begins and ends in the UTF-8 of `text`.
    var ranges: [Range<Int>]

    /// - Parameter named: names and aliases, in the order in which they are listed.
    init(_ gateway: Gateway, named: [ModelPlan.Entry]) {
        let declared = Self.declared(in: gateway.endpoints)
        let roots = gateway.aliases.reduce(into: [:]) { $0[$1.name] = $1.targets.first }
        text = #"{"object":"list","data":["#
        ranges = []
        var count = text.utf8.count
        for (index, entry) in named.enumerated() {
            let separator = index == 0 ? "\n" : ",\n"
            let root = roots[entry.name] ?? entry.name
            let type = gateway.endpoints[entry.candidates.first?.endpoint ?? 0].type
            let object = Self.object(entry.name, root: root, as: declared[root], at: type)
            text += separator + object
            let start = count + separator.utf8.count
            count = start + object.utf8.count
            ranges.append(start..<count)
        }
        text += "\n]}"
    }

    /// Each exact name as the YAML first has it.
    private static func declared(in endpoints: [Endpoint]) -> [String: ServedModel] {
        var declared: [String: ServedModel] = [:]
        for endpoint in endpoints {
            guard case .listed(let models) = endpoint.models else { continue }
            for model in models where declared[model.name] == nil { declared[model.name] = model }
        }
        return declared
    }

    /// The page's seven fields; its endpoint's type owns a target that only a pattern matches.
    private static func object(
        _ id: String,
        root: String,
        as model: ServedModel?,
        at type: EndpointType
    ) -> String {
        JSON.object([
            ("id", .string(id)),
            ("object", .string("model")),
            ("created", .integer(model?.created ?? 0)),
            ("owned_by", .string(model?.ownedBy ?? type.rawValue)),
            ("permission", .array([])),
            ("root", .string(root)),
            ("parent", .null),
        ]).compact
    }
}
