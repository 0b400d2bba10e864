/// A rate limit as arithmetic: the generic cell rate algorithm (GCRA) over one word.
///
/// The word is the theoretical arrival time: when the limit is at rest again, in nanoseconds of the
/// monotonic clock; each request moves it on by `interval`. Let the requests that pass within a
/// window come at t₁ … tₖ. Then tₖ ≥ t₁ + (k − burst) × interval, so that k requests need a window
/// longer than (k − burst) × interval. As `interval` is 60 s / (requestsPerMinute − burst + 1),
/// rounded up, requestsPerMinute + 1 of them do not fit into 60 s.
struct RatePace: Equatable {
    /// Nanoseconds that a request takes up; 0: there is no limit.
    let interval: UInt64
    /// How many nanoseconds the word may be ahead of the clock when a request comes.
    let tolerance: UInt64
    let requestsPerMinute: Int

    init(_ limit: RateLimit?) {
        guard let limit else {
            interval = 0
            tolerance = 0
            requestsPerMinute = 0
            return
        }
        precondition(limit.burst > 0 && limit.burst <= limit.requestsPerMinute)
        let steady = UInt64(limit.requestsPerMinute - limit.burst + 1)
        interval = (RatePace.minute + steady - 1) / steady
        tolerance = interval * UInt64(limit.burst - 1)
        requestsPerMinute = limit.requestsPerMinute
    }

    var isLimited: Bool { interval != 0 }

    private static var minute: UInt64 { 60_000_000_000 }

    /// What a request at `now` meets where the word is `arrival`; nothing is taken.
    func verdict(at arrival: UInt64, now: UInt64) -> RateVerdict {
        if arrival <= now + tolerance { return .taken }
        return .full(roomAt: arrival - tolerance, restAt: arrival)
    }
}

/// What a limit says to a request.
enum RateVerdict: Equatable {
    /// It may pass, and is counted.
    case taken
    /// It may not: the next one may from `roomAt` on, a whole burst from `restAt` on; both in
    /// nanoseconds of the monotonic clock.
    case full(roomAt: UInt64, restAt: UInt64)
}

extension AtomicWords {
    /// Takes a request's room in the word at `index`; a refused request changes nothing.
    ///
    /// - Parameter now: the clock as the caller has just read it: a reading from before would let
    ///   the window begin too early.
    func take(_ index: Int, _ pace: RatePace, now: UInt64) -> RateVerdict {
        while true {
            let arrival = load(index)
            let verdict = pace.verdict(at: arrival, now: now)
            if verdict != .taken { return verdict }
            if replace(arrival, with: max(arrival, now) + pace.interval, at: index) {
                return .taken
            }
        }
    }
}
