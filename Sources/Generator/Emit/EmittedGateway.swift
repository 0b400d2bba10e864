/// `Gateway.swift` and `Routes.swift`.
extension EmittedPackage {
    /// What fills `Gateway.swift.template`, a scope a section of the YAML.
    static func gateway(_ plan: Plan) -> Template.Scope {
        let gateway = plan.gateway
        let further = further(plan)
        let scopes: [Template.Scope] = [
            server(gateway.server),
            limits(gateway.limits),
            timeouts(gateway.timeouts),
            [
                "attempts": .number(gateway.retry.attempts),
                "statuses": .list(gateway.retry.statuses.map { .text(String($0)) }),
                "budgetPercent": .text(gateway.retry.budgetPercent.map(SwiftText.number) ?? "nil"),
                "awaitsFirstEvent": "\(gateway.retry.awaitsFirstEvent)",
                "lagMilliseconds": .number(gateway.drain.lagMilliseconds),
                "timeoutMilliseconds": .number(gateway.drain.timeoutMilliseconds),
                "accessLog": ".\(gateway.accessLog.rawValue)",
                "imports": .scopes(modules(plan).map { ["module": "\($0)"] }),
                "file": "\(SwiftText.comment(plan.file))",
                "prefixes": .scopes(plan.prefixes.map { ["prefix": .literal($0)] }),
                "comma": "\(further.isEmpty ? "" : ",")",
                "further": .arguments(further),
            ],
        ]
        return scopes.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    }

    /// What the gateway is handed besides, where it needs it.
    private static func further(_ plan: Plan) -> [Expression] {
        let parts = plan.parts.map { part in
            let argument =
                switch part {
                case .names: "names: { \(resolver(plan)) }"
                case .security: "security: OpenSSLSecurity.provider"
                case .wide: "wide: CurlTransport.provider"
                }
            return Expression.text(argument)
        }
        let limits = plan.gateway.server.rateLimits
        let further: [Expression?] = [
            plan.gateway.discovery.map { discovery($0, plan.gateway.aliases) },
            limits.isOff ? nil : rateLimits(limits),
            plan.gateway.clients.isEmpty ? nil : clients(plan.gateway.clients),
            plan.gateway.crossOrigin.map(crossOrigin),
            health(plan.gateway),
            plan.balances ? .text("balance: \(rule(plan.gateway.balance))") : nil,
        ]
        return parts + further.compactMap(\.self)
    }

    private static func rateLimits(_ limits: RateLimits) -> Expression {
        let parts = [
            limits.global.map { rateLimit("global: ", $0) },
            limits.perClient.map { rateLimit("perClient: ", $0) },
        ]
        return .rows("rateLimits: RateLimits", parts.compactMap(\.self))
    }

    private static func rule(_ balance: Balance) -> String {
        switch balance.rule {
        case .leastRequests: ".leastRequests"
        case .roundRobin: ".roundRobin"
        case .weighted: ".weighted"
        case .latency: ".latency"
        case .sticky: ".sticky(header: \(balance.header.map(SwiftText.literal) ?? "nil"))"
        }
    }

    private static func discovery(_ discovery: Discovery, _ aliases: [Alias]) -> Expression {
        let names = aliases.map { alias in
            Expression.call(
                "DiscoveredAlias",
                ([alias.name] + alias.targets).map { .text(SwiftText.literal($0)) })
        }
        let interval = SwiftText.number(discovery.intervalMilliseconds)
        let timeout = SwiftText.number(discovery.timeoutMilliseconds)
        let clocks = [
            Expression.text("intervalMilliseconds: \(interval)"),
            .text("timeoutMilliseconds: \(timeout)"),
        ]
        return .rows(
            "discovery: Discovery",
            clocks + (names.isEmpty ? [] : [.column(label: "aliases: ", names)]))
    }

    /// `CaresResolver()`, with its servers where the YAML names some.
    private static func resolver(_ plan: Plan) -> String {
        let servers = plan.gateway.server.nameServers.joined(separator: ",")
        return "CaresResolver(\(servers.isEmpty ? "" : "servers: \(SwiftText.literal(servers))"))"
    }

