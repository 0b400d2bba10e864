/// `POST /v1/completions`.
struct Completions {
    private let call: Call
    private let prompts: [String]
    private let texts: [(text: String, finishReason: String)]

    init(_ call: Call) throws(OpenAIError) {
        self.call = call
        guard let prompt = call.body["prompt"] else { throw .missing("prompt") }
        prompts = prompt.strings ?? [prompt.text]
        _ = try call.number("temperature", in: 0...2)
        let choiceCount = try call.choiceCount()
        var texts: [(text: String, finishReason: String)] = []
        for prompt in prompts {
            for _ in 0..<choiceCount {
                let text = call.text(echoing: prompt, index: texts.count)
                let limited = try call.limit(text)
                let echo = call.body["echo"]?.bool == true ? prompt : ""
                texts.append((echo + limited.text, limited.finishReason))
            }
        }
        self.texts = texts
    }

    var answer: Answer {
        call.streams ? Answer(events: events) : Answer(completion)
    }

    private var usage: JSON {
        Call.usage(
            prompt: prompts.reduce(0) { $0 + $1.tokenCount },
            completion: texts.reduce(0) { $0 + $1.text.tokenCount }
        )
    }

    private func envelope(choices: [JSON]) -> [JSON.Member] {
        var words = call.words(0)
        return [
            .init(name: "id", value: .string(words.identifier("cmpl-"))),
            .init(name: "object", value: "text_completion"),
            .init(name: "created", value: .int(Call.created)),
            .init(name: "model", value: .string(call.model)),
            .init(name: "system_fingerprint", value: .string("fp_\(call.settings.name)")),
            .init(name: "choices", value: .array(choices)),
        ]
    }

    private func choice(_ text: String, _ index: Int, finishReason: String?) -> JSON {
        [
            "text": .string(text),
            "index": .int(index),
            "logprobs": nil,
            "finish_reason": finishReason.map(JSON.string) ?? nil,
        ]
    }

    private var completion: JSON {
        let choices = texts.enumerated().map { index, limited in
            choice(limited.text, index, finishReason: limited.finishReason)
        }
        return .object(envelope(choices: choices) + [.init(name: "usage", value: usage)])
    }

    private var events: [JSON] {
        var chunks: [JSON] = []
        for (index, limited) in texts.enumerated() {
            for piece in call.streamPieces(of: limited.text) {
                chunks.append(.object(envelope(choices: [choice(piece, index, finishReason: nil)])))
            }
            let last = choice("", index, finishReason: limited.finishReason)
            chunks.append(.object(envelope(choices: [last])))
        }
        if call.wantsStreamedUsage {
            chunks.append(.object(envelope(choices: []) + [.init(name: "usage", value: usage)]))
        }
        return chunks
    }
}

extension Call {
    /// A text as a stream brings it: word by word, or 1,024 characters at a time where it is big.
    func streamPieces(of text: String) -> [String] {
        guard case .big = fault else { return text.pieces }
        return text.slices(of: 1024)
    }
}

extension String {
    /// The text in slices of `count` characters, the last one shorter.
    func slices(of count: Int) -> [String] {
        var slices: [String] = []
        var rest = Substring(self)
        while !rest.isEmpty {
            slices.append(String(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return slices
    }
}
