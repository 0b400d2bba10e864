/// `balance:`.
struct Balance: Equatable {
    var rule = BalanceRule.leastRequests
    /// With `sticky`: the header that says which requests belong together.
    var header: String?
}

/// How an endpoint is chosen among those of equal priority.
enum BalanceRule: String, CaseIterable {
    case leastRequests = "least_requests"
    case roundRobin = "round_robin"
    case weighted
    case latency
    case sticky

    /// Whether weights make a difference to it.
    var heedsWeights: Bool { self != .roundRobin }
}
