import GatewayRuntime

/// Every endpoint, in the order of `gateway.yaml`.
let endpoints = [
    openaiProduction,
    privateEndpoint,
    sibling,
    lab,
]

/// `openai-production`, gateway.yaml:3: openai-compatible.
let openaiProduction = Endpoint(
    name: "openai-production",
    address: .name("api.openai.com", port: 443),
    host: "api.openai.com",
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
        authorities: .pinned(systemAuthorities),
        serverName: "api.openai.com",
        minimumVersion: .tls12,
        certificate: nil,
        key: nil,
        verifies: true
    )
)

/// `private`, gateway.yaml:3: openai-compatible.
let privateEndpoint = Endpoint(
    name: "private",
    address: .ipv4("10.0.0.7", port: 8443),
    host: "10.0.0.7:8443",
    pathPrefix: "",
    priority: 100,
    headers: [],
    forwardsCredentials: true,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        tlsMilliseconds: 3_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    ),
    tls: TLSProfile(
        authorities: .pinned(privateCaAuthorities),
        serverName: "api.internal",
        minimumVersion: .tls13,
        certificate: [.file("/run/secrets/client.pem")],
        key: [.environment("CLIENT_KEY")],
        verifies: true
    )
)

/// `sibling`, gateway.yaml:3: openai-compatible.
let sibling = Endpoint(
    name: "sibling",
    address: .ipv4("10.0.0.7", port: 8443),
    host: "10.0.0.7:8443",
    pathPrefix: "",
    priority: 100,
    headers: [],
    forwardsCredentials: true,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        tlsMilliseconds: 3_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    ),
    tls: TLSProfile(
        authorities: .pinned(privateCaAuthorities),
        serverName: "api.internal",
        minimumVersion: .tls13,
        certificate: nil,
        key: nil,
        verifies: true
    )
)

/// `lab`, gateway.yaml:3: openai-compatible.
let lab = Endpoint(
    name: "lab",
    address: .name("lab.internal", port: 443),
    host: "lab.internal",
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
        serverName: "lab.internal",
        minimumVersion: .tls12,
        certificate: nil,
        key: nil,
        verifies: false
    )
)
