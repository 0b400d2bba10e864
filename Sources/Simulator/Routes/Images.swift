/// `POST /v1/images/generations`.
struct Images {
    private let call: Call
    private let prompt: String
    private let count: Int

    init(_ call: Call) throws(OpenAIError) {
        self.call = call
        guard let prompt = call.body["prompt"]?.string else { throw .missing("prompt") }
        self.prompt = prompt
        count = try call.number("n", in: 1...10).map { Int($0) } ?? 1
    }

    var answer: Answer {
        let isBase64 = call.body["response_format"]?.string == "b64_json"
        let data: [JSON] = (0..<count).map { index in
            var words = call.words(index)
            let url = "https://images.example.com/\(words.identifier("img-")).png"
            return .object([
                isBase64
                    ? .init(name: "b64_json", value: .string(Self.pixel))
                    : .init(name: "url", value: .string(url)),
                .init(name: "revised_prompt", value: .string("\(prompt), finely drawn")),
            ])
        }
        return Answer(["created": .int(Call.created), "data": .array(data)])
    }

    /// A PNG of one grey pixel.
    private static let pixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5E"
        + "rkJggg=="
}
