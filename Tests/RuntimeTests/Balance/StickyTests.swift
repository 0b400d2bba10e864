import Testing

@testable import GatewayRuntime

/// Which endpoint has a conversation, and what is its key.
@Suite struct StickyTests {
    private let balance = Balance.sticky(header: nil)

    /// The home of each of `count` keys when nothing is under way.
    private func homes(
        _ count: Int, of keys: Int, weights: [Int] = [1], absent: Set<Int> = []
    ) throws -> [Int] {
        var fleet = try Fleet(balance, count: count, weights: weights, absent: absent)
        var random = GatewayRuntime.Random(seed: 11)
        return try (0..<keys).map { _ in
            let (client, endpoint) = try fleet.send(key: random.next() | 2)
            fleet.end(client)
            return endpoint
        }
    }

    @Test(arguments: [2, 5, 50])
    func `keys are spread evenly`(count: Int) throws {
        let homes = try homes(count, of: 20_000)
        let even = 20_000 / Double(count)
        for endpoint in 0..<count {
            let share = Double(homes.count { $0 == endpoint })
            #expect(abs(share - even) < 6 * even.squareRoot())
        }
    }

    @Test func `weights are heeded`() throws {
        let homes = try homes(2, of: 20_000, weights: [3, 1])
        #expect(abs(Double(homes.count { $0 == 0 }) / 20_000 - 0.75) < 0.02)
    }

    @Test(arguments: [2, 5, 49])
    func `an endpoint that comes takes its share and moves nothing else`(count: Int) throws {
        let before = try homes(count, of: 20_000)
        let after = try homes(count + 1, of: 20_000)
        let moved = zip(before, after).filter { $0 != $1 }
        #expect(moved.allSatisfy { $0.1 == count })
        let share = Double(moved.count) / 20_000
        #expect(abs(share - 1 / Double(count + 1)) < 0.02)
    }

    @Test(arguments: [2, 5, 50])
    func `an endpoint that leaves gives up its share and moves nothing else`(count: Int) throws {
        let before = try homes(count, of: 20_000)
        // Whoever stood behind the one that left has moved up by one.
        let after = try homes(count - 1, of: 20_000, absent: [1]).map { $0 > 0 ? $0 + 1 : $0 }
        let moved = zip(before, after).filter { $0 != $1 }
        #expect(moved.allSatisfy { $0.0 == 1 })
        #expect(moved.count == before.count { $0 == 1 })
    }

    @Test(arguments: [2, 5, 50])
    func `no endpoint has more than its bound under way`(count: Int) throws {
        var fleet = try Fleet(balance, count: count)
        var random = GatewayRuntime.Random(seed: 13)
        // One conversation in three is the same: without a bound its endpoint would drown.
        for number in 1...60 * count {
            _ = try fleet.send(key: number % 3 == 0 ? 0xabc : random.next() | 2)
            let bound = Balance.stickyBound(count: number, weight: 1, of: count)
            let most = (0..<count).map { fleet.worker.loads.inFlight($0) }.max() ?? 0
            #expect(most <= bound)
        }
    }

    @Test func `a conversation comes back to its endpoint while that has room`() throws {
        var fleet = try Fleet(balance, count: 5)
        let homes = try (0..<4).map { _ in try fleet.send(key: 0xabc).endpoint }
        #expect(Set(homes).count == 1)
        let fifth = try fleet.send(key: 0xabc).endpoint
        #expect(fifth != homes[0])
        let sixth = try fleet.send(key: 0xabc).endpoint
        #expect(sixth == fifth)
    }

    @Test(arguments: [
        (#"{"messages":[{"role":"user","content":"a"}]}"#, #"[{"role":"user","content":"a"}"#),
        (
            #"{"m":{"messages":[1]},"messages":[{"role":"x"}, {"content":[{}],"role":"user"},2]}"#,
            #"[{"role":"x"}, {"content":[{}],"role":"user"}"#
        ),
        (#"{"messages":[{"role":"system"}]}"#, #"[{"role":"system"}]"#),
        (#"{"messages":[{"role":"user"}],"prompt_cache_key":"k"}"#, "k"),
        (#"{"prompt_cache_key":"","prompt":"once"}"#, "once"),
        (#"{"input":[{"role":"user"}],"prompt":"once"}"#, #"[{"role":"user"}"#),
        (#"{"prompt":["a","b"],"input":"text"}"#, "text"),
        (#"{"messages":[{"role":"user"},{"role":"assist"#, #"[{"role":"user"}"#),
    ])
    func `what stays the same from turn to turn is found`(body: String, beginning: String) {
        let bytes = Array(body.utf8)
        let place = ConversationStart(in: bytes.span).place
        #expect(place.map { String(decoding: bytes[$0], as: UTF8.self) } == beginning)
    }

    @Test(arguments: [
        "", "{}", "[1]", #"{"messages":[{"role":"us"#, #"{"prompt":"#, #"{"prompt":1}"#,
    ])
    func `a body without a beginning has none`(body: String) {
        #expect(ConversationStart(in: Array(body.utf8).span).place == nil)
    }

    @Test func `of a long prompt the beginning counts`() {
        let text = String(repeating: "x", count: 600)
        let bytes = Array("{\"prompt\":\"\(text)\"}".utf8)
        #expect(ConversationStart(in: bytes.span).place == 11..<523)
    }

    @Test func `a hash depends on every byte and on their number`() {
        var hashes: Set<UInt64> = []
        for count in 0...40 {
            let bytes = [UInt8](repeating: 0, count: count)
            hashes.insert(PrefixHash(bytes.span).value)
            for index in 0..<count {
                var other = bytes
                other[index] = 1
                hashes.insert(PrefixHash(other.span).value)
            }
        }
        #expect(hashes.count == 41 + 40 * 41 / 2)
    }
}
