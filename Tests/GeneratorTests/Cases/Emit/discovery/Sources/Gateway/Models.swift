import GatewayRuntime

/// Every model that clients may name, with the endpoints that serve it in the order of trial.
let models = ModelDirectory(
    [
        ModelEntry("gpt-4o", at: [.spare]),
        ModelEntry("fast", at: [.spare.knownAs("gpt-4o")]),
    ],
    index: modelIndex,
    defaultModel: "llama3",
    list: modelList,
    objectRanges: [
        26, 145,
        147, 266,
    ]
)

/// The index of the entry that serves `name`.
@Sendable func modelIndex(of name: borrowing Span<UInt8>) -> Int? {
    switch name {
    case "gpt-4o": 0
    case "fast": 1
    default: nil
    }
}

/// The answer to `GET …/v1/models`.
private let modelList: StaticString = """
    {"object":"list","data":[
    {"id":"gpt-4o","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"gpt-4o","parent":null},
    {"id":"fast","object":"model","created":0,"owned_by":"openai-compatible","permission":[],"root":"llama3","parent":null}
    ]}
    """

/// The endpoints by name, each with its index in `endpoints`.
extension ModelEntry.Candidate {
    fileprivate static let ollama = Self(0)
    fileprivate static let spare = Self(1)

    /// The endpoint, which knows the model as `name`.
    fileprivate func knownAs(_ name: StaticString) -> Self {
        Self(endpoint, knownAs: name)
    }
}
