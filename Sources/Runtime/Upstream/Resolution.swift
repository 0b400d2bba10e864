/// When the name of an endpoint is asked for again.
struct Resolution {
    /// How long an answer holds, whatever its time to live says.
    static var heldSeconds: ClosedRange<Int> { 5...3600 }
    /// How long a name that failed is left alone: twice as long each time.
    static var retryMilliseconds: ClosedRange<UInt64> { 500...16_000 }
    /// How soon after an answer failing connections may have the name asked for again.
    static var impatienceMilliseconds: UInt64 { 1000 }

    private(set) var isAsking = false
    /// Monotonic milliseconds from which on the next request has the name asked for again, without
    /// waiting for it; `.max`: there is no name, or it is seen to otherwise.
    private(set) var refreshAt = UInt64.max
    /// When it is asked for again by itself, because it failed; `.max`: it did not.
    private(set) var retryAt = UInt64.max
    private var answeredAt: UInt64 = 0
    /// Failures since the last addresses.
    private(set) var failureCount = 0

    mutating func begin() {
        isAsking = true
        refreshAt = .max
        retryAt = .max
    }

    /// Addresses have come that hold for `seconds`; they are renewed when three quarters of that
    /// have passed, or a little later, so that workers do not all ask at once.
    mutating func succeeded(seconds: Int, nowMilliseconds now: UInt64, random: UInt64) {
        isAsking = false
        answeredAt = now
        failureCount = 0
        let range = Resolution.heldSeconds
        let held = UInt64(min(max(seconds, range.lowerBound), range.upperBound)) * 1000
        refreshAt = now + held / 4 * 3 + random % (held / 8)
    }

    /// No address has come: it is asked for again after a while, give or take a quarter.
    mutating func failed(nowMilliseconds now: UInt64, random: UInt64) {
        isAsking = false
        answeredAt = now
        let range = Resolution.retryMilliseconds
        let delay = min(range.lowerBound << UInt64(min(failureCount, 8)), range.upperBound)
        failureCount += 1
        retryAt = now + delay / 4 * 3 + random % (delay / 2)
    }

    /// Whether connections that fail are reason enough to ask now.
    func mayAskAgain(nowMilliseconds now: UInt64) -> Bool {
        !isAsking && failureCount == 0 && now >= answeredAt + Resolution.impatienceMilliseconds
    }
}
