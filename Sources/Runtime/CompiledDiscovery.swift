/// How endpoints that discover their models are asked for them.
public struct Discovery: Sendable {
    /// Between two questions to an endpoint; 1,000 or more.
    public let intervalMilliseconds: Int
    /// Until an endpoint has answered.
    public let timeoutMilliseconds: Int
    /// Every alias: what it stands for may be found at run time. One that nothing in the YAML
    /// serves is in here alone, and no entry of the model directory.
    public let aliases: [DiscoveredAlias]
    /// The code that does it. It is in folders of its own, together with the only way to make a
    /// `Discovery`, and packages of gateways that make none are emitted without them.
    let engine: DiscoveryEngine
}

/// A name that clients may use for models which only discovery can know.
public struct DiscoveredAlias: Sendable {
    /// What clients say.
    public let name: StaticString
    /// Models in the order of preference: an endpoint is asked for the first that it has.
    public let targets: [StaticString]

    public init(_ name: StaticString, _ targets: StaticString...) {
        self.name = name
        self.targets = targets
    }
}

/// What a worker calls where a gateway discovers models.
struct DiscoveryEngine: Sendable {
    /// Moves the first worker's probes on.
    let probe: ProbeHandler
    /// Takes over the directory that was published last.
    let adopt: @Sendable (inout Worker) -> Void
}
