/// A part of the runtime that only some gateways need: a target of its own in a folder of its own,
/// beside the module of the library that it uses.
enum RuntimePart: String, CaseIterable {
    /// Host names, by c-ares.
    case names = "Names"
    /// TLS, by OpenSSL.
    case security = "TLS"
    /// Proxies and HTTP/2, by libcurl.
    case wide = "Wide"

    /// Below `Sources/Runtime`.
    var folder: String { rawValue }

    var target: String { "Gateway\(rawValue)" }

    /// The module of the library, and its folder in the part's.
    var library: String {
        switch self {
        case .names: "CCares"
        case .security: "COpenSSL"
        case .wide: "CCurl"
        }
    }

    /// Whether the library comes with C of the runtime's own around it.
    var hasOwnC: Bool { self == .security }
}

extension Gateway {
    /// In the order of `CompiledGateway`'s arguments.
    var runtimeParts: [RuntimePart] {
        RuntimePart.allCases.filter { part in
            switch part {
            case .names: endpoints.contains(where: \.asksForItsName)
            case .security:
                server.tls != nil || endpoints.contains { $0.egress == nil && $0.tls != nil }
            case .wide: endpoints.contains { $0.egress != nil }
            }
        }
    }

    /// Names of the endpoints that are reached by libcurl.
    var endpointsByCurl: [String] { endpoints.filter { $0.egress != nil }.map(\.name) }

    /// Folders of the runtime's own target that it compiles without, below `Sources/Runtime`.
    var unusedFolders: [String] {
        let isProbing = discovery != nil || hasHealthChecks
        let folders = [
            ("Discovery", discovery != nil), ("Upstream/Probing", isProbing),
            ("Health/Checks", hasHealthChecks), ("Health/Judging", health.isJudging),
            ("Clients", !clients.isEmpty), ("CrossOrigin", crossOrigin != nil),
        ]
        return folders.filter { !$0.1 }.map(\.0)
    }

    /// Names of the endpoints that trust what the machine trusts.
    var endpointsTrustingSystem: [String] {
        endpoints.filter { $0.tls?.trustsSystem ?? false }.map(\.name)
    }
}

extension Endpoint {
    /// Whether the gateway looks its name up by itself.
    var asksForItsName: Bool {
        if case .name = url.address { egress == nil } else { false }
    }
}
