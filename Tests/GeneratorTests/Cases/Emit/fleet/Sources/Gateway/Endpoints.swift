import GatewayRuntime

/// Every endpoint, in the order of `gateway.yaml`.
let endpoints = [
    classEndpoint,
    aB,
    aB2,
]

/// `class`, gateway.yaml:3: openai-compatible.
let classEndpoint = Endpoint(
    name: "class",
    address: .ipv4("127.0.0.1", port: 8000),
    host: "127.0.0.1:8000",
    pathPrefix: "",
    priority: 100,
    headers: [
        HeaderRule("Authorization", .text("Bearer "), .environment("OPENAI_API_KEY")),
        HeaderRule(
            "X-Basic",
            .text("Basic "),
            .base64([.environment("USER", default: "me"), .text(":"), .file("/run/pw")])
        ),
    ],
    forwardsCredentials: false,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    ),
    rateLimit: RateLimit(requestsPerMinute: 1_200, burst: 50)
)

/// `a-b`, gateway.yaml:3: openai-compatible.
let aB = Endpoint(
    name: "a-b",
    address: .unix("/run/llm.sock"),
    host: "localhost",
    pathPrefix: "",
    priority: 200,
    headers: [],
    forwardsCredentials: true,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    )
)

/// `a.b`, gateway.yaml:3: openai-compatible.
let aB2 = Endpoint(
    name: "a.b",
    address: .ipv6("::1", port: 9000),
    host: "[::1]:9000",
    pathPrefix: "",
    priority: 100,
    headers: [],
    forwardsCredentials: true,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    )
)
