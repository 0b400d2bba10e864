/// An endpoint with its name in Swift.
struct EndpointPlan: Equatable {
    var endpoint: Endpoint
    var identifier: String
    /// Whether a client's credentials may reach it: it has none of its own, and they are not keys
    /// of the gateway.
    var forwardsCredentials: Bool
    /// The path of its model list, where it is asked for it at run time.
    var discovery: String?

    static func all(
        of gateway: Gateway, _ identifiers: inout Identifiers
    ) -> [EndpointPlan] {
        gateway.endpoints.map { endpoint in
            EndpointPlan(
                endpoint: endpoint,
                identifier: identifiers.make(for: endpoint.name),
                forwardsCredentials: gateway.clients.isEmpty
                    && !endpoint.headers.contains(where: \.isCredential),
                discovery: endpoint.models == .discovered
                    ? endpoint.url.pathPrefix + "/v1/models" : nil
            )
        }
    }
}

extension EndpointURL {
    /// The url of a route's `path` at the endpoint, as it is called; nothing secret is in it.
    ///
    /// `http://host/openai/v1/models`; of a socket `unix:/run/llm.sock:/openai/v1/models`.
    func upstream(_ path: String) -> String {
        if case .unix(let socket) = address { return "unix:\(socket):\(pathPrefix)\(path)" }
        return "\(origin)\(pathPrefix)\(path)"
    }

    /// Scheme, host and port: `https://api.example.com:8443`.
    var origin: String { "\(isSecure ? "https" : "http")://\(hostField)" }

    /// Where the paths of routes are appended.
    var base: String {
        if case .unix(let socket) = address, pathPrefix.isEmpty { return "unix:\(socket)" }
        return upstream("")
    }
}
