/// `POST /v1/moderations`.
struct Moderations {
    private let call: Call
    private let inputs: [String]

    init(_ call: Call) throws(OpenAIError) {
        self.call = call
        guard let input = call.body["input"] else { throw .missing("input") }
        inputs = input.strings ?? (input.array ?? []).compactMap { $0["text"]?.string }
    }

    var answer: Answer {
        var words = call.words(0)
        return Answer([
            "id": .string(words.identifier("modr-")),
            "model": .string(call.model),
            "results": .array(inputs.map(Self.result)),
        ])
    }

    /// A category, and words that a text of it has.
    private static let categories: [(name: String, words: Set<Substring>)] = [
        ("harassment", ["stupid", "loser"]),
        ("harassment/threatening", []),
        ("hate", ["hate"]),
        ("hate/threatening", []),
        ("illicit", ["drugs"]),
        ("illicit/violent", []),
        ("self-harm", []),
        ("self-harm/intent", []),
        ("self-harm/instructions", []),
        ("sexual", []),
        ("sexual/minors", []),
        ("violence", ["kill", "attack", "murder"]),
        ("violence/graphic", []),
    ]

    private static func result(for input: String) -> JSON {
        let words = Set(input.lowercased().split { !$0.isLetter })
        let flags = categories.map { ($0.name, !$0.words.isDisjoint(with: words)) }
        return [
            "flagged": .bool(flags.contains { $0.1 }),
            "categories": .object(flags.map { .init(name: $0.0, value: .bool($0.1)) }),
            "category_scores": .object(
                flags.map { .init(name: $0.0, value: .double($0.1 ? 0.9375 : 0.0625)) }
            ),
            "category_applied_input_types": .object(
                flags.map { .init(name: $0.0, value: $0.1 ? ["text"] : []) }
            ),
        ]
    }
}
