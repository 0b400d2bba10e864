import Testing

@testable import Generator

/// From YAML to the model.
@Suite struct GatewayReadingTests {
    /// The gateway of a YAML that has no mistakes.
    private func gateway(_ yaml: String) throws -> Gateway {
        let reading = Gateway.read(Array(yaml.utf8), file: "gateway.yaml")
        #expect(reading.diagnostics == [])
        return try #require(reading.gateway)
    }

    @Test func `the shortest YAML has every default`() throws {
        let gateway = try gateway("endpoints: [{name: local, url: 'http://127.0.0.1:11434'}]")
        let endpoint = Endpoint(
            name: "local", type: .openAICompatible,
            url: EndpointURL(
                text: "http://127.0.0.1:11434", isSecure: false,
                address: .ipv4("127.0.0.1", port: 11_434), hostField: "127.0.0.1:11434",
                pathPrefix: ""),
            priority: 100, models: .anything, headers: [],
            timeouts: EndpointTimeouts(
                connectMilliseconds: 5_000, tlsMilliseconds: 10_000,
                responseHeaderMilliseconds: 600_000, streamIdleMilliseconds: 300_000),
            rateLimit: RateLimit(requestsPerMinute: 200, burst: 50), line: 1)
        let expected = Gateway(
            server: Server(
                host: "127.0.0.1", port: 40_114, workers: 0, maxConnections: 10_000,
                trustedProxies: [], adminNetworks: [], adminListener: nil),
            limits: Limits(
                headByteLimit: 65_536, fieldCountLimit: 128, targetByteLimit: 8_192,
                bodyByteLimit: 104_857_600, repeatableByteLimit: 1_048_576,
                heldByteLimit: 33_554_432),
            timeouts: ClientTimeouts(
                clientHeaderMilliseconds: 10_000, clientBodyMilliseconds: 30_000,
                keepAliveMilliseconds: 75_000, upstreamIdleMilliseconds: 60_000),
            retry: Retry(attempts: 0, statuses: [429, 502, 503, 504]),
            drain: Drain(lagMilliseconds: 0, timeoutMilliseconds: 300_000),
            accessLog: .json, extraRoutes: [], passthrough: false, endpoints: [endpoint],
            aliases: [], defaultModel: nil)
        #expect(gateway == expected)
    }

    /// Every key of the page's form, each with a value that is not its default.
    private let everyKey = """
        server:
          host: localhost
          port: 8080
          workers: 4
          max_connections: 500
          trusted_proxies: [10.0.0.0/8, "fd00::/8", 192.0.2.1]
          name_servers: [10.0.0.53, "10.0.0.54:5353", "fd00::53", "[fd00::54]", "[fd00::55]:5353"]
        admin: {allow: [127.0.0.0/8], port: 9090}
        endpoints:
          - name: openai-main
            url: http://Proxy.internal/openai/v1/
            type: openai
            priority: 5
            models:
              - gpt-4o
              - claude-*
              - {name: gpt-4, upstream: my-deployment, created: 1705334400, owned_by: me}
            headers: {X-Team: "a $$ ${TEAM:-none}"}
            timeouts: {connect: 1500ms}
          - {name: socket, url: "unix:/run/llm.sock", models: [gpt-4]}
        routes: [/v1/responses]
        aliases: {fast: gpt-4o, best: [claude-opus, gpt-4]}
        default_model: fast
        limits:
          {head: 32KiB, fields: 64, target: 4KiB, body: 0, repeatable_body: 1MB, held_body: 2MB}
        timeouts: {client_header: 5s, connect: 2s, response_header: 2m30s, stream_idle: 0}
        retry: {attempts: 2, on_status: [503, 429]}
        drain: {lag: 1s, timeout: 0s}
        logging: {access: off}
        """

