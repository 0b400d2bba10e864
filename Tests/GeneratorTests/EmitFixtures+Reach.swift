@testable import Generator

/// Gateways whose endpoints are reached in all the ways that there are.
extension EmitTests {
    /// TLS on both sides: by the system's authorities, twice by one file's, unverified.
    static var secured: Gateway {
        var production = Endpoint.sample("openai-production", models: ["gpt-4o"])
        production.url = https("api.openai.com")
        production.tls = EndpointTLS(
            authorities: .system, serverName: "api.openai.com", minimumVersion: .tls12,
            identity: nil, verifies: true)
        var own = Endpoint.sample("private", models: ["llama3"])
        own.url = https("10.0.0.7", address: .ipv4("10.0.0.7", port: 8443))
        own.timeouts.tlsMilliseconds = 3_000
        own.tls = EndpointTLS(
            authorities: .pinned("private-ca.pem", .sample), serverName: "api.internal",
            minimumVersion: .tls13,
            identity: ClientIdentity(
                certificate: .file("/run/secrets/client.pem"),
                key: .environment("CLIENT_KEY", default: nil)),
            verifies: true)
        var sibling = own
        sibling.name = "sibling"
        sibling.tls?.authorities = .pinned("/etc/tls/copy.pem", .sample)
        sibling.tls?.identity = nil
        var lab = Endpoint.sample("lab", models: ["test"])
        lab.url = https("lab.internal")
        lab.tls = EndpointTLS(
            authorities: .system, serverName: "lab.internal", minimumVersion: .tls12,
            identity: nil, verifies: false)
        var gateway = Gateway.sample([production, own, sibling, lab])
        gateway.server.tls = ServerTLS(certificate: "/run/tls/tls.crt", key: "/run/tls/tls.key")
        return gateway
    }

    /// Proxies and HTTP/2; none of them is looked up or encrypted by the gateway itself.
    static var wide: Gateway {
        let proxy = ProxyURL(
            value: [
                .text("http://"), .environment("PROXY_USER", default: nil), .text(":"),
                .file("/run/secrets/proxy"), .text("@proxy.internal:3128"),
            ],
            shown: "http://proxy.internal:3128")
        let ways = [
            Egress(proxy: .url(proxy), version: .http1),
            Egress(proxy: .environment, version: .http2),
            Egress(proxy: .none, version: .http2),
        ]
        let endpoints = ways.enumerated().map { index, egress in
            var endpoint = Endpoint.sample("e\(index)", models: ["gpt-4o"])
            endpoint.url = https("api.example.com")
            endpoint.tls = EndpointTLS(
                authorities: .system, serverName: "api.example.com", minimumVersion: .tls12,
                identity: nil, verifies: true)
            endpoint.egress = egress
            return endpoint
        }
        return Gateway.sample(endpoints)
    }

    /// An alias of what the YAML lists and of what only discovery can know, and one of the latter.
    static var discovering: Gateway {
        var discovering = Endpoint.sample("ollama")
        discovering.models = .discovered
        discovering.url.pathPrefix = "/api"
        var gateway = Gateway.sample(
            [discovering, .sample("spare", models: ["gpt-4o"])],
            aliases: [
                Alias(name: "fast", targets: ["llama3", "gpt-4o"]),
                Alias(name: "local", targets: ["llama3"]),
            ],
            defaultModel: "llama3"
        )
        gateway.discovery = Discovery(intervalMilliseconds: 60_000, timeoutMilliseconds: 10_000)
        return gateway
    }

    /// Checks, one of them an endpoint's own, and all that requests lead to.
    static var failing: Gateway {
        var gateway = Gateway.sample([
            .sample("one", models: ["llama3"]), .sample("two", models: ["llama3"]),
        ])
        gateway.endpoints[0].url.pathPrefix = "/api"
        gateway.endpoints[0].healthCheck = HealthCheck(
            path: "/health?deep=1", intervalMilliseconds: 10_000, timeoutMilliseconds: 5_000,
            healthyAfter: 2, unhealthyAfter: 3, expected: [200, 204])
        gateway.health = Health(
            outlierDetection: OutlierDetection(
                consecutiveFailures: 5, failurePercent: 50, minimumRequests: 20,
                windowMilliseconds: 30_000, ejectionMilliseconds: 30_000, maximumPercent: 50),
            breaker: Breaker(
                failures: 0, failurePercent: 50, minimumRequests: 20,
                windowMilliseconds: 30_000, openMilliseconds: 30_000, trials: 3),
            slowStartMilliseconds: 30_000, panic: .any)
        return gateway
    }

    private static func https(
        _ host: String, address: EndpointURL.Address? = nil
    ) -> EndpointURL {
        EndpointURL(
            text: "https://\(host)",
            isSecure: true,
            address: address ?? .name(host, port: 443),
            hostField: address.map { "\(host):\($0.port ?? 0)" } ?? host,
            pathPrefix: ""
        )
    }
}

extension CertificateList {
    /// A root that vouches for nobody: its key was thrown away.
    static var sample: CertificateList {
        let pem = """
            -----BEGIN CERTIFICATE-----
            MIIBqTCCAU+gAwIBAgIUE8BYcxKvxVS/NvSykbpr3tCb6o0wCgYIKoZIzj0EAwIw
            KTEQMA4GA1UECgwHRXhhbXBsZTEVMBMGA1UEAwwMUHJpdmF0ZSBSb290MCAXDTI2
            MTEyMjIzMzYxOVoYDzIxMjYxMDI5MjMzNjE5WjApMRAwDgYDVQQKDAdFeGFtcGxl
            MRUwEwYDVQQDDAxQcml2YXRlIFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
            AASL+TGjXES8oZZZKz28QeQFoGJhwxK2/LWdhCKaupPgJ+hSDS40mYutoW9AnWaL
            hVZA98NnuLF4hnZkzCvNIuv4o1MwUTAdBgNVHQ4EFgQUgpgbcSB2rSc9NhDRLzIh
            Ds+2Y+gwHwYDVR0jBBgwFoAUgpgbcSB2rSc9NhDRLzIhDs+2Y+gwDwYDVR0TAQH/
            BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEA/AW5sUbic+ukLpgRplVyLZpE9Ty6
            5+bKpNeCLQzdvoUCIHveeB3y8KW16HN6nbchTUETkXMgvuJ7vXy/VBGBTFnS
            -----END CERTIFICATE-----
            """
        let subject = "CN=Private Root,O=Example"
        return CertificateList(certificates: [
            Certificate(subject: subject, pem: pem, isExpired: false)
        ])
    }
}
