import GatewayRuntime

/// Every endpoint, in the order of `gateway.yaml`.
let endpoints = [
    ollama,
    spare,
]

/// `ollama`, gateway.yaml:3: openai-compatible.
let ollama = Endpoint(
    name: "ollama",
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
    discovery: "/api/v1/models"
)

/// `spare`, gateway.yaml:3: openai-compatible.
let spare = Endpoint(
    name: "spare",
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
