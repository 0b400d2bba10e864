import Glibc
import Synchronization
import Testing

@testable import GatewayRuntime

/// Endpoints that are ejected and breakers that open, by the clock of the test.
@Suite struct JudgeTests {
    private let standings = Standings(endpointCount: 3, isWatched: true)

    private func ejecting(
        consecutive: Int = 0, percent: Int = 0, minimum: Int = 10
    ) -> Judge {
        Judge(
            outlierDetection: OutlierDetection(
                consecutiveFailures: consecutive, failurePercent: percent,
                minimumRequests: minimum, windowMilliseconds: 8000, ejectionMilliseconds: 1000,
                maximumPercent: 50),
            breaker: nil, names: ["a", "b", "c"])
    }

    private func breaking(failures: Int = 3, percent: Int = 0, trials: Int = 2) -> Judge {
        Judge(
            outlierDetection: nil,
            breaker: Breaker(
                failures: failures, failurePercent: percent, minimumRequests: 10,
                windowMilliseconds: 8000, openMilliseconds: 1000, trials: trials),
            names: ["a", "b", "c"])
    }

    private func hear(_ judge: Judge, _ results: [AttemptResult], at now: UInt64 = 10_000) {
        for result in results {
            judge.heard(result, of: Trial(endpoint: 1), standings, now: now)
        }
    }

    private var standing: Standing { standings.standing(of: 1) }

    @Test func `so many failures in a row eject an endpoint, and no fewer`() {
        let judge = ejecting(consecutive: 3)
        hear(judge, [.failed, .failed, .began, .ended, .failed, .failed, .nothing, .began])
        #expect(standing.isEmpty)
        hear(judge, [.failed])
        #expect(standing == .ejected && standings.serves(0) && standings.serves(2))
    }

    @Test func `answers that break off count, though they have begun well`() {
        let judge = ejecting(consecutive: 3)
        hear(judge, [.began, .brokeOff, .began, .brokeOff, .began, .brokeOff])
        #expect(standing == .ejected)
    }

    @Test func `a rate counts from so many requests on, within the window alone`() {
        let judge = ejecting(percent: 50)
        hear(judge, Array(repeating: .failed, count: 9))
        #expect(standing.isEmpty)
        hear(judge, [.failed], at: 18_000)
        #expect(standing.isEmpty)
        for _ in 0..<8 { hear(judge, [.began, .ended], at: 18_500) }
        hear(judge, [.failed, .began, .brokeOff, .failed, .failed, .failed, .failed], at: 19_000)
        #expect(standing.isEmpty)
        hear(judge, [.failed, .failed], at: 19_500)
        #expect(standing == .ejected)
    }

    @Test func `an ejection ends by the clock, and each repetition doubles it to a bound`() {
        let judge = ejecting(consecutive: 1)
        var now: UInt64 = 10_000
        for duration: UInt64 in [1000, 2000, 4000, 8000, 16_000, 16_000] {
            hear(judge, [.failed], at: now)
            judge.returnWhoseTimeIsOver(1, standings, now: now + duration - 1)
            #expect(standing == .ejected)
            now += duration
            judge.returnWhoseTimeIsOver(1, standings, now: now)
            #expect(standing.isEmpty)
        }
        now += 2500
        hear(judge, [.failed], at: now)
        judge.returnWhoseTimeIsOver(1, standings, now: now + 7999)
        #expect(standing == .ejected)
        judge.returnWhoseTimeIsOver(1, standings, now: now + 8000)
        #expect(standing.isEmpty)
    }

    @Test func `a breaker opens, lets so many try at once, and closes when these go well`() throws {
        let judge = breaking()
        hear(judge, [.failed, .began, .ended, .failed])
        #expect(standing.isEmpty)
        hear(judge, [.failed])
        #expect(standing == .breakerOpen)
        #expect(judge.takeTrial(1, standings, now: 10_999) == nil)
        let first = try #require(judge.takeTrial(1, standings, now: 11_000))
        let second = try #require(judge.takeTrial(1, standings, now: 11_000))
        #expect(judge.takeTrial(1, standings, now: 11_000) == nil)
        judge.heard(.nothing, of: first, standings, now: 11_500)
        let third = try #require(judge.takeTrial(1, standings, now: 11_500))
        judge.heard(.began, of: second, standings, now: 11_600)
        #expect(judge.takeTrial(1, standings, now: 11_600) == nil && standing == .breakerOpen)
        judge.heard(.began, of: third, standings, now: 11_700)
        #expect(standing.isEmpty)
    }

