/// What the endpoints that are asked have told so far; the keeper's own.
struct DiscoveredLists {
    let gateway: CompiledGateway
    /// By the endpoint's index; one that fails keeps its last list.
    var lists: [Int: ModelList] = [:]
    /// Endpoints whose last question came to nothing.
    var failing: Set<Int> = []
    /// Endpoints that have neither answered nor failed yet.
    var unheard: Set<Int>

    var isFirstRound: Bool { !unheard.isEmpty }

    init(_ gateway: CompiledGateway) {
        self.gateway = gateway
        let asked = gateway.endpoints.indices.filter { gateway.endpoints[$0].discovery != nil }
        unheard = Set(asked)
    }

    /// Takes an endpoint's answer and tells what it changes, one line each.
    ///
    /// - Returns: whether clients are to see another directory.
    mutating func take(_ outcome: ProbeOutcome, from endpoint: Int) -> Bool {
        let wasFirstRound = isFirstRound
        unheard.remove(endpoint)
        let isRoundOver = wasFirstRound && !isFirstRound
        switch outcome {
        case .failed(let failure):
            fail(endpoint, failure)
            return isRoundOver
        case .answered(let body):
            guard let list = ModelList(body.span) else {
                fail(endpoint, .notExpected("not_a_model_list"))
                return isRoundOver
            }
            if failing.remove(endpoint) != nil {
                tell("discovery_recovered", endpoint, ["models": .number(list.models.count)])
            }
            return replace(endpoint, by: list) || isRoundOver
        }
    }

    private mutating func fail(_ endpoint: Int, _ failure: ProbeFailure) {
        guard failing.insert(endpoint).inserted else { return }
        let kept = lists[endpoint]?.models.count ?? 0
        tell(
            "discovery_failed", endpoint,
            ["reason": .text(failure.text), "models_kept": .number(kept)])
    }

    private mutating func replace(_ endpoint: Int, by list: ModelList) -> Bool {
        let before = lists.updateValue(list, forKey: endpoint)
        if before == list { return false }
        let old = Set(before?.models.map(\.name) ?? [])
        let new = Set(list.models.map(\.name))
        tell(
            "models_changed", endpoint,
            [
                "models": .number(new.count), "added": .number(new.subtracting(old).count),
                "removed": .number(old.subtracting(new).count),
                "skipped": .number(list.skippedCount),
            ])
        return true
    }

    private func tell(
        _ event: StaticString, _ endpoint: Int, _ fields: [String: EventLog.Value]
    ) {
        let name = "\(gateway.endpoints[endpoint].name)"
        EventLog.write(event, fields.merging(["endpoint": .text(name)]) { first, _ in first })
    }
}
