import GatewayRuntime

/// Every endpoint, in the order of `gateway.yaml`.
let endpoints = [
    openaiProduction
]

/// `openai-production`, gateway.yaml:3: openai-compatible.
let openaiProduction = Endpoint(
    name: "openai-production",
    address: .name("llm.internal", port: 80),
    host: "llm.internal",
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