    @Test func `a trial that fails opens it again, and one of another time says nothing`() throws {
        let judge = breaking()
        hear(judge, [.failed, .failed, .failed])
        let late = try #require(judge.takeTrial(1, standings, now: 11_000))
        let bad = try #require(judge.takeTrial(1, standings, now: 11_000))
        judge.heard(.failed, of: bad, standings, now: 11_200)
        #expect(judge.takeTrial(1, standings, now: 12_199) == nil)
        let good = try #require(judge.takeTrial(1, standings, now: 12_200))
        judge.heard(.began, of: late, standings, now: 12_300)
        judge.heard(.began, of: good, standings, now: 12_300)
        #expect(standing == .breakerOpen)
        let last = try #require(judge.takeTrial(1, standings, now: 12_300))
        judge.heard(.began, of: last, standings, now: 12_400)
        #expect(standing.isEmpty)
    }

    @Test func `nobody comes back by the clock where only breakers open`() {
        let judge = breaking()
        judge.returnWhoseTimeIsOver(1, standings, now: 10_000)
        hear(judge, [.failed, .failed, .failed])
        judge.returnWhoseTimeIsOver(1, standings, now: 90_000)
        #expect(standing == .breakerOpen)
    }

    @Test func `what failed before it opened does not open it again`() throws {
        let judge = breaking(trials: 1)
        hear(judge, [.failed, .failed, .failed])
        hear(judge, [.failed, .failed, .failed], at: 10_500)
        let trial = try #require(judge.takeTrial(1, standings, now: 11_000))
        judge.heard(.began, of: trial, standings, now: 11_100)
        hear(judge, [.failed, .failed], at: 11_200)
        #expect(standing.isEmpty)
    }

    @Test(
        arguments: [
            (200, true), (302, true), (400, true), (404, true), (499, true), (500, false),
            (502, false), (503, false), (599, false), (408, nil), (429, nil), (501, nil),
        ] as [(UInt16, Bool?)])
    func `a status says whether the endpoint works`(status: UInt16, isGood: Bool?) {
        #expect(AttemptResult(status: status).isGood == isGood)
    }

    @Test func `threads count every failure once`() throws {
        let gauge = FailureGauge(
            FailureGauge.Bounds(count: 8000, windowMilliseconds: 80_000), endpointCount: 1)
        let reached = Atomic(0)
        let ended = Atomic(0)
        for _ in 0..<4 {
            let failure = Thread.start {
                for _ in 0..<2000 where gauge.failed(0, isCounted: false, now: 1) != nil {
                    reached.add(1, ordering: .relaxed)
                }
                ended.add(1, ordering: .releasing)
            }
            try #require(failure == nil)
        }
        while ended.load(ordering: .acquiring) < 4 { usleep(100) }
        #expect(reached.load(ordering: .relaxed) >= 1)
        #expect(gauge.failed(0, isCounted: false, now: 1) == "failures")
    }

    @Test func `threads take no more trials than there are`() throws {
        let judge = breaking(trials: 7)
        hear(judge, [.failed, .failed, .failed])
        let taken = Atomic(0)
        let ended = Atomic(0)
        let standings = standings
        for _ in 0..<4 {
            let failure = Thread.start {
                for _ in 0..<1000 where judge.takeTrial(1, standings, now: 20_000) != nil {
                    taken.add(1, ordering: .relaxed)
                }
                ended.add(1, ordering: .releasing)
            }
            try #require(failure == nil)
        }
        while ended.load(ordering: .acquiring) < 4 { usleep(100) }
        #expect(taken.load(ordering: .relaxed) == 7)
    }
}
