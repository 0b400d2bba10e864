/// Which endpoints have others of their priority for a model: where there is something to balance.
struct Equals {
    private let endpoints: Set<Int>

    var exist: Bool { !endpoints.isEmpty }

    func haveOne(_ endpoint: Int) -> Bool { endpoints.contains(endpoint) }

    /// What endpoints that discover their models serve is not known, so that they may be equal to
    /// every other of their priority.
    init(_ gateway: Gateway, _ models: ModelPlan) {
        var found: Set<Int> = []
        for entry in models.entries {
            let members = entry.candidates.map(\.endpoint)
            for (one, next) in zip(members, members.dropFirst())
            where gateway.endpoints[one].priority == gateway.endpoints[next].priority {
                found.formUnion([one, next])
            }
        }
        let groups = Dictionary(grouping: gateway.endpoints.indices) { index in
            gateway.endpoints[index].priority
        }
        for group in groups.values where group.count > 1 {
            let discovers = group.contains { gateway.endpoints[$0].models == .discovered }
            if discovers { found.formUnion(group) }
        }
        endpoints = found
    }
}

extension Plan {
    /// Folders of the runtime's own target that it compiles without, below `Sources/Runtime`.
    var unusedFolders: [String] {
        var folders = gateway.unusedFolders
        if !balances {
            folders.append("Balance")
        } else if gateway.balance.rule != .sticky {
            folders.append("Balance/Sticky")
        }
        return folders
    }
}
