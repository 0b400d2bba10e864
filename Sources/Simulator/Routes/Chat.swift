/// `POST /v1/chat/completions`.
struct Chat {
    /// What one choice says.
    fileprivate enum Content {
        case text(String, finishReason: String)
        case toolCall(name: String, arguments: String)
        case functionCall(name: String, arguments: String)
    }

    private let call: Call
    private let messages: [JSON]
    private let contents: [Content]

    init(_ call: Call) throws(OpenAIError) {
        self.call = call
        guard let messages = call.body["messages"]?.array else { throw .missing("messages") }
        guard !messages.isEmpty else {
            throw .invalid(
                "Invalid 'messages': empty array.",
                parameter: "messages",
                code: "empty_array"
            )
        }
        _ = try call.number("temperature", in: 0...2)
        _ = try call.number("top_p", in: 0...1)
        self.messages = messages
        var contents: [Content] = []
        for index in 0..<(try call.choiceCount()) {
            contents.append(try Self.content(of: call, messages: messages, index: index))
        }
        self.contents = contents
    }

    var answer: Answer {
        guard call.streams else { return Answer(completion) }
        return Answer(events: events)
    }

    /// The text of a message, whose content is a string or a list of parts.
    private static func text(of message: JSON) -> String {
        if let text = message["content"]?.string { return text }
        return (message["content"]?.array ?? [])
            .compactMap { $0["text"]?.string }
            .joined(separator: " ")
    }

    private static func content(
        of call: Call,
        messages: [JSON],
        index: Int
    ) throws(OpenAIError) -> Content {
        let asked = text(of: messages.last { $0["role"]?.string == "user" } ?? nil)
        let isResult = ["tool", "function"].contains(messages.last?["role"]?.string)
        if !isResult, let tool = ToolChoice(call.body) {
            let arguments = Example(words: asked).value(for: tool.parameters).text
            return tool.isLegacy
                ? .functionCall(name: tool.name, arguments: arguments)
                : .toolCall(name: tool.name, arguments: arguments)
        }
        let format = call.body["response_format"]
        switch format?["type"]?.string {
        case "json_object":
            let words = call.text(echoing: asked, index: index)
            return .text(
                JSON.object([.init(name: "answer", value: .string(words))]).text,
                finishReason: "stop"
            )
        case "json_schema":
            let schema = format?["json_schema"]?["schema"] ?? nil
            return .text(Example(words: asked).value(for: schema).text, finishReason: "stop")
        default:
            let limited = try call.limit(call.text(echoing: asked, index: index))
            return .text(limited.text, finishReason: limited.finishReason)
        }
    }
}

extension Chat {
    private var usage: JSON {
        let prompt = messages.reduce(0) { $0 + Self.text(of: $1).tokenCount + 4 }
        let completion = contents.reduce(0) { sum, content in
            switch content {
            case .text(let text, _): sum + text.tokenCount
            case .toolCall(_, let text), .functionCall(_, let text): sum + text.tokenCount + 4
            }
        }
        return Call.usage(prompt: prompt, completion: completion)
    }

    /// The members that a completion and every chunk begin with.
    private func envelope(object: String) -> [JSON.Member] {
        var words = call.words(0)
        return [
            .init(name: "id", value: .string(words.identifier("chatcmpl-"))),
            .init(name: "object", value: .string(object)),
            .init(name: "created", value: .int(Call.created)),
            .init(name: "model", value: .string(call.model)),
            .init(name: "system_fingerprint", value: .string("fp_\(call.settings.name)")),
        ]
    }

    private func callIdentifier(_ index: Int) -> JSON {
        var words = call.words(index)
        return .string(words.identifier("call_"))
    }

    private var completion: JSON {
        let choices = contents.enumerated().map { index, content in
            choice(index, named: "message", message(content, index), content.finishReason)
        }
        return .object(
            envelope(object: "chat.completion") + [
                .init(name: "choices", value: .array(choices)),
                .init(name: "usage", value: usage),
            ]
        )
    }

    private func choice(
        _ index: Int,
        named name: String,
        _ value: JSON,
        _ finishReason: String?
    ) -> JSON {
        .object([
            .init(name: "index", value: .int(index)),
            .init(name: name, value: value),
            .init(name: "logprobs", value: nil),
            .init(name: "finish_reason", value: finishReason.map(JSON.string) ?? nil),
        ])
    }

    private func message(_ content: Content, _ index: Int) -> JSON {
        switch content {
        case .text(let text, _):
            ["role": "assistant", "content": .string(text)]
        case .functionCall(let name, let arguments):
            [
                "role": "assistant", "content": nil,
                "function_call": ["name": .string(name), "arguments": .string(arguments)],
            ]
        case .toolCall(let name, let arguments):
            [
                "role": "assistant", "content": nil,
                "tool_calls": [
                    [
                        "id": callIdentifier(index), "type": "function",
                        "function": ["name": .string(name), "arguments": .string(arguments)],
                    ]
                ],
            ]
        }
    }
}

extension Chat {
    /// All chunks: those of the choices in turn, then the usage where it is wanted.
    private var events: [JSON] {
        let deltas = contents.enumerated().map { index, content in
            self.deltas(of: content, index).map { choice(index, named: "delta", $0, nil) }
                + [choice(index, named: "delta", [:], content.finishReason)]
        }
        let longest = deltas.map(\.count).max() ?? 0
        var chunks: [JSON] = []
        for position in 0..<longest {
            for choices in deltas where position < choices.count {
                chunks.append(chunk([choices[position]], usage: nil))
            }
        }
        if call.wantsStreamedUsage { chunks.append(chunk([], usage: usage)) }
        return chunks
    }

    private func chunk(_ choices: [JSON], usage: JSON) -> JSON {
        let ending = JSON.Member(name: "usage", value: usage)
        return .object(
            envelope(object: "chat.completion.chunk")
                + [.init(name: "choices", value: .array(choices))]
                + (call.wantsStreamedUsage ? [ending] : [])
        )
    }

    private func deltas(of content: Content, _ index: Int) -> [JSON] {
        switch content {
        case .text(let text, _):
            return [["role": "assistant", "content": ""]]
                + call.streamPieces(of: text).map { ["content": .string($0)] }
        case .functionCall(let name, let arguments):
            let head: JSON = [
                "role": "assistant", "content": nil,
                "function_call": ["name": .string(name), "arguments": ""],
            ]
            return [head]
                + arguments.slices(of: 8).map { ["function_call": ["arguments": .string($0)]] }
        case .toolCall(let name, let arguments):
            let head: JSON = [
                "index": 0, "id": callIdentifier(index), "type": "function",
                "function": ["name": .string(name), "arguments": ""],
            ]
            return [["role": "assistant", "content": nil, "tool_calls": [head]]]
                + arguments.slices(of: 8).map { piece in
                    [
                        "tool_calls": [
                            ["index": 0, "function": ["arguments": .string(piece)]]
                        ]
                    ]
                }
        }
    }
}

extension Chat.Content {
    fileprivate var finishReason: String {
        switch self {
        case .text(_, let finishReason): finishReason
        case .toolCall: "tool_calls"
        case .functionCall: "function_call"
        }
    }
}
