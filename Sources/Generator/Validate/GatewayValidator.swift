/// Makes the model out of settings that are right each for itself.
struct GatewayValidator {
    let findings: Findings
    /// Where relative paths of files start.
    let folder: String
    let files: IncludedFiles

    /// The gateway and where it names models; meaningless once an error has been reported.
    func gateway(_ root: Section) -> (Gateway, ModelPlaces) {
        let timeouts = root.section("timeouts")
        let rates = RateLimitValidator(findings: findings)
        let endpoints = EndpointsValidator(
            findings: findings, defaults: endpointTimeouts(timeouts),
            rateLimit: rates.endpointDefault(root.section("server").section("rate_limits")),
            healthCheck: root["health_check"],
            folder: folder, files: files
        ).endpoints(root.list("endpoints"))
        let gateway = gateway(root, endpoints)
        let weights = endpoints.enumerated().compactMap { index, placed in
            placed.weightLocation.map { (index, $0) }
        }
        BalanceValidator(findings: findings).checkUse(
            of: gateway, root, weights: Dictionary(uniqueKeysWithValues: weights))
        return (gateway, ModelPlaces(root, endpoints))
    }

    private func gateway(_ root: Section, _ endpoints: [PlacedEndpoint]) -> Gateway {
        let timeouts = root.section("timeouts")
        let routes = RoutesValidator(findings: findings)
        let names = NamesValidator(findings: findings, endpoints: endpoints)
        let aliases = names.aliases(root.pairs("aliases"))
        var server = server(root.section("server"), admin: root.section("admin"))
        server.nameServers = NameServersValidator(findings: findings)
            .nameServers(root.section("server"), for: endpoints.map(\.endpoint))
        return Gateway(
            server: server,
            limits: limits(root.section("limits")),
            timeouts: ClientTimeouts(
                clientHeaderMilliseconds: timeouts.integer("client_header"),
                clientBodyMilliseconds: timeouts.integer("client_body"),
                keepAliveMilliseconds: timeouts.integer("keep_alive"),
                upstreamIdleMilliseconds: timeouts.integer("upstream_idle")),
            retry: retry(root.section("retry")),
            drain: Drain(
                lagMilliseconds: root.section("drain").integer("lag"),
                timeoutMilliseconds: root.section("drain").integer("timeout")),
            balance: BalanceValidator(findings: findings).balance(root),
            discovery: discovery(root, endpoints: endpoints),
            accessLog: AccessLog(rawValue: root.section("logging").text("access")) ?? .json,
            health: HealthValidator(findings: findings).health(root, endpoints: endpoints),
            extraRoutes: routes.routes(
                root.list("routes"), isPassthrough: root.boolean("passthrough")),
            passthrough: root.boolean("passthrough"),
            endpoints: endpoints.map(\.endpoint),
            aliases: aliases,
            defaultModel: names.defaultModel(root["default_model"], aliases: aliases),
            clients: clients(root, names, aliases),
            crossOrigin: CrossOriginValidator(findings: findings).crossOrigin(root["cors"])
        )
    }

    private func clients(
        _ root: Section, _ names: NamesValidator, _ aliases: [Alias]
    ) -> [Client] {
        ClientsValidator(
            findings: findings, names: names, aliases: aliases.map(\.name),
            routes: root.list("routes").compactMap(\.text).map { ExtraRoute(path: $0) },
            isPassthrough: root.boolean("passthrough")
        ).clients(root.list("clients"))
    }

    private func server(_ server: Section, admin: Section) -> Server {
        let port = UInt16(clamping: server.integer("port"))
        return Server(
            host: host(server),
            port: port,
            workers: server.integer("workers"),
            maxConnections: server.integer("max_connections"),
            trustedProxies: networks(server.list("trusted_proxies")),
            rateLimits: RateLimitValidator(findings: findings).limits(
                server.section("rate_limits")),
            adminNetworks: networks(admin.list("allow")),
            adminListener: adminListener(admin, clientPort: port),
            tls: serverTLS(server)
        )
    }

    /// The gateway's own certificate; nil where the YAML names none.
    private func serverTLS(_ server: Section) -> ServerTLS? {
        guard server["tls"] != nil else { return nil }
        let tls = server.section("tls")
        for setting in [tls["certificate"], tls["key"]].compactMap(\.self) {
            PathCheck.checkFile(setting.text ?? "", at: setting.location, findings)
        }
        return ServerTLS(certificate: tls.text("certificate"), key: tls.text("key"))
    }

    /// The listener of the own routes; nil without a port.
    private func adminListener(_ admin: Section, clientPort: UInt16) -> Listener? {
        guard let setting = admin["port"] else { return nil }
        let port = UInt16(clamping: admin.integer("port"))
        if port == clientPort {
            findings.report(
                .repeatedValue, at: setting.location, "\(port)",
                help: "clients are listened to at that port: choose another one")
        }
        return Listener(host: host(admin), port: port)
    }

