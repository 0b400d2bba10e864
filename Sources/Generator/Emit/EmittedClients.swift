/// The arguments of `CompiledGateway` that say who may call.
extension EmittedPackage {
    static func clients(_ clients: [Client]) -> Expression {
        .call("clients: Clients", [.column(label: "", clients.map(client))])
    }

    private static func client(_ client: Client) -> Expression {
        var parts: [Expression] = [
            .text(SwiftText.literal(client.name)),
            texts("keys: ", client.keyDigests),
        ]
        if !client.models.isEmpty { parts.append(texts("models: ", client.models)) }
        if !client.routes.isEmpty { parts.append(texts("routes: ", client.routes)) }
        if let limit = client.rateLimit { parts.append(rateLimit("rateLimit: ", limit)) }
        return .call("Client", parts)
    }

    static func crossOrigin(_ crossOrigin: CrossOrigin) -> Expression {
        .rows(
            "crossOrigin: CrossOrigin",
            [
                texts("origins: ", crossOrigin.origins),
                texts("methods: ", crossOrigin.methods),
                texts("headers: ", crossOrigin.headers),
                texts("exposed: ", crossOrigin.exposed),
                .text("sendsCredentials: \(crossOrigin.sendsCredentials)"),
                .text("maxAgeSeconds: \(SwiftText.number(crossOrigin.maxAgeSeconds))"),
            ])
    }

    private static func texts(_ label: String, _ texts: [String]) -> Expression {
        .array(label: label, texts.map { .text(SwiftText.literal($0)) })
    }
}
