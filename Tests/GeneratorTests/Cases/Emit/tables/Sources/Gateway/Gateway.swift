import GatewayRuntime

/// What `gateway.yaml` became.
let gateway = CompiledGateway(
    manifest: manifest,
    server: Server(
        host: "0.0.0.0",
        port: 40114,
        workers: 0,
        maxConnections: 65_536,
        trustedProxies: [],
        adminNetworks: [],
        adminListener: nil
    ),
    limits: Limits(
        headByteLimit: 65_536,
        fieldCountLimit: 128,
        targetByteLimit: 8_192,
        bodyByteLimit: 104_857_600,
        repeatableByteLimit: 1_048_576,
        heldByteLimit: 33_554_432
    ),
    timeouts: Timeouts(
        clientHeaderMilliseconds: 10_000,
        clientBodyMilliseconds: 30_000,
        keepAliveMilliseconds: 75_000,
        upstreamIdleMilliseconds: 60_000
    ),
    retry: Retry(
        attempts: 0,
        statuses: [429, 502, 503, 504],
        budgetPercent: 20,
        awaitsFirstEvent: true
    ),
    drain: Drain(
        lagMilliseconds: 0,
        timeoutMilliseconds: 300_000
    ),
    accessLog: .json,
    prefixes: [
        "/olla/openai-compatible",
        "/olla/openai",
    ],
    routes: routes,
    route: routeIndex,
    endpoints: endpoints,
    models: models
)
