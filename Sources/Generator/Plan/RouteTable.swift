/// A plan as people look at it: what leads where.
struct RouteTable {
    private let plan: Plan

    init(_ plan: Plan) {
        self.plan = plan
    }

    var text: String {
        let routes = rows(plan.routes.flatMap(routeRows))
        let models = rows(plan.models.entries.map(modelRow) + discoveredRow)
        let aliases = rows(plan.gateway.aliases.map { [$0.name, list($0.targets)] })
        let prefixes = plan.prefixes.joined(separator: " and ")
        return "Routes, below \(prefixes)\n\(routes)"
            + "\nModels, with endpoints in the order of trial\(choice)\n\(models)"
            + (aliases.isEmpty ? "" : "\nAliases\n\(aliases)")
    }

    var json: JSON {
        let endpoints = plan.gateway.endpoints
        let balance = plan.balances ? Manifest.balance(plan.gateway.balance) : .null
        return .object([
            ("prefixes", .strings(plan.prefixes)),
            ("balance", balance),
            ("endpoints", .array(endpoints.map(Self.endpoint))),
            ("routes", .array(plan.routes.map { Manifest.route($0, at: endpoints) })),
            ("models", .array(plan.models.entries.map { Manifest.model($0, at: endpoints) })),
            ("aliases", .object(plan.gateway.aliases.map { ($0.name, .strings($0.targets)) })),
        ])
    }

    /// How endpoints that `or` joins are chosen among; empty where there are none.
    private var choice: String {
        guard plan.balances else { return "" }
        let balance = plan.gateway.balance
        let header = balance.header.map { " (\($0))" } ?? ""
        return ", equals by \(balance.rule.rawValue)\(header)"
    }

    /// A row an endpoint; the route itself only in the first.
    private func routeRows(_ route: RoutePlan) -> [[String]] {
        guard route.isForwarded else { return [[route.method, route.path, "this gateway"]] }
        return plan.gateway.endpoints.enumerated().map { index, endpoint in
            let head = index == 0 ? [route.method, route.path] : ["", ""]
            let url = endpoint.url.upstream(route.path)
            return head + [endpoint.name, url] + (endpoint.way.map { [$0] } ?? [])
        }
    }

    private static func endpoint(_ endpoint: Endpoint) -> JSON {
        .object(
            [
                ("name", .string(endpoint.name)), ("url", .string(endpoint.url.base)),
                ("priority", .integer(endpoint.priority)), ("weight", .integer(endpoint.weight)),
            ]
                + Manifest.reach(endpoint, isCarrying: false))
    }

    /// Who says at run time which models it has.
    private var discoveredRow: [[String]] {
        let names = plan.endpoints.filter { $0.discovery != nil }.map(\.endpoint.name)
        return names.isEmpty ? [] : [["discovered", list(names)]]
    }

    private func modelRow(_ entry: ModelPlan.Entry) -> [String] {
        var endpoints = ""
        var priority: Int?
        for candidate in entry.candidates {
            let endpoint = plan.gateway.endpoints[candidate.endpoint]
            let isEqual = priority == endpoint.priority
            if priority != nil { endpoints += isEqual ? " or " : ", " }
            endpoints += Self.words(candidate, of: endpoint)
            priority = endpoint.priority
        }
        let isRest = plan.models.rest == entry
        return [isRest ? "any other" : entry.name, endpoints]
    }

    /// `local (as llama3:8b, weight 2)`.
    private static func words(
        _ candidate: ModelPlan.Candidate, of endpoint: Endpoint
    ) -> String {
        var words = candidate.upstreamName.map { ["as \($0)"] } ?? []
        if endpoint.weight != 1 { words.append("weight \(endpoint.weight)") }
        if words.isEmpty { return endpoint.name }
        return "\(endpoint.name) (\(words.joined(separator: ", ")))"
    }

    private func list(_ words: [String]) -> String { words.joined(separator: ", ") }

    /// Columns side by side, each as wide as its widest word.
    private func rows(_ rows: [[String]]) -> String {
        var widths: [Int] = []
        for row in rows {
            for (column, word) in row.enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], word.count)
            }
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, word in
                let padding = column == row.count - 1 ? 0 : widths[column] - word.count
                return word + String(repeating: " ", count: padding)
            }
            return "  " + cells.joined(separator: "  ") + "\n"
        }.joined()
    }
}

extension Endpoint {
    /// `through http://proxy.internal:3128, HTTP/2, NOT VERIFIED`; nil where it is plainly reached.
    fileprivate var way: String? {
        var words: [String] = []
        if let proxy = egress?.proxy.shown { words.append("through \(proxy)") }
        if egress?.version == .http2 { words.append("HTTP/2") }
        if tls?.verifies == false { words.append("NOT VERIFIED") }
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}
