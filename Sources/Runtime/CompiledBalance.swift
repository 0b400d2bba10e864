/// How an endpoint is chosen among those of equal priority that serve a model.
///
/// Its ways are in a folder of their own, each with the rule that it makes: packages of gateways
/// that have nothing to choose between are emitted without them.
public struct Balance: Sendable {
    let rule: BalanceRule
}

/// What a worker calls where several endpoints of equal priority serve a model.
struct BalanceRule: Sendable {
    /// Whether requests under way are counted at each endpoint.
    let countsRequests: Bool
    /// Whether it is measured how soon endpoints begin to answer.
    let measuresLatency: Bool
    /// Says what a request is recognised by; 0: nothing. Nil where that does not count.
    let key: (@Sendable (inout Worker, _ client: Int) -> UInt64)?
    /// Chooses one of an exchange's present group that it has not come to yet; `version` changes
    /// whenever the table does.
    let choose:
        @Sendable (
            inout Balancer, inout Choice, borrowing ModelTable, _ version: Int, _ now: UInt64
        ) -> Void
}
