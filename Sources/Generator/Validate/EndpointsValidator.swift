/// An endpoint with the places that later checks point at.
struct PlacedEndpoint {
    var endpoint: Endpoint
    var location: SourceLocation
    var nameLocation: SourceLocation
    var urlLocation: SourceLocation
    /// Of each of its models, in order.
    var modelLocations: [SourceLocation]
    /// Of what it calls each of them itself.
    var upstreamLocations: [SourceLocation]
    /// Of its weight, where it has one.
    var weightLocation: SourceLocation?
}

/// Makes the endpoints, and checks them against each other.
struct EndpointsValidator {
    let findings: Findings
    /// The gateway's own clocks, which hold where an endpoint has none.
    let defaults: EndpointTimeouts
    /// What holds where an endpoint has no limit of its own; nil: none.
    let rateLimit: RateLimit?
    /// The gateway's `health_check`; nil: it has none.
    let healthCheck: Setting?
    /// Where relative paths of files start.
    let folder: String
    let files: IncludedFiles

    func endpoints(_ settings: [Setting]) -> [PlacedEndpoint] {
        if settings.count > 65_535 {
            findings.report(.tooManyEndpoints, at: settings[65_535].location)
        }
        let endpoints = settings.compactMap { setting -> PlacedEndpoint? in
            guard case .section(let section) = setting.value else { return nil }
            return endpoint(section)
        }
        checkNames(endpoints)
        checkURLs(endpoints)
        checkReach(endpoints)
        return endpoints
    }

    private func endpoint(_ section: Section) -> PlacedEndpoint {
        let models = ModelsValidator(findings: findings, files: files).models(section)
        let headers = HeadersValidator(findings: findings)
        let url = url(section)
        return PlacedEndpoint(
            endpoint: Endpoint(
                name: name(section),
                type: EndpointType(rawValue: type(section)) ?? .openAICompatible,
                url: url,
                priority: section.integer("priority"),
                weight: section.integer("weight"),
                models: models.models,
                headers: headers.headers(section),
                timeouts: timeouts(section),
                rateLimit: RateLimitValidator(findings: findings).limit(
                    section["rate_limit"], inheriting: rateLimit),
                tls: TLSValidator(findings: findings, folder: folder).profile(section, url: url),
                egress: EgressValidator(findings: findings).egress(section, url: url),
                healthCheck: HealthValidator(findings: findings).check(
                    section, type: EndpointType(rawValue: type(section)) ?? .openAICompatible,
                    common: healthCheck),
                line: section.location.line),
            location: section.location,
            nameLocation: section["name"]?.location ?? section.location,
            urlLocation: section["url"]?.location ?? section.location,
            modelLocations: models.locations,
            upstreamLocations: models.upstreamLocations,
            weightLocation: section["weight"]?.key.location)
    }

    private func name(_ section: Section) -> String {
        guard let setting = section["name"], let name = setting.text else { return "" }
        let isName = name.utf8.allSatisfy { $0.isDigit || $0.isLetter || "._-".utf8.contains($0) }
        if !isName || !(1...64).contains(name.utf8.count) {
            findings.report(.badEndpointName, at: setting.location, name)
        }
        return name
    }

    private func type(_ section: Section) -> String {
        let text = section.text("type")
        return Schema.typeSynonyms[text] ?? text
    }

    private func url(_ section: Section) -> EndpointURL {
        let nowhere = EndpointURL(
            text: "", isSecure: false, address: .name("", port: 80), hostField: "", pathPrefix: "")
        guard let setting = section["url"], let text = setting.text else { return nowhere }
        do throws(EndpointURL.Mistake) {
            return try EndpointURL(parsing: text)
        } catch {
            report(error, of: text, at: setting.location)
            return nowhere
        }
    }

    private func report(
        _ mistake: EndpointURL.Mistake, of text: String, at location: SourceLocation
    ) {
        switch mistake {
        case .holdsRoute(let route):
            let base = text.dropLast(text.hasSuffix("/") ? route.count + 1 : route.count)
            let end = route.hasPrefix("/v1/") ? base + "/v1" : base
            findings.report(.urlHoldsRoute, at: location, route, help: "write `\(end)`")
        case .other(let words):
            if text.contains("@") { findings.hide(location) }
            findings.report(.badURL, at: location, words, help: Self.urlAdvice(text))
        }
    }

