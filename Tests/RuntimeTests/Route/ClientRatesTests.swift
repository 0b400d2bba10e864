import Dispatch
import Synchronization
import Testing

@testable import GatewayRuntime

/// The table of clients' limits, under clients who want to get round it.
@Suite struct ClientRatesTests {
    private let limit = RateLimit(requestsPerMinute: 20, burst: 4)

    private func rates(setCount: Int = ClientRates.setCount) -> ClientRates {
        ClientRates(
            limit, seeds: (0x9e37_79b9_7f4a_7c15, 0xc2b2_ae3d_27d4_eb4f), setCount: setCount)
    }

    /// How many of `count` requests of `client` pass at `now`.
    private func passed(_ rates: ClientRates, _ client: UInt64, _ count: Int, now: UInt64) -> Int {
        (0..<count).count { _ in rates.take(client, now: now) == .taken }
    }

    @Test func `each client has a limit of its own`() {
        let rates = rates()
        for client in 1...1000 as ClosedRange<UInt64> {
            #expect(passed(rates, client, 6, now: 100) == 4)
        }
        #expect(passed(rates, 1, 3, now: 100 + rates.pace.interval) == 1)
    }

    @Test func `a flood of addresses gives nobody his limit back`() {
        let rates = rates()
        #expect(passed(rates, 7, 9, now: 100) == 4)
        let flood = (1_000...200_000 as ClosedRange<UInt64>).count {
            rates.take($0, now: 100) == .taken
        }
        // Every entry but one is somebody's now, and whoever finds none shares one burst.
        #expect(flood <= ClientRates.setCount * ClientRates.setSize - 1 + limit.burst)
        #expect(flood > ClientRates.setCount * ClientRates.setSize * 9 / 10)
        #expect(passed(rates, 7, 9, now: 100) == 0)
        #expect(passed(rates, 1_000, 9, now: 100) == 3)
    }

    @Test func `a client stays limited while the flood goes on`() {
        let rates = rates(setCount: 1)
        var times: [UInt64] = []
        for step in 0..<20_000 as Range<UInt64> {
            let now = step * 30_000_000
            // The attacker comes first, each time from three addresses that he has not used yet.
            for address in 0..<3 { _ = rates.take(1000 + 3 * step + UInt64(address), now: now) }
            if rates.take(7, now: now) == .taken { times.append(now) }
        }
        let minute: UInt64 = 60_000_000_000
        // With an entry of his own and the shared one he has two limits at most, however often the
        // attacker's addresses drive him from one to the other.
        let most = times.indices.map { first in
            times[first...].prefix { $0 - times[first] < minute }.count
        }
        #expect((most.max() ?? 0) <= 2 * limit.requestsPerMinute)
    }

    @Test func `an entry is given away only at rest`() {
        let rates = rates(setCount: 1)
        for client in 1...8 as ClosedRange<UInt64> { #expect(rates.take(client, now: 0) == .taken) }
        // All eight are in use: the ninth and the tenth share what is left.
        #expect(passed(rates, 9, 3, now: 0) + passed(rates, 10, 3, now: 0) == 4)
        let rest = rates.pace.interval
        #expect(passed(rates, 8, 1, now: rest - 1) == 1)
        #expect(passed(rates, 9, 9, now: rest) == 4)
        // The eighth was not at rest, and still has what it had taken.
        #expect(passed(rates, 8, 9, now: rest) == 3)
    }

    @Test func `a client who comes to all workers at once has one limit`() {
        let rates = rates()
        let passed = Atomic(0)
        let clients = 2000
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for client in 1...clients {
                for _ in 0..<3 where rates.take(UInt64(client), now: 5) == .taken {
                    passed.add(1, ordering: .relaxed)
                }
            }
        }
        // A worker that is stopped by the system in the middle of giving an entry away sends the
        // others to the shared limit: that has one burst.
        let count = passed.load(ordering: .relaxed)
        #expect(count >= clients * 4 && count <= clients * 4 + 4)
    }

    @Test func `a client is an address of IPv4 or a network of IPv6`() throws {
        func key(_ text: String) throws -> UInt64 {
            try #require(PeerAddress(text: text)).rateKey
        }
        #expect(try key("192.0.2.1") != key("192.0.2.2"))
        #expect(try key("2001:db8:0:1::1") == key("2001:db8:0:1:ffff::2"))
        #expect(try key("2001:db8:0:1::1") != key("2001:db8:0:2::1"))
    }
}

@Suite struct ForwardedForTests {
    /// The members from the last to the first; nil for one that is no address.
    private func members(_ text: String) -> [String?] {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append(string: text)
        var rest = 0..<buffer.count
        var members: [String?] = []
        while let member = buffer.takeLastMember(of: &rest) { members.append(member?.text()) }
        return members
    }

    @Test func `members are taken from the last to the first`() {
        #expect(
            members("192.0.2.1, 198.51.100.7 ,2001:db8::1") == [
                "2001:db8::1", "198.51.100.7", "192.0.2.1",
            ])
        #expect(members("") == [])
        #expect(members("192.0.2.1") == ["192.0.2.1"])
    }

    @Test func `ports are cut off`() {
        #expect(
            members("192.0.2.1:443, [2001:db8::1]:443, [2001:db8::2]") == [
                "2001:db8::2", "2001:db8::1", "192.0.2.1",
            ])
    }

    @Test(arguments: ["unknown", "192.0.2", "[2001:db8::1", ":", "[]", "1.2.3.4:5:6", "x"])
    func `what is no address is none`(text: String) {
        #expect(members("192.0.2.1, \(text)") == [nil, "192.0.2.1"])
    }

    @Test func `an empty member is no address`() {
        #expect(members("192.0.2.1,") == [nil, "192.0.2.1"])
        #expect(members(" , 192.0.2.1") == ["192.0.2.1", nil])
    }

    @Test func `a long member is no address and is not read`() {
        #expect(members(String(repeating: "1", count: 65_000)) == [nil])
    }
}
