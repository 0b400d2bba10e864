import GatewayRuntime

/// Every endpoint, in the order of `gateway.yaml`.
let endpoints = [
    one,
    two,
]

/// `one`, gateway.yaml:3: openai-compatible.
let one = Endpoint(
    name: "one",
    address: .ipv4("127.0.0.1", port: 8000),
    host: "127.0.0.1:8000",
    pathPrefix: "/api",
    priority: 100,
    headers: [],
    forwardsCredentials: true,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    ),
    healthCheck: HealthCheck(
        path: "/api/health?deep=1",
        intervalMilliseconds: 10_000,
        timeoutMilliseconds: 5_000,
        healthyAfter: 2,
        unhealthyAfter: 3,
        expected: [200, 204]
    )
)

/// `two`, gateway.yaml:3: openai-compatible.
let two = Endpoint(
    name: "two",
    address: .ipv4("127.0.0.1", port: 8000),
    host: "127.0.0.1:8000",
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