    private func host(_ section: Section) -> String {
        let text = section.text("host")
        guard let setting = section["host"] else { return text }
        if text == "localhost" { return "127.0.0.1" }
        if AddressParser.ipv4(text) != nil || AddressParser.ipv6(text) != nil { return text }
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = String(text.dropFirst().dropLast())
            if AddressParser.ipv6(inner) != nil { return inner }
        }
        if text.hasPrefix("unix:/"), (7...112).contains(text.utf8.count), !text.contains("\0") {
            return text
        }
        let help =
            text == "*" || text.isEmpty ? "write `0.0.0.0` for every address of this machine" : nil
        findings.report(.badListenAddress, at: setting.location, text, help: help)
        return text
    }

    private func networks(_ settings: [Setting]) -> [Network] {
        var places: [Network: SourceLocation] = [:]
        var networks: [Network] = []
        for setting in settings {
            let text = setting.text ?? ""
            guard let network = Network(text: text) else {
                findings.report(.badNetwork, at: setting.location, text)
                continue
            }
            if network.masked != network {
                findings.report(
                    .networkHostBits, at: setting.location, text, network.canonicalText,
                    help: "write `\(network.canonicalText)`")
            }
            var key = network.masked
            key.text = ""
            if let first = places[key] {
                findings.report(
                    .repeatedValue, at: setting.location, text,
                    notes: [.init(message: "first written here", location: first)])
                continue
            }
            places[key] = setting.location
            networks.append(network.masked)
        }
        return networks
    }

    private func limits(_ limits: Section) -> Limits {
        requireOrder(limits, "repeatable_body", atMost: "held_body")
        requireOrder(limits, "target", atMost: "head")
        return Limits(
            headByteLimit: limits.integer("head"),
            fieldCountLimit: limits.integer("fields"),
            targetByteLimit: limits.integer("target"),
            bodyByteLimit: limits.integer("body"),
            repeatableByteLimit: limits.integer("repeatable_body"),
            heldByteLimit: limits.integer("held_body")
        )
    }

    private func requireOrder(_ limits: Section, _ small: String, atMost large: String) {
        guard limits.integer(small) > limits.integer(large),
            let place = limits[large] ?? limits[small]
        else { return }
        var notes: [Diagnostic.Note] = []
        if let other = limits[small], limits[large] != nil {
            notes = [.init(message: "`\(small)` is set here", location: other.location)]
        }
        findings.report(
            .limitConflict, at: place.location,
            large, Units.byteSize(limits.integer(large)),
            small, Units.byteSize(limits.integer(small)),
            help: "raise `\(large)` or lower `\(small)`", notes: notes)
    }

    private func retry(_ retry: Section) -> Retry {
        let hasBudget = retry["budget"]?.text != Schema.offWord
        return Retry(
            attempts: retry.integer("attempts"), statuses: retryStatuses(retry),
            budgetPercent: hasBudget ? retry.integer("budget") : nil,
            awaitsFirstEvent: retry.boolean("first_event"))
    }

    private func retryStatuses(_ retry: Section) -> [UInt16] {
        guard retry["on_status"] != nil else { return [429, 502, 503, 504] }
        var places: [Int: SourceLocation] = [:]
        for setting in retry.list("on_status") {
            guard case .integer(let status) = setting.value else { continue }
            if let first = places[status] {
                findings.report(
                    .repeatedValue, at: setting.location, String(status),
                    notes: [.init(message: "first written here", location: first)])
            }
            places[status] = setting.location
        }
        return places.keys.sorted().map { UInt16(clamping: $0) }
    }

    /// Nil where no endpoint discovers its models.
    private func discovery(_ root: Section, endpoints: [PlacedEndpoint]) -> Discovery? {
        guard endpoints.contains(where: { $0.endpoint.models == .discovered }) else {
            if let setting = root["discovery"] {
                findings.report(.unusedDiscovery, at: setting.key.location)
            }
            return nil
        }
        let discovery = root.section("discovery")
        return Discovery(
            intervalMilliseconds: discovery.integer("interval"),
            timeoutMilliseconds: discovery.integer("timeout"))
    }

    private func endpointTimeouts(_ timeouts: Section) -> EndpointTimeouts {
        TotalTimeCheck.check(timeouts, findings)
        return EndpointTimeouts(
            connectMilliseconds: timeouts.integer("connect"),
            tlsMilliseconds: timeouts.integer("tls"),
            responseHeaderMilliseconds: timeouts.integer("response_header"),
            streamIdleMilliseconds: timeouts.integer("stream_idle"),
            totalMilliseconds: timeouts.integer("total"))
    }
}
