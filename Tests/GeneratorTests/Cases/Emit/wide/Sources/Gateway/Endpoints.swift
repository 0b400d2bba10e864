import GatewayRuntime

/// Every endpoint, in the order of `gateway.yaml`.
let endpoints = [
    e0,
    e1,
    e2,
]

/// `e0`, gateway.yaml:3: openai-compatible.
let e0 = Endpoint(
    name: "e0",
    address: .name("api.example.com", port: 443),
    host: "api.example.com",
    pathPrefix: "",
    priority: 100,
    headers: [],
    forwardsCredentials: true,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        tlsMilliseconds: 10_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    ),
    tls: TLSProfile(
        authorities: .system,
        serverName: "api.example.com",
        minimumVersion: .tls12,
        certificate: nil,
        key: nil,
        verifies: true
    ),
    wide: WideProfile(
        origin: "https://api.example.com",
        proxy: .url(
            [
                .text("http://"),
                .environment("PROXY_USER"),
                .text(":"),
                .file("/run/secrets/proxy"),
                .text("@proxy.internal:3128"),
            ]
        ),
        version: .http1
    )
)

/// `e1`, gateway.yaml:3: openai-compatible.
let e1 = Endpoint(
    name: "e1",
    address: .name("api.example.com", port: 443),
    host: "api.example.com",
    pathPrefix: "",
    priority: 100,
    headers: [],
    forwardsCredentials: true,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        tlsMilliseconds: 10_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    ),
    tls: TLSProfile(
        authorities: .system,
        serverName: "api.example.com",
        minimumVersion: .tls12,
        certificate: nil,
        key: nil,
        verifies: true
    ),
    wide: WideProfile(
        origin: "https://api.example.com",
        proxy: .environment,
        version: .http2
    )
)

/// `e2`, gateway.yaml:3: openai-compatible.
let e2 = Endpoint(
    name: "e2",
    address: .name("api.example.com", port: 443),
    host: "api.example.com",
    pathPrefix: "",
    priority: 100,
    headers: [],
    forwardsCredentials: true,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        tlsMilliseconds: 10_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    ),
    tls: TLSProfile(
        authorities: .system,
        serverName: "api.example.com",
        minimumVersion: .tls12,
        certificate: nil,
        key: nil,
        verifies: true
    ),
    wide: WideProfile(
        origin: "https://api.example.com",
        proxy: .none,
        version: .http2
    )
)
