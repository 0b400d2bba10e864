/// How many requests may pass: in any 60 s at most `requestsPerMinute`, of these at once at most
/// `burst`.
struct RateLimit: Equatable {
    /// 1…`largest`.
    var requestsPerMinute: Int
    /// 1…`requestsPerMinute`.
    var burst: Int

    static let largest = 10_000_000

    /// What an endpoint has of which nothing is said.
    static let ofEndpoints = RateLimit(requestsPerMinute: 200, burst: 50)

    /// The burst of a limit that names none.
    static func usualBurst(of requestsPerMinute: Int) -> Int { max(requestsPerMinute / 4, 1) }

    /// Requests a minute that can go on after a burst.
    var steadyPerMinute: Int { requestsPerMinute - burst + 1 }
}

/// `server.rate_limits`, but for what endpoints inherit; nil: no limit.
struct RateLimits: Equatable {
    var global: RateLimit?
    var perClient: RateLimit?

    var isOff: Bool { global == nil && perClient == nil }
}