    /// What fills `Routes.swift.template`: the table, then the look-up by exact path and by prefix.
    static func routes(_ plan: Plan) -> Template.Scope {
        let routes = plan.routes.enumerated()
        return [
            "routes": .scopes(
                plan.routes.map { ["path": .literal($0.path), "action": ".\($0.action.rawValue)"] }
            ),
            "exact": .scopes(
                routes.filter { $1.prefix == nil }
                    .map { ["path": .literal($1.path), "index": .number($0)] }
            ),
            "prefixed": .scopes(
                routes.compactMap { index, route in
                    route.prefix.map { ["prefix": .literal($0), "index": .number(index)] }
                }
            ),
        ]
    }

    private static func server(_ server: Server) -> Template.Scope {
        [
            "host": .literal(server.host),
            "port": "\(server.port)",
            "workers": .number(server.workers),
            "maxConnections": .number(server.maxConnections),
            "trustedProxies": .list(server.trustedProxies.map(network)),
            "adminNetworks": .list(server.adminNetworks.map(network)),
            "adminListener": .text(server.adminListener.map(listener) ?? "nil"),
            "serverComma": "\(server.tls == nil ? "" : ",")",
            "serverTLS": .scopes(
                server.tls.map {
                    [["certificate": .literal($0.certificate), "key": .literal($0.key)]]
                } ?? []),
        ]
    }

    private static func listener(_ listener: Listener) -> String {
        "Listener(host: \(SwiftText.literal(listener.host)), port: \(listener.port))"
    }

    /// IPv4 blocks are written as such, others by their halves.
    private static func network(_ network: Network) -> Expression {
        if network.high == 0, network.low >> 32 == 0xffff, network.prefixLength >= 96 {
            let octets = stride(from: 24, through: 0, by: -8).map { shift in
                Expression.text(String(network.low >> UInt64(shift) & 0xff))
            }
            let length = Expression.text("prefixLength: \(network.prefixLength - 96)")
            return .call("Network", octets + [length])
        }
        return .call(
            "Network",
            [
                .text("high: \(SwiftText.hexadecimal(network.high))"),
                .text("low: \(SwiftText.hexadecimal(network.low))"),
                .text("prefixLength: \(network.prefixLength)"),
            ]
        )
    }

    private static func limits(_ limits: Limits) -> Template.Scope {
        [
            "headByteLimit": .number(limits.headByteLimit),
            "fieldCountLimit": .number(limits.fieldCountLimit),
            "targetByteLimit": .number(limits.targetByteLimit),
            "bodyByteLimit": .number(limits.bodyByteLimit),
            "repeatableByteLimit": .number(limits.repeatableByteLimit),
            "heldByteLimit": .number(limits.heldByteLimit),
        ]
    }

    private static func timeouts(_ timeouts: ClientTimeouts) -> Template.Scope {
        [
            "clientHeaderMilliseconds": .number(timeouts.clientHeaderMilliseconds),
            "clientBodyMilliseconds": .number(timeouts.clientBodyMilliseconds),
            "keepAliveMilliseconds": .number(timeouts.keepAliveMilliseconds),
            "upstreamIdleMilliseconds": .number(timeouts.upstreamIdleMilliseconds),
        ]
    }
}

extension Template.Value {
    static func number(_ value: Int) -> Self { .text(SwiftText.number(value)) }

    static func literal(_ text: String) -> Self { .text(SwiftText.literal(text)) }

    /// An array of `words`, one a line, in a line that is indented by `indent`.
    static func column(_ words: [String], indent: Int) -> Self {
        .text(Expression.column(words.map(Expression.text), indent: indent))
    }

    /// Arguments that follow others in a call at four columns, all but the last with a comma.
    static func arguments(_ parts: [Expression]) -> Self {
        .scopes(
            parts.enumerated().map { index, part in
                let comma = index == parts.count - 1 ? "" : ","
                return ["argument": "\(part.layout(indent: 4, used: 1))\(comma)"]
            }
        )
    }

    /// An argument of a call at eight columns, on one line where it fits.
    static func list(_ parts: [Expression]) -> Self {
        .text(Expression.array(parts).layout(indent: 8, used: 24))
    }
}
