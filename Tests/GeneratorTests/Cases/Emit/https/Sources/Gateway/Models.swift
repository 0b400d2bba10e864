import GatewayRuntime

/// Every model that clients may name, with the endpoints that serve it in the order of trial.
let models = ModelDirectory(
    [
        ModelEntry("gpt-4o", at: [.openaiProduction]),
        ModelEntry("llama3", at: [.privateEndpoint, .sibling]),
        ModelEntry("test", at: [.lab]),
    ],
    index: modelIndex,
    list: modelList,
    objectRanges: [
        26, 145,
        147, 266,
        268, 383,
    ]
)

/// The index of the entry that serves `name`.
@Sendable func modelIndex(of name: borrowing Span<UInt8>) -> Int? {
    switch name {
    case "gpt-4o": 0
    case "llama3": 1
    case "test": 2
    default: nil
    }
}

/// The answer to `GET …/v1/models`.
private let modelList: StaticString = """
    {"object":"list","data":[
    {"id":"gpt-4o","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"gpt-4o","parent":null},
    {"id":"llama3","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"llama3","parent":null},
    {"id":"test","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"test","parent":null}
    ]}
    """

/// The endpoints by name, each with its index in `endpoints`.
extension ModelEntry.Candidate {
    fileprivate static let openaiProduction = Self(0)
    fileprivate static let privateEndpoint = Self(1)
    fileprivate static let sibling = Self(2)
    fileprivate static let lab = Self(3)
}
