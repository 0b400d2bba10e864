/// The last arguments of an endpoint in `Endpoints.swift`: only what it asks for.
extension EmittedPackage {
    /// Its rate limit, TLS, the wide transport, discovery, its health check.
    static func reach(_ plan: EndpointPlan, in gateway: Plan) -> [Expression] {
        let endpoint = plan.endpoint
        let parts: [Expression?] = [
            endpoint.rateLimit.map { rateLimit("rateLimit: ", $0) },
            endpoint.weight == 1 ? nil : .text("weight: \(endpoint.weight)"),
            endpoint.tls.map { profile($0, in: gateway) },
            endpoint.egress.map { profile($0, origin: endpoint.url.origin) },
            plan.discovery.map { .text("discovery: \(SwiftText.literal($0))") },
            healthCheck(plan),
        ]
        return parts.compactMap(\.self)
    }

    static func rateLimit(_ label: String, _ limit: RateLimit) -> Expression {
        .call(
            "\(label)RateLimit",
            [
                .text("requestsPerMinute: \(SwiftText.number(limit.requestsPerMinute))"),
                .text("burst: \(SwiftText.number(limit.burst))"),
            ])
    }

    private static func profile(_ tls: EndpointTLS, in gateway: Plan) -> Expression {
        let version =
            switch tls.minimumVersion {
            case .tls12: ".tls12"
            case .tls13: ".tls13"
            }
        let authorities = gateway.authorities(of: tls).map { ".pinned(\($0))" } ?? ".system"
        return .rows(
            "tls: TLSProfile",
            [
                .text("authorities: \(authorities)"),
                .text("serverName: \(SwiftText.literal(tls.serverName))"),
                .text("minimumVersion: \(version)"),
                reference("certificate", tls.identity?.certificate),
                reference("key", tls.identity?.key),
                .text("verifies: \(tls.verifies)"),
            ])
    }

    private static func reference(_ label: String, _ value: ValuePart?) -> Expression {
        guard let value else { return .text("\(label): nil") }
        return .array(label: "\(label): ", [part(value)])
    }

    private static func profile(_ egress: Egress, origin: String) -> Expression {
        let proxy: Expression =
            switch egress.proxy {
            case .none: .text("proxy: .none")
            case .environment: .text("proxy: .environment")
            case .url(let url): .call("proxy: .url", [.array(url.value.map(part))])
            }
        let version =
            switch egress.version {
            case .http1: ".http1"
            case .http2: ".http2"
            }
        return .rows(
            "wide: WideProfile",
            [
                .text("origin: \(SwiftText.literal(origin))"),
                proxy,
                .text("version: \(version)"),
            ])
    }
}
