import Testing

@testable import Generator

/// From `balance` and `weight` to what is compiled in.
@Suite struct BalanceReadingTests {
    private let pair = """
        endpoints:
          - {name: a, url: "http://a", weight: 3}
          - {name: b, url: "http://b"}
        """

    private func reading(_ yaml: String) -> Reading {
        Gateway.read(Array(yaml.utf8), file: "gateway.yaml")
    }

    private func plan(_ yaml: String) throws -> Plan {
        Plan.sample(try #require(reading(yaml).gateway))
    }

    @Test func `a word or a map says how endpoints are chosen`() throws {
        func balance(_ text: String) throws -> Balance {
            try #require(reading("\(text)\n\(pair)").gateway).balance
        }
        #expect(try balance("") == Balance(rule: .leastRequests))
        #expect(try balance("balance: latency") == Balance(rule: .latency))
        #expect(try balance("balance: least-connections") == Balance(rule: .leastRequests))
        #expect(try balance("balance: {by: weighted}") == Balance(rule: .weighted))
        #expect(try balance("balance: sticky") == Balance(rule: .sticky))
        #expect(
            try balance("balance: {by: sticky, header: X-Session-ID}")
                == Balance(rule: .sticky, header: "X-Session-ID"))
    }

    @Test func `weights are kept, and 1 is usual`() throws {
        let gateway = try #require(reading(pair).gateway)
        #expect(gateway.endpoints.map(\.weight) == [3, 1])
    }

    @Test func `only where endpoints are equal is there anything to balance`() throws {
        let alone = try plan("endpoints: [{name: a, url: \"http://a\"}]")
        #expect(!alone.balances && alone.unusedFolders.contains("Balance"))
        #expect(!alone.manifest.contains("\"balance\""))
        let equals = try plan(pair)
        #expect(equals.balances && equals.unusedFolders.contains("Balance/Sticky"))
        #expect(equals.manifest.contains(#""by": "least_requests""#))
        #expect(RouteTable(equals).text.contains("a (weight 3) or b"))
        let sticky = try plan("balance: sticky\n\(pair)")
        #expect(!sticky.unusedFolders.contains { $0.hasPrefix("Balance") })
        #expect(RouteTable(sticky).text.contains("equals by sticky"))
    }

    @Test(arguments: [
        ("models: discover", "", true), ("models: discover", "priority: 50, ", false),
        ("models: [x]", "", false), ("models: [x, y]", "", true), ("models: [\"x*\"]", "", false),
    ])
    func `what endpoints may serve decides whether they are equal`(
        models: String, other: String, isEqual: Bool
    ) throws {
        let yaml = """
            endpoints:
              - {name: a, url: "http://a", \(models)}
              - {name: b, url: "http://b", \(other)models: [y]}
            """
        #expect(try plan(yaml).balances == isEqual)
    }
}
