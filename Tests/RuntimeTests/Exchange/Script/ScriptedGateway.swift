import Glibc
import Synchronization
import Testing

@testable import GatewayRuntime
@testable import GatewayTLS

/// One real worker on a thread of its own, between sockets that a test holds the far ends of.
final class ScriptedGateway {
    let endpoints: [ScriptListener]
    let port: UInt16
    let shared: SharedState
    private var watch: ScriptSocket?

    /// - Parameters:
    ///   - priorities: of the endpoints `e0`, `e1`, ….
    ///   - deaf: those that nobody listens at; their ports stay taken.
    ///   - discovering: those that are asked for their models and have none in the YAML.
    ///   - tls: what every endpoint has to show.
    ///   - serverTLS: what clients are shown.
    convenience init(
        priorities: [Int] = [100], deaf: Set<Int> = [],
        retry: Retry = Retry(attempts: 0, statuses: []),
        streamIdleMilliseconds: Int = 60_000, totalMilliseconds: Int = 0,
        headers: [HeaderRule] = [],
        upstreamName: StaticString? = nil, discovering: Set<Int> = [], tls: TLSProfile? = nil,
        tlsMilliseconds: Int = 60_000, serverTLS: Identity? = nil
    ) throws {
        let listeners = try priorities.indices.map { number in
            try ScriptListener(isDeaf: deaf.contains(number))
        }
        let gateway = CompiledGateway.scripted(
            endpoints: priorities.enumerated().map { number, priority in
                Endpoint.scripted(
                    number, port: listeners[number].port, priority: priority, headers: headers,
                    streamIdleMilliseconds: streamIdleMilliseconds,
                    totalMilliseconds: totalMilliseconds,
                    discovery: discovering.contains(number) ? "/v1/models" : nil, tls: tls,
                    tlsMilliseconds: tlsMilliseconds)
            },
            retry: retry, upstreamName: upstreamName,
            discovery: discovering.isEmpty
                ? nil : Discovery(intervalMilliseconds: 60_000, timeoutMilliseconds: 5000),
            isServerSecured: serverTLS != nil)
        let needs = SecurityNeeds(
            endpoints: gateway.endpoints.map { endpoint in
                tls.map { EndpointSecurity(name: endpoint.name, profile: $0, identity: nil) }
            },
            server: serverTLS)
        let isSecured = tls != nil || serverTLS != nil
        let security = isSecured ? OpenSSLSecurity.provider(needs) : nil
        try self.init(gateway, endpoints: listeners, security: security)
    }

    /// - Parameters:
    ///   - endpoints: the far ends of what `gateway` connects to.
    ///   - security: what encrypts, where anything does.
    init(
        _ gateway: CompiledGateway, endpoints: [ScriptListener],
        security: (any SecurityProvider)? = nil
    ) throws {
        self.endpoints = endpoints
        let address = try #require(SocketAddress(text: "127.0.0.1", port: 0))
        let listener = try address.listen().get()
        let port = ScriptListener.port(of: listener)
        self.port = try #require(port)
        let shared = try SharedState(
            workerCount: 1, rates: RateGates(for: gateway),
            standings: Standings(for: gateway), loads: EndpointLoads(for: gateway))
        self.shared = shared
        let failure = Thread.start {
            run(gateway, security, shared, address, listener)
            shared.workerEnded()
        }
        try #require(failure == nil)
    }

    deinit {
        shared.requestStop()
        while !shared.haveAllEnded { usleep(100) }
    }

    func client() throws -> ScriptSocket { try ScriptSocket(port: port) }

    /// Returns when the worker has dealt with everything that was sent to it before.
    func settle() throws {
        let watch = try self.watch ?? client()
        self.watch = watch
        for _ in 0..<2 {
            watch.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
            _ = watch.receive { ScriptMessage($0)?.isWhole ?? false }
        }
    }
}

