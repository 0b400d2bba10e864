import GatewayRuntime

/// Every endpoint, in the order of `gateway.yaml`.
let endpoints = [
    local
]

/// `local`, gateway.yaml:3: openai-compatible.
let local = Endpoint(
    name: "local",
    address: .ipv4("127.0.0.1", port: 8000),
    host: "127.0.0.1:8000",
    pathPrefix: "",
    priority: 100,
    headers: [],
    forwardsCredentials: false,
    timeouts: EndpointTimeouts(
        connectMilliseconds: 5_000,
        responseHeaderMilliseconds: 600_000,
        streamIdleMilliseconds: 300_000
    )
)
