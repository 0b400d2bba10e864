import GatewayRuntime

/// What clients may call below a prefix.
let routes = [
    Route("/v1/models", .listModels),
    Route("/v1/chat/completions", .forwardJSON),
    Route("/v1/completions", .forwardJSON),
    Route("/v1/embeddings", .forwardJSON),
    Route("/v1/images/generations", .forwardJSON),
    Route("/v1/audio/transcriptions", .forwardForm),
    Route("/v1/audio/translations", .forwardForm),
    Route("/v1/moderations", .forwardJSON),
    Route("/v1/models/*", .showModel),
]

/// The index in `routes` of a path whose prefix has been cut off.
@Sendable func routeIndex(of path: borrowing Span<UInt8>) -> Int? {
    switch path {
    case "/v1/models": 0
    case "/v1/chat/completions": 1
    case "/v1/completions": 2
    case "/v1/embeddings": 3
    case "/v1/images/generations": 4
    case "/v1/audio/transcriptions": 5
    case "/v1/audio/translations": 6
    case "/v1/moderations": 7
    case _ where startsWith(path, "/v1/models/"): 8
    default: nil
    }
}