/// The life of the worker; a worker that cannot start ends at once.
private func run(
    _ gateway: CompiledGateway, _ security: (any SecurityProvider)?, _ shared: SharedState,
    _ address: SocketAddress, _ listener: Int32
) {
    do throws(Errno) {
        var worker = Worker(
            gateway: gateway, shared: shared, number: 0,
            secrets: Secrets(for: gateway.endpoints), security: security?.makeSecurity(),
            listenAddress: address, listener: listener, adminListener: -1, loop: try EventLoop())
        try worker.start()
        worker.run()
    } catch {
        Issue.record("the worker cannot start: \(error.text)")
    }
}

extension Endpoint {
    private static let names: [StaticString] = ["e0", "e1", "e2", "e3"]

    static func scripted(
        _ number: Int, port: UInt16, priority: Int = 100, headers: [HeaderRule] = [],
        streamIdleMilliseconds: Int = 60_000, totalMilliseconds: Int = 0,
        connectMilliseconds: Int = 60_000,
        isNamed: Bool = false, discovery: StaticString? = nil,
        tls: TLSProfile? = nil, tlsMilliseconds: Int = 60_000
    ) -> Endpoint {
        let address: Address =
            isNamed ? .name("endpoint.test", port: port) : .ipv4("127.0.0.1", port: port)
        return Endpoint(
            name: names[number], address: address, host: "endpoint.test",
            pathPrefix: "/base", priority: priority, headers: headers, forwardsCredentials: true,
            timeouts: EndpointTimeouts(
                connectMilliseconds: connectMilliseconds, tlsMilliseconds: tlsMilliseconds,
                responseHeaderMilliseconds: 60_000,
                streamIdleMilliseconds: streamIdleMilliseconds,
                totalMilliseconds: totalMilliseconds),
            tls: tls, discovery: discovery)
    }
}

extension CompiledGateway {
    /// A gateway whose one model, `small`, is at every endpoint.
    static func scripted(
        endpoints: [Endpoint], retry: Retry = Retry(attempts: 0, statuses: []),
        upstreamName: StaticString? = nil, models: ModelDirectory? = nil,
        discovery: Discovery? = nil, isServerSecured: Bool = false,
        names: (@Sendable () -> any NameResolver)? = nil, health: Health? = nil,
        balance: Balance? = nil
    ) -> CompiledGateway {
        let listed = endpoints.indices.filter { endpoints[$0].discovery == nil }
        let candidates = listed.map { ModelEntry.Candidate($0, knownAs: upstreamName) }
        return CompiledGateway(
            manifest: Manifest(version: "0", digest: "sha256:0", json: "{}"),
            server: Server(
                host: "127.0.0.1", port: 1, workers: 1, maxConnections: 100, trustedProxies: [],
                adminNetworks: [], adminListener: nil,
                tls: isServerSecured ? ServerTLS(certificate: "", key: "") : nil),
            limits: Limits(
                headByteLimit: 65_536, fieldCountLimit: 128, targetByteLimit: 8192,
                bodyByteLimit: 1 << 20, repeatableByteLimit: 65_536, heldByteLimit: 131_072),
            timeouts: Timeouts(
                clientHeaderMilliseconds: 60_000, clientBodyMilliseconds: 60_000,
                keepAliveMilliseconds: 60_000, upstreamIdleMilliseconds: 60_000),
            retry: retry,
            drain: Drain(lagMilliseconds: 0, timeoutMilliseconds: 0),
            accessLog: .off,
            prefixes: ["/olla/openai"],
            routes: [
                Route("/v1/chat/completions", .forwardJSON), Route("/v1/models", .listModels),
            ],
            route: { path in
                switch path {
                case "/v1/chat/completions": 0
                case "/v1/models": 1
                default: nil
                }
            },
            endpoints: endpoints,
            models: models
                ?? ModelDirectory(
                    [ModelEntry("small", at: candidates)],
                    index: { name in "small" ~= name ? 0 : nil },
                    list: "{\"data\":[]}", objectRanges: [0, 0]),
            names: names, discovery: discovery, health: health, balance: balance)
    }
}
