import GatewayRuntime

/// Every model that clients may name, with the endpoints that serve it in the order of trial.
let models = ModelDirectory(
    [
        ModelEntry("llama3", at: [.local]),
        ModelEntry("gpt-4o", at: [.local]),
    ],
    index: modelIndex,
    list: modelList,
    objectRanges: [
        26, 145,
        147, 266,
    ]
)

/// The index of the entry that serves `name`.
@Sendable func modelIndex(of name: borrowing Span<UInt8>) -> Int? {
    switch name {
    case "llama3": 0
    case "gpt-4o": 1
    default: nil
    }
}

/// The answer to `GET …/v1/models`.
private let modelList: StaticString = """
    {"object":"list","data":[
    {"id":"llama3","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"llama3","parent":null},
    {"id":"gpt-4o","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"gpt-4o","parent":null}
    ]}
    """

/// The endpoints by name, each with its index in `endpoints`.
extension ModelEntry.Candidate {
    fileprivate static let local = Self(0)
}
