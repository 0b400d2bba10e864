import Synchronization

/// How many requests may be sent once more: a share of all that came, and a few besides; shared by
/// all workers, by atomic words.
///
/// Each request earns `percent` hundredths of a retry, which are forgotten within `window`: so an
/// hour without failures pays for no storm. Besides, `RetryBudget.floor` lets a quiet gateway retry
/// at all. However long it runs, retries are at most `percent` hundredths of the requests, ten, and
/// one a second.
final class RetryBudget: Sendable {
    /// 1…100.
    private let percent: UInt64
    /// The credit in hundredths of a retry; above it, when it was reckoned, in milliseconds; 32
    /// bits each.
    private let credit: AtomicWords
    /// Requests that have earned theirs.
    private let seen = AtomicWords(count: 1, ownLines: true)
    private let floor = AtomicWords(count: 1, ownLines: true)

    /// Milliseconds after which an unused credit is gone.
    static var window: UInt64 { 10_000 }
    /// What is let through besides: ten at once, and one a second.
    static var floor: RatePace { RatePace(RateLimit(requestsPerMinute: 69, burst: 10)) }
    /// What a retry costs, in hundredths.
    private static var price: UInt64 { 100 }

    /// - Parameter now: monotonic milliseconds.
    init(percent: Int, nowMilliseconds now: UInt64) {
        self.percent = UInt64(percent)
        credit = AtomicWords(count: 1, initially: now << 32, ownLines: true)
    }

    /// Takes one retry; false: the budget is spent.
    ///
    /// - Parameters:
    ///   - requests: how many have come in all; a worker may know of fewer than another.
    ///   - now: monotonic milliseconds; may be earlier than what another worker has.
    func take(requests: Int, nowMilliseconds now: UInt64) -> Bool {
        let earned = percent * newRequests(UInt64(requests))
        if change(earned: earned, now: now, by: { $0 >= Self.price ? $0 - Self.price : nil }) {
            return true
        }
        let nanoseconds = now * 1_000_000
        return floor.take(0, RetryBudget.floor, now: nanoseconds) == .taken
    }

    /// Gives one back that could not be used.
    func giveBack(nowMilliseconds now: UInt64) {
        _ = change(earned: 0, now: now) { $0 + Self.price }
    }

    /// How many of `requests` nobody has earned for yet.
    private func newRequests(_ requests: UInt64) -> UInt64 {
        while true {
            let before = seen.load(0)
            if requests <= before { return 0 }
            if seen.replace(before, with: requests, at: 0) { return requests - before }
        }
    }

    /// Reckons the credit anew and lets `use` say what is left of it; false: that was nil, and only
    /// what was earned is noted.
    private func change(earned: UInt64, now: UInt64, by use: (UInt64) -> UInt64?) -> Bool {
        while true {
            let word = credit.load(0)
            let (amount, time) = reckoned(word, earned: earned, now: now)
            let left = use(amount)
            let kept = min(left ?? amount, UInt64(UInt32.max))
            if credit.replace(word, with: UInt64(time) << 32 | kept, at: 0) { return left != nil }
        }
    }

    /// What of `word` is left at `now`, with what was earned since, in hundredths; and the time.
    private func reckoned(
        _ word: UInt64, earned: UInt64, now: UInt64
    ) -> (amount: UInt64, time: UInt32) {
        let last = UInt32(truncatingIfNeeded: word >> 32)
        let passed = Int32(bitPattern: UInt32(truncatingIfNeeded: now) &- last)
        if passed <= 0 { return (word & 0xffff_ffff + earned, last) }
        let elapsed = UInt64(passed)
        let time = UInt32(truncatingIfNeeded: now)
        // Nothing is known of when requests came since then: as much as if it was evenly.
        if elapsed >= Self.window { return (earned * Self.window / elapsed, time) }
        let kept = (word & 0xffff_ffff) * (Self.window - elapsed) / Self.window
        return (kept + earned, time)
    }
}
