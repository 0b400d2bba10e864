/// What a binary says of itself: `--manifest` and `/internal/manifest`.
///
/// Secrets are named, never held: of a header only its name, of a value only where it comes from.
struct Manifest {
    let json: JSON

    init(of plan: Plan) {
        let gateway = plan.gateway
        var members: [(String, JSON)] = [
            ("version", .string(Version.current)),
            ("digest", .string(plan.digest)),
            ("prefixes", .array(plan.prefixes.map(JSON.string))),
            ("routes", .array(plan.routes.map { Self.route($0, at: gateway.endpoints) })),
            ("endpoints", .array(plan.endpoints.map { Self.endpoint($0, in: plan) })),
            ("models", .array(plan.models.entries.map { Self.model($0, at: gateway.endpoints) })),
            ("aliases", .object(gateway.aliases.map { ($0.name, .strings($0.targets)) })),
            ("default_model", gateway.defaultModel.map(JSON.string) ?? .null),
            ("limits", Self.limits(gateway.limits)),
            ("timeouts", Self.timeouts(gateway.timeouts)),
            ("retry", Self.retry(gateway.retry)),
            ("drain", Self.drain(gateway.drain)),
        ]
        if let discovery = gateway.discovery {
            members.append(("discovery", Self.discovery(discovery)))
        }
        if plan.balances { members.append(("balance", Self.balance(gateway.balance))) }
        if !gateway.server.rateLimits.isOff {
            members.append(("rate_limits", Self.rateLimits(gateway.server.rateLimits)))
        }
        if let tls = gateway.server.tls { members.append(("server_tls", Self.server(tls))) }
        if !gateway.clients.isEmpty {
            members.append(("clients", .array(gateway.clients.map(Self.client))))
        }
        if let crossOrigin = gateway.crossOrigin {
            members.append(("cors", Self.crossOrigin(crossOrigin)))
        }
        members += Self.health(gateway)
        members.append(("secrets", .strings(Self.secrets(of: gateway.endpoints))))
        json = .object(members)
    }

    static func route(_ route: RoutePlan, at endpoints: [Endpoint]) -> JSON {
        var members: [(String, JSON)] = [
            ("path", .string(route.path)),
            ("method", .string(route.method)),
        ]
        if route.isForwarded {
            let upstreams = endpoints.map { ($0.name, JSON.string($0.url.upstream(route.path))) }
            members.append(("upstreams", .object(upstreams)))
        }
        return .object(members)
    }

    private static func endpoint(_ plan: EndpointPlan, in gateway: Plan) -> JSON {
        let endpoint = plan.endpoint
        let clock = ("tls_ms", JSON.integer(endpoint.timeouts.tlsMilliseconds))
        var members: [(String, JSON)] = [
            ("name", .string(endpoint.name)),
            ("type", .string(endpoint.type.rawValue)),
            ("url", .string(endpoint.url.base)),
            ("priority", .integer(endpoint.priority)),
            ("weight", .integer(endpoint.weight)),
            ("connect_ms", .integer(endpoint.timeouts.connectMilliseconds)),
        ]
        if endpoint.tls != nil { members.append(clock) }
        members += [
            ("rate_limit", endpoint.rateLimit.map(Self.rateLimit) ?? .null),
            ("response_header_ms", .integer(endpoint.timeouts.responseHeaderMilliseconds)),
            ("stream_idle_ms", .integer(endpoint.timeouts.streamIdleMilliseconds)),
            ("headers", .strings(endpoint.headers.map(\.name))),
        ]
        if endpoint.timeouts.totalMilliseconds > 0 {
            members.append(("total_ms", .integer(endpoint.timeouts.totalMilliseconds)))
        }
        members += reach(endpoint, isCarrying: gateway.carriesSystem)
        if let path = plan.discovery { members.append(("discovery", .string(path))) }
        if let check = endpoint.healthCheck {
            let prefix = endpoint.url.pathPrefix
            members.append(("health_check", healthCheck(check, prefix: prefix)))
        }
        return .object(members)
    }

    /// Where an endpoint has a name of its own for the model, both are told: `local=llama3:8b`.
    static func model(_ entry: ModelPlan.Entry, at endpoints: [Endpoint]) -> JSON {
        let candidates = entry.candidates.map { candidate in
            let name = endpoints[candidate.endpoint].name
            return candidate.upstreamName.map { "\(name)=\($0)" } ?? name
        }
        return .object([("name", .string(entry.name)), ("endpoints", .strings(candidates))])
    }

    /// Environment variables and files that values are read from at start, each once.
    private static func secrets(of endpoints: [Endpoint]) -> [String] {
        var known: Set<String> = []
        return
            endpoints
            .flatMap(\.references)
            .flatMap(\.secrets)
            .filter { known.insert($0).inserted }
    }
}

extension Manifest {
    private static func limits(_ limits: Limits) -> JSON {
        .object([
            ("head_bytes", .integer(limits.headByteLimit)),
            ("fields", .integer(limits.fieldCountLimit)),
            ("target_bytes", .integer(limits.targetByteLimit)),
            ("body_bytes", .integer(limits.bodyByteLimit)),
            ("repeatable_body_bytes", .integer(limits.repeatableByteLimit)),
            ("held_body_bytes", .integer(limits.heldByteLimit)),
        ])
    }

    static func rateLimit(_ limit: RateLimit) -> JSON {
        .object([
            ("requests_per_minute", .integer(limit.requestsPerMinute)),
            ("burst", .integer(limit.burst)),
        ])
    }

    private static func rateLimits(_ limits: RateLimits) -> JSON {
        .object([
            ("global", limits.global.map(rateLimit) ?? .null),
            ("per_client", limits.perClient.map(rateLimit) ?? .null),
        ])
    }

    private static func timeouts(_ timeouts: ClientTimeouts) -> JSON {
        .object([
            ("client_header_ms", .integer(timeouts.clientHeaderMilliseconds)),
            ("client_body_ms", .integer(timeouts.clientBodyMilliseconds)),
            ("keep_alive_ms", .integer(timeouts.keepAliveMilliseconds)),
            ("upstream_idle_ms", .integer(timeouts.upstreamIdleMilliseconds)),
        ])
    }

    private static func retry(_ retry: Retry) -> JSON {
        .object([
            ("attempts", .integer(retry.attempts)),
            ("on_status", .array(retry.statuses.map { .integer(Int($0)) })),
            ("budget_percent", retry.budgetPercent.map(JSON.integer) ?? .null),
            ("first_event", .bool(retry.awaitsFirstEvent)),
        ])
    }

    private static func drain(_ drain: Drain) -> JSON {
        .object([
            ("lag_ms", .integer(drain.lagMilliseconds)),
            ("timeout_ms", .integer(drain.timeoutMilliseconds)),
        ])
    }
}

extension JSON {
    static func strings(_ values: [String]) -> JSON { .array(values.map(JSON.string)) }
}

extension ValuePart {
    /// Where the part's secrets come from: `OPENAI_API_KEY`, `file:/run/secrets/key`.
    var secrets: [String] {
        switch self {
        case .text: []
        case .environment(let name, _): [name]
        case .file(let path): ["file:" + path]
        case .base64(let parts): parts.flatMap(\.secrets)
        }
    }
}
