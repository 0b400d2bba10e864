import Testing

@testable import GatewayRuntime

/// The choosers themselves, over endpoints of unequal speed: who gets how much, and how long the
/// slowest hundredth of the requests waits.
@Suite struct SimulationTests {
    /// Speeds of 1 to 4 in turn: the last of four is four times as fast as the first.
    private static func speeds(_ count: Int) -> [Double] {
        (0..<count).map { [10, 20, 30, 40][$0 % 4] }
    }

    private static let sizes = [2, 5, 50]

    private func report(
        _ balance: Balance, _ count: Int, weights: [Int] = [1], load: Double = 0.6
    ) throws -> FleetReport {
        var fleet = try Fleet(balance, count: count, weights: weights)
        return try fleet.simulate(
            speeds: Self.speeds(count), load: load, requests: 400 * count + 8000)
    }

    @Test(arguments: sizes)
    func `round robin gives each the same to one request`(count: Int) throws {
        let counts = try report(.roundRobin, count, load: 0.3).counts
        let least = try #require(counts.min())
        let most = try #require(counts.max())
        #expect(most - least <= 1)
    }

    @Test(arguments: sizes)
    func `weights are met to one request`(count: Int) throws {
        let weights = [1, 2, 3, 4]
        let report = try report(.weighted, count, weights: weights)
        let total = Double((0..<count).map { weights[$0 % 4] }.reduce(0, +))
        for endpoint in 0..<count {
            let share = Double(weights[endpoint % 4]) / total * Double(report.waits.count)
            #expect(abs(Double(report.counts[endpoint]) - share) <= Double(count))
        }
    }

    @Test(arguments: sizes)
    func `smooth turns of the heaviest lie apart`(count: Int) throws {
        var fleet = try Fleet(.weighted, count: count, weights: [2, 1])
        let heavy = try (0..<300).map { _ in try fleet.send().endpoint == 0 }
        let pairs = zip(heavy, heavy.dropFirst()).count { $0 && $1 }
        #expect(count == 2 ? pairs <= 101 : pairs == 0)
    }

    @Test(arguments: sizes)
    func `the fewest requests make quicker endpoints serve more`(count: Int) throws {
        let report = try report(.leastRequests, count, load: 0.85)
        for slow in stride(from: 0, to: count - 1, by: 4) {
            #expect(Double(report.counts[slow + 1]) > 1.25 * Double(report.counts[slow]))
        }
    }

    @Test(arguments: sizes)
    func `the fewest requests wait less than turns do`(count: Int) throws {
        let turns = try report(.roundRobin, count)
        for balance in [Balance.leastRequests, .latency] {
            let report = try report(balance, count)
            #expect(report.tail < turns.tail / 2)
        }
    }

    @Test(arguments: sizes)
    func `latency draws more to the quick than the fewest requests do`(count: Int) throws {
        let few = try report(.leastRequests, count, load: 0.4)
        let quick = try report(.latency, count, load: 0.4)
        #expect(quick.share(1) > few.share(1) || quick.share(0) < few.share(0))
        #expect(quick.share(0) < few.share(0))
    }

    @Test func `at rest the fewest requests fall as weights say`() throws {
        var fleet = try Fleet(.leastRequests, count: 2, weights: [3, 1])
        var counts = [0, 0]
        for _ in 0..<8000 {
            let (client, endpoint) = try fleet.send()
            counts[endpoint] += 1
            fleet.end(client)
        }
        #expect(abs(Double(counts[0]) / 8000 - 0.75) < 0.03)
    }

    @Test func `under way the fewest requests fall as weights say`() throws {
        var fleet = try Fleet(.leastRequests, count: 2, weights: [3, 1])
        for _ in 0..<400 { _ = try fleet.send() }
        let heavy = fleet.worker.loads.inFlight(0)
        #expect(abs(heavy - 300) <= 1)
    }

    @Test func `one that hangs keeps few requests`() throws {
        var fleet = try Fleet(.leastRequests, count: 5)
        var hanging = 0
        for _ in 0..<4000 {
            let (client, endpoint) = try fleet.send()
            if endpoint == 2 { hanging += 1 } else { fleet.end(client) }
        }
        #expect(hanging < 10)
    }
}
