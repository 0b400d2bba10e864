import Dispatch
import Synchronization
import Testing

@testable import GatewayRuntime

private let minute: UInt64 = 60_000_000_000

/// What a limit promises, over simulated time.
@Suite struct RatePaceTests {
    static let limits = [
        RateLimit(requestsPerMinute: 1, burst: 1), RateLimit(requestsPerMinute: 2, burst: 1),
        RateLimit(requestsPerMinute: 7, burst: 3), RateLimit(requestsPerMinute: 10, burst: 10),
        RateLimit(requestsPerMinute: 60, burst: 1), RateLimit(requestsPerMinute: 97, burst: 96),
        RateLimit(requestsPerMinute: 200, burst: 50), RateLimit(requestsPerMinute: 5000, burst: 70),
    ]

    /// When the next request comes, `now` having been the time of the one before.
    enum Pattern: CaseIterable {
        /// One each 3 ms.
        case flood
        /// The next one the moment there is room.
        case greedy
        /// As many at once as pass, then nothing until the limit is at rest.
        case sawtooth
        /// Gaps up to twice the steady one.
        case random
        /// Much at once, then a gap of up to 90 s.
        case gusts

        func next(after now: UInt64, _ verdict: RateVerdict, _ random: inout Random, _ gap: UInt64)
            -> UInt64
        {
            switch (self, verdict) {
            case (.flood, _): now + 3_000_000
            case (.greedy, .full(let roomAt, _)): roomAt
            case (.sawtooth, .full(_, let restAt)): restAt
            case (.greedy, .taken), (.sawtooth, .taken): now
            case (.random, _): now + random.next() % (2 * gap)
            case (.gusts, _): random.next() % 40 == 0 ? now + random.next() % 90_000_000_000 : now
            }
        }
    }

    /// The times at which requests pass within ten minutes from `start`.
    private func passed(_ limit: RateLimit, _ pattern: Pattern, from start: UInt64) -> [UInt64] {
        let pace = RatePace(limit)
        let words = AtomicWords(count: 1)
        var random = Random(seed: start + 1)
        var passed: [UInt64] = []
        var now = start
        var asked = 0
        while now < start + 10 * minute && asked < 300_000 {
            asked += 1
            let verdict = words.take(0, pace, now: now)
            if verdict == .taken { passed.append(now) }
            now = pattern.next(after: now, verdict, &random, pace.interval)
        }
        return passed
    }

    @Test(arguments: limits, Pattern.allCases)
    func `no minute has more requests than it may and no moment more than a burst`(
        limit: RateLimit, pattern: Pattern
    ) {
        for start in [0, 1, 123_456_789_012_345] as [UInt64] {
            let times = passed(limit, pattern, from: start)
            #expect(times.count >= (pattern == .random ? 2 : limit.burst))
            let tooClose = times.indices.dropLast(limit.requestsPerMinute).first {
                times[$0 + limit.requestsPerMinute] - times[$0] < minute
            }
            #expect(tooClose == nil)
            let atOnce = times.indices.dropLast(limit.burst).first {
                times[$0 + limit.burst] == times[$0]
            }
            #expect(atOnce == nil)
        }
    }

    @Test(arguments: limits) func `the steady rate is what a burst leaves of the minute`(
        limit: RateLimit
    ) {
        let times = passed(limit, .greedy, from: 5)
        let steady = 10 * (limit.requestsPerMinute - limit.burst + 1)
        #expect(abs(times.count - limit.burst - steady) <= 1)
        #expect(times.prefix(limit.burst).allSatisfy { $0 == 5 })
        #expect(passed(limit, .sawtooth, from: 5).prefix(limit.burst).last == 5)
    }

    @Test func `the page's default passes fifty at once and then one in 0_4 seconds`() {
        let pace = RatePace(RateLimit(requestsPerMinute: 200, burst: 50))
        #expect(pace.interval == 397_350_994)
        let words = AtomicWords(count: 1)
        for _ in 0..<50 { #expect(words.take(0, pace, now: 9) == .taken) }
        let roomAt = 9 + pace.interval
        #expect(
            words.take(0, pace, now: 9) == .full(roomAt: roomAt, restAt: 9 + 50 * pace.interval))
        #expect(words.take(0, pace, now: roomAt - 1) != .taken)
        #expect(words.take(0, pace, now: roomAt) == .taken)
    }

    @Test func `a refused request changes nothing`() {
        let pace = RatePace(RateLimit(requestsPerMinute: 3, burst: 1))
        let words = AtomicWords(count: 1)
        let first = words.take(0, pace, now: 50)
        let word = words.load(0)
        for time in 50..<90 as Range<UInt64> { _ = words.take(0, pace, now: time) }
        #expect(first == .taken && words.load(0) == word)
    }

    @Test func `threads together pass no more and no less than one`() {
        let pace = RatePace(RateLimit(requestsPerMinute: 10_000, burst: 10_000))
        let words = AtomicWords(count: 3, ownLines: true)
        let passed = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<5000 where words.take(1, pace, now: 77) == .taken {
                passed.add(1, ordering: .relaxed)
            }
        }
        #expect(passed.load(ordering: .relaxed) == 10_000)
        #expect(words.load(0) == 0 && words.load(2) == 0)
    }

    @Test func `no limit takes nothing`() {
        #expect(!RatePace(nil).isLimited)
        let gates = RateGates(nil, endpointCount: 0)
        #expect(!gates.limitsEntry && gates.takeGlobal(now: 0) == .taken)
    }
}
