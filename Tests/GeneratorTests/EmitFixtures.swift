@testable import Generator

extension Gateway {
    /// A gateway with every default and the given parts.
    static func sample(
        _ endpoints: [Endpoint],
        aliases: [Alias] = [],
        defaultModel: String? = nil
    ) -> Gateway {
        Gateway(
            server: Server(
                host: "0.0.0.0",
                port: 40114,
                workers: 0,
                maxConnections: 65_536,
                trustedProxies: [],
                adminNetworks: [],
                adminListener: nil,
                tls: nil
            ),
            limits: Limits(
                headByteLimit: 65_536,
                fieldCountLimit: 128,
                targetByteLimit: 8_192,
                bodyByteLimit: 104_857_600,
                repeatableByteLimit: 1_048_576,
                heldByteLimit: 33_554_432
            ),
            timeouts: ClientTimeouts(
                clientHeaderMilliseconds: 10_000,
                clientBodyMilliseconds: 30_000,
                keepAliveMilliseconds: 75_000,
                upstreamIdleMilliseconds: 60_000
            ),
            retry: Retry(attempts: 0, statuses: [429, 502, 503, 504]),
            drain: Drain(lagMilliseconds: 0, timeoutMilliseconds: 300_000),
            discovery: nil,
            accessLog: .json,
            extraRoutes: [],
            passthrough: false,
            endpoints: endpoints,
            aliases: aliases,
            defaultModel: defaultModel
        )
    }
}

extension Endpoint {
    /// An endpoint on this machine; `models` empty: it has no list.
    static func sample(
        _ name: String,
        priority: Int = 100,
        address: EndpointURL.Address = .ipv4("127.0.0.1", port: 8000),
        headers: [Header] = [],
        models: [ServedModel] = []
    ) -> Endpoint {
        let host =
            switch address {
            case .ipv4(let host, let port): "\(host):\(port)"
            case .ipv6(let host, let port): "[\(host)]:\(port)"
            case .name(let host, _): host
            case .unix: "localhost"
            }
        return Endpoint(
            name: name,
            type: .openAICompatible,
            url: EndpointURL(
                text: "http://\(host)/v1",
                isSecure: false,
                address: address,
                hostField: host,
                pathPrefix: ""
            ),
            priority: priority,
            models: models.isEmpty ? .anything : .listed(models),
            headers: headers,
            timeouts: EndpointTimeouts(
                connectMilliseconds: 5_000,
                tlsMilliseconds: 10_000,
                responseHeaderMilliseconds: 600_000,
                streamIdleMilliseconds: 300_000
            ),
            tls: nil,
            egress: nil,
            line: 3
        )
    }
}

extension ServedModel: ExpressibleByStringLiteral {
    /// `"fast=llama3:8b"`: the client's name, then the endpoint's.
    public init(stringLiteral text: String) {
        let names = text.split(separator: "=", maxSplits: 1).map(String.init)
        self.init(
            name: names[0],
            upstreamName: names.count > 1 ? names[1] : nil,
            created: 1_705_334_400,
            ownedBy: "openai"
        )
    }
}

extension Plan {
    static func sample(_ gateway: Gateway) -> Plan {
        Plan(gateway, file: "gateway.yaml", digest: "sha256:" + String(repeating: "0", count: 64))
    }
}

extension EndpointTLS {
    /// Everything left to its default.
    static var sample: EndpointTLS {
        EndpointTLS(
            authorities: .system,
            serverName: "h",
            minimumVersion: .tls12,
            identity: nil,
            verifies: true
        )
    }
}
