import Testing

@testable import GatewayRuntime

struct PerfectHashTests {
    /// Three names in three slots of one bucket; displacement 0 spreads these by chance of `seed`.
    private let names: StaticString = """
        gpt-4o
        llama3
        qwen
        """

    @Test func `every name is found at its line and nothing else is`() throws {
        let seed = try #require(seedWithoutCollision())
        let slots = Self.slots(seed: seed)
        let hash = PerfectHash(
            names: names,
            seed: seed,
            displacements: "0",
            entries: try #require(Self.decimals[slots])
        )
        #expect(
            ["gpt-4o", "llama3", "qwen"].map { hash.index(of: Array($0.utf8).span) } == [0, 1, 2])
        #expect(
            ["", "gpt", "gpt-4o ", "GPT-4O", "qwen\n"].allSatisfy {
                hash.index(of: Array($0.utf8).span) == nil
            })
    }

    @Test func `the longest pattern that a name begins with is chosen`() {
        let patterns = PatternTable(prefixes: "gpt-4o-\ngpt-\n", firstIndex: 7)
        #expect(patterns.index(of: Array("gpt-4o-mini".utf8).span) == 7)
        #expect(patterns.index(of: Array("gpt-4o".utf8).span) == 8)
        #expect(patterns.index(of: Array("llama".utf8).span) == 9)
        let closed = PatternTable(prefixes: "gpt-4o-\ngpt-", firstIndex: 7)
        #expect(closed.index(of: Array("llama".utf8).span) == nil)
    }

    @Test func `shared candidate lists are written out an entry each`() {
        let table = CandidateTable(lists: "0 2:1\n1", listOfEntry: "1 0\n0")
        #expect(table.words == [1, 0, 2 | 2 << 16, 0, 2 | 2 << 16])
        #expect(table.starts == [0, 1, 3, 5])
    }

    /// The entries of three slots as text, for every order of them.
    private static let decimals: [[Int]: StaticString] = [
        [0, 1, 2]: "0 1 2", [0, 2, 1]: "0 2 1", [1, 0, 2]: "1 0 2",
        [1, 2, 0]: "1 2 0", [2, 0, 1]: "2 0 1", [2, 1, 0]: "2 1 0",
    ]

    private func seedWithoutCollision() -> UInt64? {
        (0..<1_000).first { Set(Self.slots(seed: $0)) == [0, 1, 2] }
    }

    /// For each slot the name in it; repeated where names collide.
    private static func slots(seed: UInt64) -> [Int] {
        var entries = [-1, -1, -1]
        for (index, name) in ["gpt-4o", "llama3", "qwen"].enumerated() {
            entries[NameHash(Array(name.utf8).span, seed: seed).slot(of: 3, displacement: 0)] =
                index
        }
        return entries
    }
}
