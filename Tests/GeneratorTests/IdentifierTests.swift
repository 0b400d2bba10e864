import Testing

@testable import Generator

struct IdentifierTests {
    private func identifiers(_ names: [String]) -> [String] {
        var identifiers = Identifiers()
        return names.map { identifiers.make(for: $0) }
    }

    @Test(arguments: [
        ("openai-production", "openaiProduction"), ("local", "local"), ("OpenAI", "openAI"),
        ("GPU-1", "gpu1"), ("a_b.c", "aBC"), ("123", "endpoint123"), ("--", "endpoint"),
        ("class", "classEndpoint"), ("self", "selfEndpoint"), ("endpoints", "endpointsEndpoint"),
    ])
    func `a name becomes a Swift identifier`(name: String, identifier: String) {
        #expect(identifiers([name]) == [identifier])
    }

    @Test func `names that differ in their marks alone get different identifiers`() {
        #expect(
            identifiers(["a-b", "a.b", "aB2", "aB", "aB"]) == ["aB", "aB2", "aB22", "aB3", "aB4"])
    }

    @Test func `every identifier is unique and no word of Swift`() {
        let names = [
            "init", "Type", "default", "in", "1", "1a", "-1", "a", "A", "a-", "_a", "repeat",
        ]
        let made = identifiers(names)
        #expect(Set(made).count == names.count)
        #expect(made.allSatisfy { $0.first?.isLowercase == true })
        #expect(Set(made).isDisjoint(with: ["init", "default", "in", "repeat"]))
    }
}
