/// Who may call the gateway; without one of their keys nobody may.
public struct Clients: Sendable {
    /// The code that asks for keys. It is in a folder of its own, together with the only way to
    /// make `Clients`, and packages of gateways that make none are emitted without it.
    let engine: ClientsEngine
}

/// One who may call.
public struct Client: Sendable {
    /// What logs and metrics call it.
    public let name: StaticString
    /// SHA-256 of each of its keys, 64 hexadecimal digits; 1 at least.
    public let keys: [StaticString]
    /// The models that it may name, whole or with a final `*`; empty: every one.
    public let models: [StaticString]
    /// The paths that it may call, likewise; empty: every one.
    public let routes: [StaticString]
    /// How often it may call; nil: as often as it likes.
    public let rateLimit: RateLimit?

    public init(
        _ name: StaticString, keys: [StaticString], models: [StaticString] = [],
        routes: [StaticString] = [], rateLimit: RateLimit? = nil
    ) {
        self.name = name
        self.keys = keys
        self.models = models
        self.routes = routes
        self.rateLimit = rateLimit
    }
}

/// What a worker calls where clients have keys.
struct ClientsEngine: Sendable {
    /// Whether a request, whose path without its prefix is the range of the input, comes from a
    /// client that may make it now; it is refused otherwise.
    let admit: @Sendable (inout Worker, Int, Range<Int>) -> Bool
    /// Whether its client may name the model that is noted.
    let allowsModel: @Sendable (borrowing Worker, Int) -> Bool
    /// What a request for a model is answered with that its client may not name.
    let modelRefusal: Refusal
    /// Writes the list of the models that its client may name to `suffix`.
    let writeModels: @Sendable (inout Worker, Int) -> Void
    /// The name of a client by its number.
    let name: @Sendable (Int) -> StaticString
    /// Writes the clients' metrics to `suffix`.
    let writeMetrics: @Sendable (inout Worker) -> Void
}
