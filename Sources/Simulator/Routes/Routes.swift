/// The eight routes: a request in, an answer out, no input or output of their own.
struct Routes: Sendable {
    let settings: Settings

    /// What a route said, and how it is to be delivered.
    struct Reply: Sendable {
        var answer: Answer
        var fault: Fault?
    }

    /// Answers any request; a refusal is an answer as well.
    func reply(to request: Request) -> Reply {
        do throws(OpenAIError) {
            try authenticate(request)
            return try route(request)
        } catch {
            return Reply(answer: error.answer, fault: nil)
        }
    }

    private func authenticate(_ request: Request) throws(OpenAIError) {
        guard let key = settings.apiKey else { return }
        guard request.fields["authorization"] == "Bearer \(key)" else {
            throw .demanded(status: 401)
        }
    }

    private func route(_ request: Request) throws(OpenAIError) -> Reply {
        let path = request.path
        if path == "/v1/models" || path.hasPrefix("/v1/models/") {
            guard ["GET", "HEAD"].contains(request.method) else {
                throw .wrongMethod(request, allowed: "GET, HEAD")
            }
            let model = path.dropFirst("/v1/models/".count)
            return Reply(answer: model.isEmpty ? listModels() : try showModel(String(model)))
        }
        guard let handler = Self.handlers[path] else { throw .unknownPath(request) }
        guard request.method == "POST" else { throw .wrongMethod(request, allowed: "POST") }
        let call = try Call(request, settings: settings)
        if let answer = Self.replacement(for: call.fault) {
            return Reply(answer: answer, fault: call.fault)
        }
        var answer = try handler(call)
        if case .streamError(let count) = call.fault { answer = answer.failing(after: count) }
        return Reply(answer: answer, fault: call.fault)
    }

    private static let handlers: [String: @Sendable (Call) throws(OpenAIError) -> Answer] = [
        "/v1/chat/completions": { call throws(OpenAIError) in try Chat(call).answer },
        "/v1/completions": { call throws(OpenAIError) in try Completions(call).answer },
        "/v1/embeddings": { call throws(OpenAIError) in try Embeddings(call).answer },
        "/v1/images/generations": { call throws(OpenAIError) in try Images(call).answer },
        "/v1/audio/transcriptions": { call throws(OpenAIError) in
            try Audio(call, task: "transcribe").answer
        },
        "/v1/audio/translations": { call throws(OpenAIError) in
            try Audio(call, task: "translate").answer
        },
        "/v1/moderations": { call throws(OpenAIError) in try Moderations(call).answer },
    ]

    /// The answer of a fault that needs no route.
    private static func replacement(for fault: Fault?) -> Answer? {
        switch fault {
        case .status(let status):
            OpenAIError.demanded(status: status).answer
        case .noContent:
            Answer(status: 204, type: "application/json", bytes: [])
        case .htmlError:
            Answer(
                status: 500,
                type: "text/html; charset=utf-8",
                bytes: Array("<!doctype html><title>500</title><h1>It broke</h1>\n".utf8)
            )
        case .arrayError:
            Answer(status: 400, [["error": ["message": "an error in an array"]]])
        default: nil
        }
    }

    private func listModels() -> Answer {
        let models = settings.models.filter { !$0.hasSuffix("*") }
        return Answer(["object": "list", "data": .array(models.map(Self.json))])
    }

    private func showModel(_ model: String) throws(OpenAIError) -> Answer {
        guard settings.serves(model) else { throw .unknownModel(model) }
        return Answer(Self.json(of: model))
    }

    private static func json(of model: String) -> JSON {
        [
            "id": .string(model),
            "object": "model",
            "created": .int(Call.created),
            "owned_by": "simulator",
            "permission": [],
            "root": .string(model),
            "parent": nil,
        ]
    }
}

extension Answer {
    /// A stream that reports an error after `count` events and has no `[DONE]`; 500 for others.
    fileprivate func failing(after count: Int) -> Answer {
        let error = OpenAIError.demanded(status: 500)
        guard case .events(let events) = body else { return error.answer }
        var copy = self
        copy.body = .events(events.prefix(count) + [Answer.event(error.json)])
        return copy
    }
}
