/// Counts how requests to each endpoint end, for one policy, and says when there are too many
/// failures; atomic words only, exact across workers.
final class FailureGauge: Sendable {
    /// When there are too many; 0 each: not counted.
    struct Bounds: Sendable {
        /// Failures without a whole answer between them.
        var consecutive = 0
        /// Failures within the window.
        var count = 0
        /// Of 100 requests within the window, once it has `minimumRequests`.
        var percent = 0
        var minimumRequests = 0
        var windowMilliseconds: Int
    }

    private let bounds: Bounds
    /// 16 words an endpoint, two cache lines: the run of failures, and 8 slots of the window. A
    /// slot is its tick, 24 bits, then 20 bits of requests and 20 of failures.
    private let words: AtomicWords
    private let slotMilliseconds: UInt64

    init(_ bounds: Bounds, endpointCount: Int) {
        self.bounds = bounds
        slotMilliseconds = UInt64(max(bounds.windowMilliseconds / FailureGauge.slotCount, 1))
        words = AtomicWords(count: endpointCount << FailureGauge.stride)
    }

    private static var stride: Int { 4 }
    private static var slotCount: Int { 8 }
    private static var countLimit: UInt64 { 0xf_ffff }

    private var hasWindow: Bool { bounds.count > 0 || bounds.percent > 0 }

    /// An answer has begun.
    func began(_ endpoint: Int, now: UInt64) {
        if hasWindow { add(requests: 1, failures: 0, endpoint, now: now) }
    }

    /// An answer has come whole.
    func ended(_ endpoint: Int) {
        let place = endpoint << FailureGauge.stride
        if bounds.consecutive > 0 && words.load(place) != 0 { words.store(0, at: place) }
    }

    /// A request has failed.
    ///
    /// - Parameter isCounted: whether it was counted as an answer that has begun.
    /// - Returns: a word for logs that says which bound is reached; nil: none is.
    func failed(_ endpoint: Int, isCounted: Bool, now: UInt64) -> String? {
        if hasWindow { add(requests: isCounted ? 0 : 1, failures: 1, endpoint, now: now) }
        if bounds.consecutive > 0 && lengthenRun(endpoint) >= UInt64(bounds.consecutive) {
            return "consecutive_failures"
        }
        guard hasWindow else { return nil }
        let (requests, failures) = sum(endpoint, now: now)
        if bounds.count > 0 && failures >= bounds.count { return "failures" }
        let isRated = bounds.percent > 0 && requests >= bounds.minimumRequests
        return isRated && failures * 100 >= bounds.percent * requests ? "failure_rate" : nil
    }

    /// Forgets the window; the run goes on until an answer has come whole.
    func clear(_ endpoint: Int) {
        for slot in 1...FailureGauge.slotCount {
            words.store(0, at: endpoint << FailureGauge.stride + slot)
        }
    }

    private func lengthenRun(_ endpoint: Int) -> UInt64 {
        let place = endpoint << FailureGauge.stride
        while true {
            let run = words.load(place)
            if words.replace(run, with: run + 1, at: place) { return run + 1 }
        }
    }

    private func add(requests: UInt64, failures: UInt64, _ endpoint: Int, now: UInt64) {
        let tick = now / slotMilliseconds & 0xff_ffff
        let slot = Int(tick % UInt64(FailureGauge.slotCount))
        let place = endpoint << FailureGauge.stride + 1 + slot
        while true {
            let word = words.load(place)
            let isCurrent = word >> 40 == tick
            let limit = FailureGauge.countLimit
            let allRequests = min((isCurrent ? word >> 20 & limit : 0) + requests, limit)
            let allFailures = min((isCurrent ? word & limit : 0) + failures, limit)
            let new = tick << 40 | allRequests << 20 | allFailures
            if words.replace(word, with: new, at: place) { return }
        }
    }

    /// What the window holds: of its slots the present one is still filling.
    private func sum(_ endpoint: Int, now: UInt64) -> (requests: Int, failures: Int) {
        let tick = now / slotMilliseconds & 0xff_ffff
        var (requests, failures) = (0, 0)
        for slot in 1...FailureGauge.slotCount {
            let word = words.load(endpoint << FailureGauge.stride + slot)
            let age = tick &- (word >> 40) & 0xff_ffff
            if age >= UInt64(FailureGauge.slotCount) { continue }
            requests += Int(word >> 20 & FailureGauge.countLimit)
            failures += Int(word & FailureGauge.countLimit)
        }
        return (requests, failures)
    }
}
