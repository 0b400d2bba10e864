import Testing

@testable import GatewayRuntime

/// The table of keys' digests, and what patterns cover.
@Suite struct KeyTableTests {
    private func digest(_ number: Int) -> SIMD4<UInt64> {
        SHA256.digest(Array("key \(number)".utf8).span)
    }

    private func table(_ count: Int, seed: UInt64 = 0x9e37_79b9_7f4a_7c15) -> KeyTable {
        KeyTable((0..<count).map { (digest: digest($0), owner: $0 / 2) }, seed: seed)
    }

    @Test(arguments: [0, 1, 2, 3, 7, 64, 1000])
    func `every key finds its owner and no other key finds one`(count: Int) {
        let table = table(count)
        for number in 0..<count { #expect(table.owner(of: digest(number)) == number / 2) }
        for number in count..<count + 100 { #expect(table.owner(of: digest(number)) == nil) }
        #expect(table.owner(of: SIMD4()) == nil)
    }

    @Test func `a digest that differs in one bit is another key`() {
        let table = table(1)
        for bit in 0..<256 {
            var other = digest(0)
            other[bit / 64] ^= 1 << UInt64(bit % 64)
            #expect(table.owner(of: other) == nil)
        }
    }

    @Test func `what a look-up compares does not depend on what is looked for`() {
        // As many entries are compared for any digest, and few of them whatever the seed.
        for seed in 1...20 as ClosedRange<UInt64> {
            #expect((1...14).contains(table(1000, seed: seed &* 0x9e37_79b9_7f4a_7c15).width))
        }
    }

    @Test func `hexadecimal digits are a digest`() {
        let digits: StaticString =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        let digest = SHA256.digest(Array("abc".utf8).span)
        #expect(SIMD4<UInt64>(hexadecimal: digits) == digest)
    }

    @Test(arguments: [
        ("gpt-4o", "gpt-4o", true), ("gpt-4o", "gpt-4", false), ("gpt-4", "gpt-4o", false),
        ("gpt-4*", "gpt-4o", true), ("gpt-4*", "gpt-4", true), ("gpt-4*", "gpt-", false),
        ("*", "", true), ("*", "anything", true), ("", "", true), ("", "a", false),
    ])
    func `a star at the end covers what begins so`(pattern: String, text: String, covers: Bool) {
        let gate = ClientGate([
            Client("a", keys: [], models: Self.patterns[pattern].map { [$0] } ?? [])
        ])
        let isAllowed = gate.allows(0, model: Array(text.utf8).span)
        #expect(isAllowed == covers)
        let isRouteAllowed = gate.allows(0, route: Array(text.utf8).span)
        #expect(isRouteAllowed)
    }

    private static let patterns: [String: StaticString] = [
        "gpt-4o": "gpt-4o", "gpt-4": "gpt-4", "gpt-4*": "gpt-4*", "*": "*", "": "",
    ]

    @Test func `a client's limit holds for all its keys together and for it alone`() {
        let limit = RateLimit(requestsPerMinute: 4, burst: 2)
        let gate = ClientGate([
            Client("a", keys: [], rateLimit: limit), Client("b", keys: [], rateLimit: limit),
            Client("c", keys: []),
        ])
        let passed = [0, 0, 0, 1, 2, 2, 2].map { gate.take($0, now: 1_000_000_000) == .taken }
        #expect(passed == [true, true, false, true, true, true, true])
    }
}
