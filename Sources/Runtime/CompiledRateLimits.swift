/// How many requests may pass.
///
/// In no 60 s, wherever they begin, are more than `requestsPerMinute` let through, and of these at
/// most `burst` at once. What may go on for ever is one request in
/// `60 s / (requestsPerMinute − burst + 1)`: a smaller burst leaves a higher steady rate.
public struct RateLimit: Sendable, Equatable {
    /// 1…10,000,000.
    public let requestsPerMinute: Int
    /// 1…`requestsPerMinute`.
    public let burst: Int

    public init(requestsPerMinute: Int, burst: Int) {
        self.requestsPerMinute = requestsPerMinute
        self.burst = burst
    }
}

/// What is let in at all, whichever endpoint would answer it; each nil where there is no limit.
public struct RateLimits: Sendable {
    /// For all clients together.
    public let global: RateLimit?
    /// For each client: an IPv4 address, or the first 64 bits of an IPv6 address.
    public let perClient: RateLimit?

    public init(global: RateLimit? = nil, perClient: RateLimit? = nil) {
        self.global = global
        self.perClient = perClient
    }
}
