/// Who may call, and what browsers are told.
extension Manifest {
    /// Digests are only counted: whoever reads the manifest has no use for them.
    static func client(_ client: Client) -> JSON {
        .object([
            ("name", .string(client.name)),
            ("keys", .integer(client.keyDigests.count)),
            ("models", client.models.isEmpty ? .null : .strings(client.models)),
            ("routes", client.routes.isEmpty ? .null : .strings(client.routes)),
            ("rate_limit", client.rateLimit.map(rateLimit) ?? .null),
        ])
    }

    static func crossOrigin(_ crossOrigin: CrossOrigin) -> JSON {
        .object([
            ("allowed_origins", .strings(crossOrigin.origins)),
            ("allowed_methods", .strings(crossOrigin.methods)),
            (
                "allowed_headers",
                .strings(crossOrigin.headers.isEmpty ? ["*"] : crossOrigin.headers)
            ),
            ("exposed_headers", .strings(crossOrigin.exposed)),
            ("allow_credentials", .bool(crossOrigin.sendsCredentials)),
            ("max_age_s", .integer(crossOrigin.maxAgeSeconds)),
        ])
    }
}
