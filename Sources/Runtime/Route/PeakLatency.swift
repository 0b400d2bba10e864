import Glibc

/// How soon an endpoint begins to answer, in one word: an average that follows a longer time at
/// once and shorter ones slowly (peak EWMA), and that fades while nothing is measured.
///
/// The upper half is microseconds, 0 where nothing is known; the lower half when that was, in ticks
/// of 2²⁰ ns, which come round after 52 days.
struct PeakLatency: Equatable {
    let word: UInt64

    init(word: UInt64) { self.word = word }

    init(microseconds: Double, now: UInt64) {
        let bounded = UInt64(min(max(microseconds, 1), Double(UInt32.max)))
        word = bounded << 32 | PeakLatency.ticks(now)
    }

    /// How long a measurement counts: after this time its part is 1/e.
    private static var fadingNanoseconds: Double { 10_000_000_000 }
    /// What a failure counts as at least: an endpoint that fails at once is not a quick one.
    private static var failureMicroseconds: Double { 1_000_000 }

    private static func ticks(_ now: UInt64) -> UInt64 { now >> 20 & 0xffff_ffff }

    /// Microseconds as they count at `now`; 0: nothing is known.
    func microseconds(now: UInt64) -> Double {
        Double(word >> 32) * weight(now: now)
    }

    /// How much of the past still counts: 1 just now, towards 0 with time.
    private func weight(now: UInt64) -> Double {
        let elapsed = UInt32(truncatingIfNeeded: PeakLatency.ticks(now) &- word)
        return exp(-Double(UInt64(elapsed) << 20) / PeakLatency.fadingNanoseconds)
    }

    /// With one more answer that took `nanoseconds` to begin.
    func adding(nanoseconds: UInt64, isFailure: Bool, now: UInt64) -> PeakLatency {
        let faded = microseconds(now: now)
        var sample = Double(nanoseconds) / 1000
        if isFailure { sample = max(sample, 2 * faded, PeakLatency.failureMicroseconds) }
        if word == 0 || sample >= faded { return PeakLatency(microseconds: sample, now: now) }
        let weight = weight(now: now)
        let average = Double(word >> 32) * weight + sample * (1 - weight)
        return PeakLatency(microseconds: average, now: now)
    }
}

extension EndpointLoads {
    /// Notes how long an endpoint took to begin its answer.
    func note(_ endpoint: Int, nanoseconds: UInt64, isFailure: Bool, now: UInt64) {
        while true {
            let before = PeakLatency(word: latencies.load(endpoint))
            let after = before.adding(nanoseconds: nanoseconds, isFailure: isFailure, now: now)
            if latencies.replace(before.word, with: after.word, at: endpoint) { return }
        }
    }

    func latency(_ endpoint: Int) -> PeakLatency { PeakLatency(word: latencies.load(endpoint)) }
}
