import Glibc
import Synchronization
import Testing

@testable import GatewayRuntime

/// Endpoints that are out, as the walk through a model's candidates meets them.
@Suite struct StandingTests {
    private func worker(
        _ priorities: [Int], panic: Health.Panic = .none, slowStart: Int = 0,
        retry: Retry = Retry(attempts: 0, statuses: [])
    ) throws -> Worker {
        let gateway = CompiledGateway.scripted(
            endpoints: priorities.enumerated().map { number, priority in
                Endpoint.scripted(number, port: 1, priority: priority)
            },
            retry: retry, health: Health(slowStartMilliseconds: slowStart, panic: panic))
        let address = try #require(SocketAddress(text: "127.0.0.1", port: 0))
        return Worker(
            gateway: gateway,
            shared: try SharedState(
                workerCount: 1, rates: RateGates(for: gateway),
                standings: Standings(for: gateway)), number: 0,
            secrets: Secrets(for: gateway.endpoints), listenAddress: address, listener: -1,
            adminListener: -1, loop: try EventLoop())
    }

    /// The endpoints in the order in which the walk of exchange `serial` comes to them.
    private func walk(_ worker: inout Worker, serial: UInt64 = 0) -> [Int] {
        let client = Int(
            worker.clients.insert(
                ClientConnection(
                    socket: -1, peer: .local, isFromTrustedProxy: false, isSecured: false,
                    isAdmin: false, timer: 0)
            ).index)
        worker.clients[client].exchange.serial = serial
        worker.clients[client].exchange.choice = worker.models.firstChoice(of: 0)
        var order: [Int] = []
        while let next = worker.nextEndpoint(client) { order.append(next) }
        return order
    }

    @Test(arguments: Standing.reasons.map(\.reason))
    func `an endpoint that is out for any reason is passed over until it is gone`(
        reason: Standing
    ) throws {
        var worker = try worker([1, 1, 1])
        #expect(worker.standings.set(reason, of: 1))
        #expect(!worker.standings.set(reason, of: 1))
        #expect(walk(&worker, serial: 1) == [2, 0])
        #expect(worker.standings.clear(reason, of: 1, now: 5))
        #expect(!worker.standings.clear(reason, of: 1, now: 5))
        #expect(walk(&worker, serial: 1) == [1, 2, 0])
    }

    @Test func `an endpoint serves again only when its last reason is gone`() throws {
        var worker = try worker([2, 1])
        worker.standings.set(.unhealthy, of: 0, because: "status_503")
        worker.standings.set(.disabled, of: 0)
        #expect(worker.standings.notes(of: 0).notes.map(\.detail) == ["status_503", ""])
        worker.standings.clear(.unhealthy, of: 0, now: 5)
        #expect(walk(&worker) == [1])
        worker.standings.clear(.disabled, of: 0, now: 5)
        #expect(walk(&worker) == [0, 1] && worker.standings.notes(of: 0).notes.isEmpty)
    }

    @Test func `all are asked in their order when all are out and the panic is any`() throws {
        var worker = try worker([3, 2, 1], panic: .any)
        for endpoint in 0..<3 { worker.standings.set(.unhealthy, of: endpoint) }
        #expect(walk(&worker) == [0, 1, 2])
        worker.standings.set(.disabled, of: 1)
        #expect(walk(&worker) == [0, 2])
        worker.standings.clear(.unhealthy, of: 2, now: 5)
        #expect(walk(&worker) == [2])
    }

    @Test func `none is asked when all are out and there is no panic`() throws {
        var worker = try worker([3, 2])
        for endpoint in 0..<2 { worker.standings.set(.unhealthy, of: endpoint) }
        #expect(walk(&worker).isEmpty)
    }

    @Test func `what warms up gets a growing share, and all that nobody else takes`() throws {
        var worker = try worker([1, 1], slowStart: 30_000)
        worker.now = 1_000_000_000_000
        worker.standings.set(.ejected, of: 0)
        worker.standings.clear(.ejected, of: 0, now: worker.nowMilliseconds)
        var shares: [Int] = []
        for _ in 0..<3 {
            var count = 0
            for serial in 0..<2000 where walk(&worker, serial: UInt64(serial)).first == 0 {
                count += 1
            }
            shares.append(count)
            worker.now += 15_000_000_000
        }
        #expect((40...180).contains(shares[0]) && (380...620).contains(shares[1]))
        #expect(shares[2] == 1000)
        #expect(worker.standings.serves(0))
        worker.standings.set(.ejected, of: 1)
        worker.standings.set(.ejected, of: 0)
        worker.standings.clear(.ejected, of: 0, now: worker.nowMilliseconds)
        for serial in 0..<100 { #expect(walk(&worker, serial: UInt64(serial)) == [0]) }
    }

    @Test func `an endpoint that warms up is asked last, and once, within the attempts`() throws {
        var worker = try worker(
            [1, 1], slowStart: 1 << 40, retry: Retry(attempts: 2, statuses: []))
        worker.now = 1_000_000_000_000
        worker.standings.set(.unhealthy, of: 0)
        worker.standings.clear(.unhealthy, of: 0, now: worker.nowMilliseconds)
        for serial in 0..<50 {
            #expect(walk(&worker, serial: UInt64(serial)).sorted() == [0, 1])
        }
        worker = try self.worker(
            [1, 1], slowStart: 1 << 40, retry: Retry(attempts: 1, statuses: []))
        worker.standings.set(.unhealthy, of: 0)
        worker.standings.clear(.unhealthy, of: 0, now: worker.nowMilliseconds)
        for serial in 0..<50 { #expect(walk(&worker, serial: UInt64(serial)).count == 1) }
    }

    @Test func `threads that take an endpoint out and bring it back agree on each change`() throws {
        let standings = Standings(endpointCount: 1, isWatched: true)
        let balance = Atomic(0)
        let ended = Atomic(0)
        for _ in 0..<4 {
            let failure = Thread.start {
                for _ in 0..<2000 {
                    if standings.set(.ejected, of: 0) { balance.add(1, ordering: .relaxed) }
                    if standings.clear(.ejected, of: 0, now: 1) {
                        balance.subtract(1, ordering: .relaxed)
                    }
                }
                ended.add(1, ordering: .releasing)
            }
            try #require(failure == nil)
        }
        while ended.load(ordering: .acquiring) < 4 { usleep(100) }
        #expect(balance.load(ordering: .relaxed) == 0 && standings.serves(0))
        #expect(standings.notes(of: 0).notes.isEmpty)
    }
}
