import GatewayRuntime

/// Every model that clients may name, with the endpoints that serve it in the order of trial.
let models = ModelDirectory(
    [
        ModelEntry("llama3", at: [.aB, .classEndpoint.knownAs("llama3:8b")]),
        ModelEntry("q\"uote", at: [.classEndpoint]),
        ModelEntry("fast", at: [.aB.knownAs("llama3"), .classEndpoint.knownAs("llama3:8b")]),
        ModelEntry("qwen*", at: [.classEndpoint]),
        ModelEntry("*", at: [.aB2]),
    ],
    index: modelIndex,
    defaultModel: "fast",
    list: modelList,
    objectRanges: [
        26, 145,
        147, 268,
        270, 387,
    ]
)

/// The index of the entry that serves `name`.
@Sendable func modelIndex(of name: borrowing Span<UInt8>) -> Int? {
    switch name {
    case "llama3": 0
    case "q\"uote": 1
    case "fast": 2
    case _ where startsWith(name, "qwen"): 3
    default: 4
    }
}

/// The answer to `GET …/v1/models`.
private let modelList: StaticString = #"""
    {"object":"list","data":[
    {"id":"llama3","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"llama3","parent":null},
    {"id":"q\"uote","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"q\"uote","parent":null},
    {"id":"fast","object":"model","created":1705334400,"owned_by":"openai","permission":[],"root":"llama3","parent":null}
    ]}
    """#

/// The endpoints by name, each with its index in `endpoints`.
extension ModelEntry.Candidate {
    fileprivate static let classEndpoint = Self(0)
    fileprivate static let aB = Self(1)
    fileprivate static let aB2 = Self(2)

    /// The endpoint, which knows the model as `name`.
    fileprivate func knownAs(_ name: StaticString) -> Self {
        Self(endpoint, knownAs: name)
    }
}
