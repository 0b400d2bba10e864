import GatewayRuntime

/// Every model that clients may name, with the endpoints that serve it in the order of trial.
let models = ModelDirectory(
    [
        ModelEntry("gpt-4o", at: [.e0, .e1, .e2])
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
    case "gpt-4o": 0
    default: nil
    }
}

/// The answer to `GET …/v1/models`.
private let modelList: StaticString = """
    {"object":"list","data":[
    {"id":"gpt-4o","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"gpt-4o","parent":null}
    ]}
    """

/// The endpoints by name, each with its index in `endpoints`.
extension ModelEntry.Candidate {
    fileprivate static let e0 = Self(0)
    fileprivate static let e1 = Self(1)
    fileprivate static let e2 = Self(2)
}
