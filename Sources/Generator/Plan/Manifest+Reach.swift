/// How endpoints are reached, and whom they and the gateway trust.
extension Manifest {
    /// TLS and the way out of an endpoint; nothing where it is reached by a plain connection.
    ///
    /// - Parameter isCarrying: whether the system's authorities are compiled in.
    static func reach(_ endpoint: Endpoint, isCarrying: Bool) -> [(String, JSON)] {
        var members: [(String, JSON)] = []
        if let tls = endpoint.tls { members.append(("tls", profile(tls, isCarrying))) }
        if let egress = endpoint.egress {
            if let proxy = egress.proxy.shown { members.append(("proxy", .string(proxy))) }
            members.append(("http_version", .string(egress.version.rawValue)))
        }
        return members
    }

    private static func profile(_ tls: EndpointTLS, _ isCarrying: Bool) -> JSON {
        var members: [(String, JSON)] = [("verified", .bool(tls.verifies))]
        if tls.verifies { members.append(("roots", roots(tls.authorities, isCarrying))) }
        members += [
            ("server_name", .string(tls.serverName)),
            ("min_version", .string(tls.minimumVersion.rawValue)),
        ]
        if let identity = tls.identity {
            members.append(
                ("client_certificate", .string(identity.certificate.secrets.joined())))
        }
        return .object(members)
    }

    /// `system`, `system, compiled in`, or the subjects of what a file held.
    private static func roots(_ authorities: EndpointTLS.Authorities, _ isCarrying: Bool) -> JSON {
        switch authorities {
        case .system: .string(isCarrying ? "system, compiled in" : "system")
        case .pinned(_, let list): .strings(list.certificates.map(\.subject))
        }
    }

    static func server(_ tls: ServerTLS) -> JSON {
        .object([("certificate", .string(tls.certificate)), ("key", .string(tls.key))])
    }

    static func discovery(_ discovery: Discovery) -> JSON {
        .object([
            ("interval_ms", .integer(discovery.intervalMilliseconds)),
            ("timeout_ms", .integer(discovery.timeoutMilliseconds)),
        ])
    }
}

extension Egress.Proxy {
    /// Without its credentials; nil: there is none.
    var shown: String? {
        switch self {
        case .none: nil
        case .environment: "environment"
        case .url(let url): url.shown
        }
    }
}

extension Endpoint {
    /// All that it may take secrets from, in the order of the YAML's reference.
    var references: [ValuePart] {
        var parts = headers.flatMap(\.value)
        if let identity = tls?.identity { parts += [identity.certificate, identity.key] }
        if case .url(let proxy)? = egress?.proxy { parts += proxy.value }
        return parts
    }
}
