import Testing

@testable import Generator

struct ModelPlanTests {
    private typealias Candidate = ModelPlan.Candidate

    private func entry(_ name: String, _ plan: ModelPlan) -> [Candidate]? {
        plan.entries.first { $0.name == name }?.candidates
    }

    @Test func `candidates come by priority, then in the order of the YAML`() {
        let plan = ModelPlan(
            .sample([
                .sample("a", priority: 50, models: ["m"]),
                .sample("b", priority: 100, models: ["m"]),
                .sample("c", priority: 50, models: ["m"]),
                .sample("d", priority: 100, models: ["m"]),
            ])
        )
        #expect(plan.named.map(\.name) == ["m"])
        #expect(plan.named[0].candidates.map(\.endpoint) == [1, 3, 0, 2])
    }

    @Test func `entries are exact names in YAML order, longest patterns first, then the rest`() {
        let plan = ModelPlan(
            .sample([
                .sample("a", models: ["z", "gpt-*", "b"]),
                .sample("b", models: ["b", "gpt-4o*", "a"]),
                .sample("c"),
            ])
        )
        #expect(plan.named.map(\.name) == ["z", "b", "a"])
        #expect(plan.patterns.map(\.name) == ["gpt-4o*", "gpt-*"])
        #expect(plan.rest?.candidates.map(\.endpoint) == [2])
    }

    @Test func `only the first level that matches gives candidates`() {
        let plan = ModelPlan(
            .sample([
                .sample("a", models: ["gpt-4o"]), .sample("b", models: ["gpt-*"]), .sample("c"),
            ])
        )
        #expect(plan.named[0].candidates.map(\.endpoint) == [0])
        #expect(plan.patterns[0].candidates.map(\.endpoint) == [1])
    }

    @Test func `an alias stands for the first target that each endpoint serves`() {
        let plan = ModelPlan(
            .sample(
                [
                    .sample("a", priority: 1, models: ["x", "y"]),
                    .sample("b", priority: 2, models: ["y=yy"]),
                    .sample("c", models: ["p-*"]),
                    .sample("d"),
                ],
                aliases: [
                    Alias(name: "one", targets: ["x", "y"]), Alias(name: "two", targets: ["p-1"]),
                    Alias(name: "three", targets: ["unlisted"]),
                ]
            )
        )
        #expect(
            entry("one", plan)
                == [
                    Candidate(endpoint: 1, upstreamName: "yy"),
                    Candidate(endpoint: 0, upstreamName: "x"),
                ]
        )
        #expect(entry("two", plan) == [Candidate(endpoint: 2, upstreamName: "p-1")])
        #expect(entry("three", plan) == [Candidate(endpoint: 3, upstreamName: "unlisted")])
        #expect(plan.named.map(\.name) == ["x", "y", "one", "two", "three"])
    }

    @Test func `the list has the page's fields, and each range is one model's object`() throws {
        let gateway = Gateway.sample(
            [.sample("a", models: ["gpt-4", "modèle=m", "p-*"])],
            aliases: [Alias(name: "fast", targets: ["modèle"])]
        )
        let listing = ModelPlan(gateway).listing
        let page = #""object":"model","created":1705334400,"owned_by":"openai","permission":[],"#
        let objects = [
            #"{"id":"gpt-4",\#(page)"root":"gpt-4","parent":null}"#,
            #"{"id":"modèle",\#(page)"root":"modèle","parent":null}"#,
            #"{"id":"fast",\#(page)"root":"modèle","parent":null}"#,
        ]
        #expect(
            listing.text
                == #"{"object":"list","data":["# + "\n" + objects.joined(separator: ",\n") + "\n]}"
        )
        let bytes = Array(listing.text.utf8)
        #expect(listing.ranges.map { String(decoding: bytes[$0], as: UTF8.self) } == objects)
    }

    @Test func `a list without models is still a list`() {
        let listing = ModelPlan(.sample([.sample("a")])).listing
        #expect(listing.text == #"{"object":"list","data":["# + "\n]}")
        #expect(listing.ranges.isEmpty)
    }
}
