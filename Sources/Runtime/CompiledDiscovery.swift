/// How endpoints that discover their models are asked for them.
public struct Discovery: Sendable {
    /// Between two questions to an endpoint; 1,000 or more.
    public let intervalMilliseconds: Int
    /// Until an endpoint has answered.
    public let timeoutMilliseconds: Int
    /// Every alias: what it stands for may be found at run time. One that nothing in the YAML
    /// serves is in here alone, and no entry of the model directory.
    public let aliases: [DiscoveredAlias]

    public init(
        intervalMilliseconds: Int,
        timeoutMilliseconds: Int,
        aliases: [DiscoveredAlias] = []
    ) {
        self.intervalMilliseconds = intervalMilliseconds
        self.timeoutMilliseconds = timeoutMilliseconds
        self.aliases = aliases
    }
}

/// A name that clients may use for models which only discovery can know.
public struct DiscoveredAlias: Sendable {
    /// As clients say it.
    public let name: StaticString
    /// Models in the order of preference: an endpoint is asked for the first that it has.
    public let targets: [StaticString]

    public init(_ name: StaticString, _ targets: StaticString...) {
        self.name = name
        self.targets = targets
    }
}
