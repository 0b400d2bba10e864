import GatewayRuntime

/// Every model that clients may name, with the endpoints that serve it in the order of trial.
let models = ModelDirectory(
    [
        ModelEntry("llama3", at: [.one, .two])
    ],
    index: modelIndex,
    list: modelList,
    objectRanges: [
        26, 145,
    ]
)

/// The index of the entry that serves `name`.
@Sendable func modelIndex(of name: borrowing Span<UInt8>) -> Int? {
    switch name {
    case "llama3": 0
    default: nil
    }
}

/// The answer to `GET …/v1/models`.
private let modelList: StaticString = """
    {"object":"list","data":[
    {"id":"llama3","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"llama3","parent":null}
    ]}
    """

/// The endpoints by name, each with its index in `endpoints`.
extension ModelEntry.Candidate {
    fileprivate static let one = Self(0)
    fileprivate static let two = Self(1)
}