    @Test func `every key of the page's form arrives in the model`() throws {
        let gateway = try gateway(everyKey)
        #expect(gateway.server.host == "127.0.0.1")
        #expect(gateway.server.workers == 4)
        #expect(gateway.server.trustedProxies.map(\.prefixLength) == [104, 8, 128])
        #expect(
            gateway.server.trustedProxies.map(\.text) == ["10.0.0.0/8", "fd00::/8", "192.0.2.1"])
        #expect(gateway.server.trustedProxies[0].low == 0xFFFF_0A00_0000)
        #expect(gateway.server.trustedProxies[1].high == 0xFD00_0000_0000_0000)
        #expect(
            gateway.server.nameServers == [
                "10.0.0.53:53", "10.0.0.54:5353", "[fd00::53]:53", "[fd00::54]:53",
                "[fd00::55]:5353",
            ])
        #expect(gateway.server.adminNetworks.count == 1)
        #expect(gateway.server.adminListener == Listener(host: "127.0.0.1", port: 9090))
        #expect(gateway.limits.bodyByteLimit == 0)
        #expect(gateway.limits.repeatableByteLimit == 1_000_000)
        #expect(gateway.retry == Retry(attempts: 2, statuses: [429, 503]))
        #expect(gateway.drain == Drain(lagMilliseconds: 1_000, timeoutMilliseconds: 0))
        #expect(gateway.accessLog == .off)
        #expect(gateway.extraRoutes == [ExtraRoute(path: "/v1/responses")])
        #expect(gateway.defaultModel == "fast")
        #expect(
            gateway.aliases == [
                Alias(name: "fast", targets: ["gpt-4o"]),
                Alias(name: "best", targets: ["claude-opus", "gpt-4"]),
            ])
        let (first, second) = (gateway.endpoints[0], gateway.endpoints[1])
        #expect(first.line == 10)
        #expect(first.url.address == .name("proxy.internal", port: 80))
        #expect(first.url.hostField == "proxy.internal")
        #expect(first.url.pathPrefix == "/openai")
        #expect(
            first.models
                == .listed([
                    ServedModel(name: "gpt-4o", upstreamName: nil, created: 0, ownedBy: "openai"),
                    ServedModel(name: "claude-*", upstreamName: nil, created: 0, ownedBy: "openai"),
                    ServedModel(
                        name: "gpt-4", upstreamName: "my-deployment", created: 1_705_334_400,
                        ownedBy: "me"),
                ]))
        #expect(
            first.headers == [
                Header(
                    name: "X-Team", value: [.text("a $$ "), .environment("TEAM", default: "none")],
                    isCredential: false)
            ])
        #expect(
            first.timeouts
                == EndpointTimeouts(
                    connectMilliseconds: 1_500, tlsMilliseconds: 10_000,
                    responseHeaderMilliseconds: 150_000, streamIdleMilliseconds: 0))
        #expect(second.url.address == .unix("/run/llm.sock"))
        #expect(second.url.hostField == "localhost")
        #expect(second.timeouts.connectMilliseconds == 2_000)
    }

    @Test func `every key of the way to an endpoint arrives in the model`() throws {
        let gateway = try gateway(
            """
            server: {tls: {certificate: /run/tls.crt, key: tls.key}}
            endpoints:
              - name: private
                url: https://10.0.0.7:8443
                tls:
                  client_certificate: "${file:/run/client.pem}"
                  client_key: "${CLIENT_KEY}"
                  server_name: api.internal
                  min_version: 1.3
                timeouts: {tls: 3s}
              - name: abroad
                url: https://Api.Example.com.
                proxy: "socks5h://me:${PASSWORD}@10.0.0.1:1080"
                http_version: 2
                models: discover
            discovery: {interval: 5m, timeout: 1s}
            """)
        let (first, second) = (gateway.endpoints[0], gateway.endpoints[1])
        #expect(gateway.server.tls == ServerTLS(certificate: "/run/tls.crt", key: "tls.key"))
        #expect(
            first.tls
                == EndpointTLS(
                    authorities: .system, serverName: "api.internal", minimumVersion: .tls13,
                    identity: ClientIdentity(
                        certificate: .file("/run/client.pem"),
                        key: .environment("CLIENT_KEY", default: nil)),
                    verifies: true))
        #expect(first.timeouts.tlsMilliseconds == 3_000)
        #expect(first.egress == nil)
        #expect(second.url.address == .name("api.example.com.", port: 443))
        #expect(second.tls?.serverName == "api.example.com")
        let proxy = ProxyURL(
            value: [
                .text("socks5h://me:"), .environment("PASSWORD", default: nil),
                .text("@10.0.0.1:1080"),
            ],
            shown: "socks5h://10.0.0.1:1080")
        #expect(second.egress == Egress(proxy: .url(proxy), version: .http2))
        #expect(second.models == .discovered)
        #expect(
            gateway.discovery
                == Discovery(intervalMilliseconds: 300_000, timeoutMilliseconds: 1_000))
    }

    @Test func `what asks for nothing more has no way out of its own`() throws {
        let gateway = try gateway(
            "endpoints: [{name: a, url: 'https://a', proxy: none, http_version: 1.1}]")
        #expect(gateway.endpoints[0].egress == nil)
    }

    static var auths: [(String, Header)] {
        [
            (
                "{type: bearer, token: '${T}'}",
                Header(
                    name: "Authorization",
                    value: [.text("Bearer "), .environment("T", default: nil)],
                    isCredential: true)
            ),
            (
                "{type: bearer, token_file: /run/t}",
                Header(
                    name: "Authorization", value: [.text("Bearer "), .file("/run/t")],
                    isCredential: true)
            ),
            (
                "{type: basic, username: me, password: '${P:-}'}",
                Header(
                    name: "Authorization",
                    value: [
                        .text("Basic "), .base64([.text("me:"), .environment("P", default: "")]),
                    ], isCredential: true)
            ),
            (
                "{type: api_key, key: '${file:/run/k}'}",
                Header(name: "X-Api-Key", value: [.file("/run/k")], isCredential: true)
            ),
            (
                "{type: api_key, key: '${K}', header: api-key}",
                Header(
                    name: "api-key", value: [.environment("K", default: nil)], isCredential: true)
            ),
        ]
    }

    @Test(arguments: auths.indices)
    func `auth becomes a header`(index: Int) throws {
        let (auth, header) = Self.auths[index]
        let gateway = try gateway("endpoints: [{name: a, url: 'http://a', auth: \(auth)}]")
        #expect(gateway.endpoints[0].headers == [header])
    }

    @Test(
        arguments: [
            ("http://gpu", "gpu", ""), ("http://gpu:80/", "gpu", ""),
            ("http://gpu:8000/v1", "gpu:8000", ""), ("HTTP://GPU/api/v1/", "gpu", "/api"),
            ("http://[::1]:8080/engines", "[::1]:8080", "/engines"),
            ("http://10.0.0.1/v1/accounts/x/ai", "10.0.0.1", "/v1/accounts/x/ai"),
            ("unix:///run/llm.sock", "localhost", ""),
            ("https://api.openai.com", "api.openai.com", ""),
            ("HTTPS://API.openai.com:443/v1", "api.openai.com", ""),
            ("https://gpu:80/v1", "gpu:80", ""), ("http://gpu:443", "gpu:443", ""),
        ])
    func `a url says where to connect and what to send`(
        text: String, hostField: String, prefix: String
    ) throws {
        let url = try EndpointURL(parsing: text)
        #expect(url.text == text)
        #expect(url.hostField == hostField)
        #expect(url.pathPrefix == prefix)
    }
}
