import Testing

@testable import GatewayRuntime

/// When names are asked for again.
@Suite struct ResolutionTests {
    @Test(arguments: [(0, 5), (1, 5), (5, 5), (60, 60), (3600, 3600), (86_400, 3600)])
    func `an answer is renewed when three quarters of its time have passed`(
        seconds: Int, held: UInt64
    ) {
        for random in [0, 1, 12_345, UInt64.max] {
            var resolution = Resolution()
            resolution.begin()
            resolution.succeeded(seconds: seconds, nowMilliseconds: 1_000_000, random: random)
            let after = resolution.refreshAt - 1_000_000
            #expect(after >= held * 750 && after < held * 875 && resolution.retryAt == .max)
        }
    }

    @Test func `what failed is asked again after ever longer pauses, up to a bound`() {
        var resolution = Resolution()
        var delays: [UInt64] = []
        for _ in 0..<12 {
            resolution.begin()
            resolution.failed(nowMilliseconds: 5000, random: 0)
            delays.append(resolution.retryAt - 5000)
        }
        #expect(delays[..<6] == [375, 750, 1500, 3000, 6000, 12_000])
        #expect(Set(delays[6...]) == [12_000])
        #expect(resolution.failureCount == 12 && resolution.refreshAt == .max)
        resolution.begin()
        resolution.succeeded(seconds: 60, nowMilliseconds: 0, random: 0)
        #expect(resolution.failureCount == 0)
    }

    @Test func `pauses are spread, a quarter to either side`() {
        let delays = (0..<2000).map { random in
            var resolution = Resolution()
            resolution.failed(nowMilliseconds: 0, random: UInt64(random))
            return resolution.retryAt
        }
        #expect(delays.min() == 375 && delays.max() == 624)
    }

    @Test func `failing connections have a name asked for once a second at most`() {
        var resolution = Resolution()
        resolution.begin()
        #expect(!resolution.mayAskAgain(nowMilliseconds: 9000))
        resolution.succeeded(seconds: 60, nowMilliseconds: 1000, random: 0)
        #expect(!resolution.mayAskAgain(nowMilliseconds: 1999))
        #expect(resolution.mayAskAgain(nowMilliseconds: 2000))
        resolution.failed(nowMilliseconds: 1000, random: 0)
        #expect(!resolution.mayAskAgain(nowMilliseconds: 9000))
    }
}
