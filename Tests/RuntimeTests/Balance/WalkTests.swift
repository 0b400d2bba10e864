import Testing

@testable import GatewayRuntime

/// How a walk goes on after its first choice.
@Suite struct WalkTests {
    private static let balances: [Balance] = [
        .leastRequests, .roundRobin, .weighted, .latency, .sticky(header: nil),
    ]

    @Test(arguments: balances.indices, [1, 2, 5, 50])
    func `each endpoint is come to once`(balance: Int, count: Int) throws {
        var fleet = try Fleet(Self.balances[balance], count: count)
        for key in UInt64(0)..<20 {
            let client = fleet.arrive(key: key << 8)
            var order: [Int] = []
            while let next = fleet.worker.nextEndpoint(client) { order.append(next) }
            #expect(order.sorted() == Array(0..<count))
            fleet.end(client)
        }
        for endpoint in 0..<count where Self.balances[balance].rule.countsRequests {
            let left = fleet.worker.loads.inFlight(endpoint)
            #expect(left == 0)
        }
    }

    @Test(arguments: balances.indices)
    func `what a dead endpoint refuses is spread over all others`(balance: Int) throws {
        var fleet = try Fleet(Self.balances[balance], count: 5)
        var seconds = [0, 0, 0, 0, 0]
        var firsts = 0
        var random = GatewayRuntime.Random(seed: 3)
        for _ in 0..<20_000 {
            let client = fleet.arrive(key: random.next())
            if fleet.worker.nextEndpoint(client) == 2 {
                firsts += 1
                let second = fleet.worker.nextEndpoint(client)
                seconds[try #require(second)] += 1
            }
            fleet.end(client)
        }
        #expect(firsts > 2000)
        for endpoint in [0, 1, 3, 4] {
            #expect(abs(Double(seconds[endpoint]) / Double(firsts) - 0.25) < 0.05)
        }
    }

    @Test func `a group of many is walked through in windows`() throws {
        let count = 150
        let entries = [
            ModelEntry(
                "small", at: (0..<count).map { ModelEntry.Candidate($0) })
        ]
        let directory = ModelDirectory(entries, index: { _ in 0 }, list: "", objectRanges: [])
        let models = ModelTable(directory, priorities: [Int](repeating: 1, count: count))
        let endpoints = (0..<count).map { _ in Endpoint.scripted(0, port: 1) }
        let loads = EndpointLoads(endpointCount: count, latencyCount: count)
        var balancer = Balancer(endpoints, loads: loads, random: GatewayRuntime.Random(seed: 5))
        for balance in Self.balances {
            var choice = models.firstChoice(of: 0)
            choice.groupCount = count
            choice.key = 0x1234
            var found: Set<Int> = []
            for _ in 0..<count {
                balance.rule.choose(&balancer, &choice, models, 0, 0)
                choice.triedInGroup += 1
                found.insert(models[choice.candidate].endpoint)
            }
            #expect(found.count == count)
        }
    }

    @Test func `turns go through a group of many`() throws {
        let count = 150
        let entries = [ModelEntry("small", at: (0..<count).map { ModelEntry.Candidate($0) })]
        let directory = ModelDirectory(entries, index: { _ in 0 }, list: "", objectRanges: [])
        let models = ModelTable(directory, priorities: [Int](repeating: 1, count: count))
        let endpoints = (0..<count).map { _ in Endpoint.scripted(0, port: 1) }
        let loads = EndpointLoads(endpointCount: 0, latencyCount: 0)
        var balancer = Balancer(endpoints, loads: loads, random: GatewayRuntime.Random(seed: 5))
        var order: [Int] = []
        for _ in 0..<count {
            var choice = models.firstChoice(of: 0)
            choice.groupCount = count
            Balance.roundRobin.rule.choose(&balancer, &choice, models, 0, 0)
            order.append(models[choice.candidate].endpoint)
        }
        #expect(zip(order, order.dropFirst()).allSatisfy { ($0 + 1) % count == $1 })
    }

    @Test func `groups with the same endpoints share their turns`() throws {
        let pair = [ModelEntry.Candidate(0), .init(1)]
        let entries = [
            ModelEntry("a", at: pair), ModelEntry("b", at: [.init(2)] + pair),
            ModelEntry("c", at: pair),
        ]
        let directory = ModelDirectory(entries, index: { _ in nil }, list: "", objectRanges: [])
        let models = ModelTable(directory, priorities: [1, 1, 2])
        let turns = GroupTurns(models, version: 0) { _ in 0 }
        #expect((0..<models.count).map { turns.starts[$0] } == [0, -1, -1, 0, -1, 0, -1])
        #expect(turns.words.count == 2)
    }
}
