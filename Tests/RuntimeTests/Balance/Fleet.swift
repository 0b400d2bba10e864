import Glibc
import Testing

@testable import GatewayRuntime

/// Endpoints that exist in numbers alone, and one worker that chooses among them by a balance.
struct Fleet: ~Copyable {
    var worker: Worker
    /// Clients that have no request under way.
    private var idle: [Int] = []

    /// - Parameters:
    ///   - count: 1…50 endpoints of equal priority, all with the one model.
    ///   - weights: theirs in turn.
    ///   - absent: of the 50 names, those that no endpoint has.
    init(
        _ balance: Balance, count: Int, weights: [Int] = [1], absent: Set<Int> = [],
        seed: UInt64 = 1, loads: EndpointLoads? = nil
    ) throws {
        let names = Fleet.names.indices.filter { !absent.contains($0) }.prefix(count)
        let endpoints = names.map { number in
            Endpoint(
                name: Fleet.names[number], address: .ipv4("127.0.0.1", port: 1), host: "a",
                pathPrefix: "", priority: 100, headers: [], forwardsCredentials: true,
                timeouts: EndpointTimeouts(
                    connectMilliseconds: 0, responseHeaderMilliseconds: 0,
                    streamIdleMilliseconds: 0),
                weight: weights[number % weights.count])
        }
        let gateway = CompiledGateway.scripted(endpoints: endpoints, balance: balance)
        let shared = try SharedState(
            workerCount: 1, rates: RateGates(for: gateway),
            standings: Standings(for: gateway),
            loads: loads ?? EndpointLoads(for: gateway))
        worker = Worker(
            gateway: gateway, shared: shared, number: 0, secrets: Secrets(for: endpoints),
            listenAddress: try #require(SocketAddress(text: "127.0.0.1", port: 0)), listener: -1,
            adminListener: -1, loop: try EventLoop())
        worker.balancer = Balancer(
            endpoints, loads: shared.loads, random: GatewayRuntime.Random(seed: seed))
    }

    /// Begins an exchange, which has chosen nothing yet; what a sticky one is recognised by is
    /// `key`, 0: nothing.
    mutating func arrive(key: UInt64 = 0) -> Int {
        let client = idle.popLast() ?? insertClient()
        worker.serial += 1
        worker.clients[client].exchange.begin(serial: worker.serial, now: worker.now)
        worker.clients[client].exchange.choice = worker.models.firstChoice(of: 0)
        worker.clients[client].exchange.choice.key = key == 0 ? 1 : key
        return client
    }

    /// Sends a new exchange to its first endpoint.
    mutating func send(key: UInt64 = 0) throws -> (client: Int, endpoint: Int) {
        let client = arrive(key: key)
        let endpoint = worker.nextEndpoint(client)
        return (client, try #require(endpoint))
    }

    mutating func end(_ client: Int) {
        worker.leavePlace(client)
        idle.append(client)
    }

    private mutating func insertClient() -> Int {
        Int(
            worker.clients.insert(
                ClientConnection(
                    socket: -1, peer: .local, isFromTrustedProxy: false, isSecured: false,
                    isAdmin: false, timer: 0)
            ).index)
    }

    private static let names: [StaticString] = [
        "n00", "n01", "n02", "n03", "n04", "n05", "n06", "n07", "n08", "n09", "n10", "n11", "n12",
        "n13", "n14", "n15", "n16", "n17", "n18", "n19", "n20", "n21", "n22", "n23", "n24", "n25",
        "n26", "n27", "n28", "n29", "n30", "n31", "n32", "n33", "n34", "n35", "n36", "n37", "n38",
        "n39", "n40", "n41", "n42", "n43", "n44", "n45", "n46", "n47", "n48", "n49",
    ]
}

/// What came of a simulated hour.
struct FleetReport {
    /// Requests by endpoint.
    var counts: [Int]
    /// How long each request waited at its endpoint for its turn, in milliseconds, ascending.
    var waits: [Double]
    /// The most that each endpoint had under way.
    var peaks: [Int]

    /// Of 100 requests, 99 waited no longer than this.
    var tail: Double { waits[waits.count * 99 / 100] }

    func share(_ endpoint: Int) -> Double { Double(counts[endpoint]) / Double(waits.count) }
}

extension Fleet {
    /// Sends requests at random times to endpoints that serve four at once, the others in order.
    ///
    /// - Parameters:
    ///   - speeds: how many requests each serves in a second, in all.
    ///   - load: the part of all that they can serve which comes.
    mutating func simulate(speeds: [Double], load: Double, requests: Int) throws -> FleetReport {
        var random = GatewayRuntime.Random(seed: 7)
        var report = FleetReport(
            counts: speeds.map { _ in 0 }, waits: [], peaks: speeds.map { _ in 0 })
        // When each of an endpoint's four servers is free, in milliseconds.
        var free = speeds.map { _ in [0.0, 0.0, 0.0, 0.0] }
        var ends: [(at: Double, client: Int)] = []
        var time = 0.0
        let rate = speeds.reduce(0, +) * load / 1000
        for _ in 0..<requests {
            time += -log(random.fraction()) / rate
            while let next = ends.last, next.at <= time {
                ends.removeLast()
                end(next.client)
            }
            worker.now = UInt64(1_000_000_000 + time * 1_000_000)
            let (client, endpoint) = try send()
            let server = free[endpoint].indices.min { free[endpoint][$0] < free[endpoint][$1] }
            let beginning = max(free[endpoint][server ?? 0], time)
            let duration = 4000 / speeds[endpoint] * -log(random.fraction())
            free[endpoint][server ?? 0] = beginning + duration
            report.counts[endpoint] += 1
            report.waits.append(beginning - time)
            let under = free[endpoint].count { $0 > time }
            report.peaks[endpoint] = max(report.peaks[endpoint], under)
            noteFirstByte(endpoint, after: beginning - time + duration / 4)
            let place = ends.firstIndex { $0.at < beginning + duration } ?? ends.count
            ends.insert((beginning + duration, client), at: place)
        }
        report.waits.sort()
        return report
    }

    private func noteFirstByte(_ endpoint: Int, after milliseconds: Double) {
        guard worker.measuresLatency else { return }
        worker.loads.note(
            endpoint, nanoseconds: UInt64(milliseconds * 1_000_000), isFailure: false,
            now: worker.now)
    }
}

extension GatewayRuntime.Random {
    /// Above 0, below 1.
    mutating func fraction() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
}
