/// Every rate limit of a gateway, shared by its workers: one atomic word each, and no lock.
final class RateGates: Sendable {
    /// For all clients together.
    let globalPace: RatePace
    /// The limits of clients by address; nil: there are none.
    let clients: ClientRates?
    private let global = AtomicWords(count: 1, ownLines: true)
    private let endpoints: AtomicWords
    /// How many requests may be sent again; nil: as many as there are endpoints for.
    let retries: RetryBudget?

    init(_ limits: RateLimits?, endpointCount: Int, retryPercent: Int? = nil) {
        var random = Random()
        globalPace = RatePace(limits?.global)
        clients = limits?.perClient.map { ClientRates($0, seeds: (random.next(), random.next())) }
        endpoints = AtomicWords(count: endpointCount, ownLines: true)
        let now = Clock.monotonicNanoseconds() / 1_000_000
        retries = retryPercent.map { RetryBudget(percent: $0, nowMilliseconds: now) }
    }

    convenience init(for gateway: CompiledGateway) {
        let isLimited = gateway.endpoints.contains { $0.rateLimit != nil }
        self.init(
            gateway.rateLimits, endpointCount: isLimited ? gateway.endpoints.count : 0,
            retryPercent: gateway.retry.budgetPercent)
    }

    /// Whether something is asked before a request is let in.
    var limitsEntry: Bool { globalPace.isLimited || clients != nil }

    func takeGlobal(now: UInt64) -> RateVerdict {
        globalPace.isLimited ? global.take(0, globalPace, now: now) : .taken
    }

    /// What `takeGlobal` would say; takes nothing.
    func peekGlobal(now: UInt64) -> RateVerdict {
        globalPace.isLimited ? globalPace.verdict(at: global.load(0), now: now) : .taken
    }

    /// - Parameter pace: the endpoint's own; it has to be limited.
    func take(endpoint: Int, _ pace: RatePace, now: UInt64) -> RateVerdict {
        endpoints.take(endpoint, pace, now: now)
    }

    /// What `take` would say; takes nothing.
    func peek(endpoint: Int, _ pace: RatePace, now: UInt64) -> RateVerdict {
        pace.verdict(at: endpoints.load(endpoint), now: now)
    }
}
