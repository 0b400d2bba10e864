/// Certificates of authorities that are compiled in, with their name in Swift.
struct AuthoritiesPlan: Equatable {
    var identifier: String
    /// The name of its file, without folders; nil: what the machine trusts that builds.
    var file: String?
    var list: CertificateList

    /// Each list once, however many endpoints trust it and by whatever paths it is named: the
    /// system's first, then those of files in the order of the endpoints.
    ///
    /// - Parameter identifiers: has the names of the endpoints already.
    static func all(
        of gateway: Gateway, system: CertificateList?, _ identifiers: inout Identifiers
    ) -> [AuthoritiesPlan] {
        var plans: [AuthoritiesPlan] = []
        if let system {
            let identifier = identifiers.make(for: "system-authorities")
            plans.append(AuthoritiesPlan(identifier: identifier, file: nil, list: system))
        }
        for endpoint in gateway.endpoints {
            guard case .pinned(let path, let list) = endpoint.tls?.authorities,
                !plans.contains(where: { $0.file != nil && $0.list == list })
            else { continue }
            let file = path.split(separator: "/").last.map(String.init) ?? path
            let stem = file.prefix { $0 != "." }
            let identifier = identifiers.make(for: "\(stem)-authorities")
            plans.append(AuthoritiesPlan(identifier: identifier, file: file, list: list))
        }
        return plans
    }
}

extension Plan {
    /// The name in Swift of what an endpoint trusts; nil: the machine that runs the gateway says.
    func authorities(of tls: EndpointTLS) -> String? {
        let plan =
            switch tls.authorities {
            case .system: authorities.first { $0.file == nil && tls.verifies }
            case .pinned(_, let list): authorities.first { $0.file != nil && $0.list == list }
            }
        return plan?.identifier
    }

    /// Whether the system's authorities are compiled in.
    var carriesSystem: Bool { authorities.contains { $0.file == nil } }
}
