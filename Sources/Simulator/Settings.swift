/// What one simulator was started with.
struct Settings: Sendable {
    /// In `system_fingerprint` and in the response field `X-Simulator`.
    var name: String
    /// In the order of the model list; a final `*` takes every name that begins so.
    var models: [String]
    /// Between two chunks of a stream.
    var paceMilliseconds: Int
    /// What a client has to send as a bearer; nil: anything.
    var apiKey: String?
    /// Mixed into every answer: another seed, other words.
    var seed: Int

    static let standardModels = [
        "gpt-4o", "gpt-3.5-turbo", "gpt-3.5-turbo-instruct", "text-embedding-3-small", "dall-e-3",
        "whisper-1", "omni-moderation-latest",
    ]

    /// Whether `model` is served; every fault is.
    func serves(_ model: String) -> Bool {
        if Fault(model: model) != nil { return true }
        return models.contains { listed in
            listed.hasSuffix("*") ? model.hasPrefix(listed.dropLast()) : model == listed
        }
    }
}