    /// What the writer of a url without its scheme meant.
    private static func urlAdvice(_ text: String) -> String? {
        if text.hasPrefix("/") { return "write `unix:\(text)` for a socket" }
        let guess = "http://" + text
        return !text.contains("://") && (try? EndpointURL(parsing: guess)) != nil
            ? "write `\(guess)`" : nil
    }

    private func timeouts(_ section: Section) -> EndpointTimeouts {
        let own = section.section("timeouts")
        TotalTimeCheck.check(own, findings)
        let clock = { own[$0] == nil ? $1 : own.integer($0) }
        return EndpointTimeouts(
            connectMilliseconds: clock("connect", defaults.connectMilliseconds),
            tlsMilliseconds: clock("tls", defaults.tlsMilliseconds),
            responseHeaderMilliseconds: clock(
                "response_header", defaults.responseHeaderMilliseconds),
            streamIdleMilliseconds: clock("stream_idle", defaults.streamIdleMilliseconds),
            totalMilliseconds: clock("total", defaults.totalMilliseconds))
    }

    private func checkNames(_ endpoints: [PlacedEndpoint]) {
        var places: [String: SourceLocation] = [:]
        for placed in endpoints where !placed.endpoint.name.isEmpty {
            if let first = places[placed.endpoint.name] {
                findings.report(
                    .duplicateEndpointName, at: placed.nameLocation, placed.endpoint.name,
                    notes: [.init(message: "the first one", location: first)])
            } else {
                places[placed.endpoint.name] = placed.nameLocation
            }
        }
    }
}

extension EndpointsValidator {
    /// Warns of endpoints that are the same server, for the same models.
    private func checkURLs(_ endpoints: [PlacedEndpoint]) {
        var places: [String: [PlacedEndpoint]] = [:]
        for placed in endpoints where !placed.endpoint.url.text.isEmpty {
            let key = placed.endpoint.url.base
            let others = places[key, default: []].suffix(100)
            for other in others {
                guard isSame(other.endpoint, placed.endpoint),
                    let common = commonModel(other.endpoint, placed.endpoint)
                else { continue }
                findings.report(
                    .sameURL, at: placed.urlLocation, other.endpoint.name, common,
                    notes: [
                        .init(
                            message: "`\(other.endpoint.name)` is there",
                            location: other.urlLocation)
                    ])
                break
            }
            places[key, default: []].append(placed)
        }
    }

    /// Whether two endpoints with one url also have the same account and the same way there.
    private func isSame(_ left: Endpoint, _ right: Endpoint) -> Bool {
        left.headers == right.headers && left.egress == right.egress
    }

    /// Words for a model that both serve; nil where they share none.
    private func commonModel(_ left: Endpoint, _ right: Endpoint) -> String? {
        switch (left.models, right.models) {
        case (.anything, .anything): return "whatever no list names"
        case (.discovered, .discovered): return "every model that it has"
        case (.listed(let models), .listed(let others)):
            let names = Set(models.map(\.name))
            return others.first { names.contains($0.name) }.map { "`\($0.name)`" }
        default: return nil
        }
    }

    /// Endpoints without a list are never asked where some list names everything.
    private func checkReach(_ endpoints: [PlacedEndpoint]) {
        var everything: (PlacedEndpoint, SourceLocation)?
        for placed in endpoints {
            guard case .listed(let models) = placed.endpoint.models,
                let index = models.firstIndex(where: { $0.name == "*" })
            else { continue }
            everything = (placed, placed.modelLocations[index])
            break
        }
        guard let (owner, place) = everything else { return }
        for placed in endpoints where placed.endpoint.models == .anything {
            findings.report(
                .unreachableEndpoint, at: placed.nameLocation, placed.endpoint.name,
                "`\(owner.endpoint.name)` lists `*`, which is every model",
                help: "remove `*` there, or say here which models it serves",
                notes: [.init(message: "every model goes here", location: place)])
        }
    }
}
