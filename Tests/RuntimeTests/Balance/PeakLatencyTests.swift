import Testing

@testable import GatewayRuntime

@Suite struct PeakLatencyTests {
    private let second: UInt64 = 1_000_000_000

    private func after(
        _ samples: [(seconds: UInt64, milliseconds: UInt64)], failing: Bool = false
    ) -> PeakLatency {
        samples.reduce(PeakLatency(word: 0)) { latency, sample in
            latency.adding(
                nanoseconds: sample.milliseconds * 1_000_000, isFailure: failing,
                now: sample.seconds * second)
        }
    }

    @Test func `a longer time counts at once, a shorter one slowly`() {
        let risen = after([(100, 50), (100, 800)])
        #expect(abs(risen.microseconds(now: 100 * second) - 800_000) < 1000)
        let falling = after([(100, 800), (101, 50)]).microseconds(now: 101 * second)
        #expect(falling > 700_000 && falling < 800_000)
    }

    @Test func `it fades while nothing is measured`() {
        let latency = after([(100, 1000)])
        let faded = latency.microseconds(now: 110 * second)
        #expect(abs(faded - 367_879) < 1000)
    }

    @Test func `a failure is never quick`() {
        #expect(after([(100, 1)], failing: true).microseconds(now: 100 * second) >= 999_000)
        let slow = after([(100, 3000)])
        let failed = slow.adding(nanoseconds: 1, isFailure: true, now: 100 * second)
        #expect(failed.microseconds(now: 100 * second) >= 5_900_000)
    }

    @Test func `what is known of an endpoint is known to all`() {
        let loads = EndpointLoads(endpointCount: 2, latencyCount: 2)
        loads.note(1, nanoseconds: 5_000_000, isFailure: false, now: second)
        #expect(loads.latency(0).word == 0)
        #expect(loads.latency(1).microseconds(now: second) == 5000)
    }
}
