/// What an endpoint is asked: its model list, as the gateway would ask for it.
struct ModelQuestion {
    /// Without user, password or query; its host is the name that a certificate has to have.
    var url: String
    /// The socket file that is connected to instead of the url's host.
    var socketPath: String?
    /// `::host:port`: where connections go instead of to the url's host, as libcurl takes it.
    var connectTo: String?
    /// `Name: value`, credentials among them.
    var fields: [String]
    /// Nil: without TLS.
    var tls: Security?
    /// Empty: none. With its user and password.
    var proxy: String
    /// Hosts that are reached without the proxy: `localhost,.internal`.
    var proxyExceptions: String
    var isHTTP2: Bool

    /// What the server has to show, and what it is shown.
    struct Security {
        var profile: EndpointTLS
        /// The gateway's certificate and key as PEM; empty: none.
        var certificate: [UInt8]
        var key: [UInt8]
    }

    /// The path of every endpoint's model list: each type answers the OpenAI interface there.
    private static let path = "/v1/models"

    /// What is shown of the url: `unix:/run/llm.sock:/v1/models`.
    static func shownURL(of endpoint: Endpoint) -> String { endpoint.url.upstream(path) }

    /// - Parameter secrets: has read what the endpoint needs.
    init(_ endpoint: Endpoint, _ secrets: Secrets) {
        let place = endpoint.url
        if case .unix(let path) = place.address { socketPath = path }
        let path = place.pathPrefix + Self.path
        url = place.origin + path
        fields = Self.fields(of: endpoint, secrets)
        isHTTP2 = endpoint.egress?.version == .http2
        (proxy, proxyExceptions) = Self.proxy(of: endpoint, secrets)
        guard let profile = endpoint.tls else { return }
        if let host = place.address.host, let port = place.address.port,
            profile.serverName != host
        {
            url = "https://\(Self.bracketed(profile.serverName)):\(port)\(path)"
            connectTo = "::\(Self.bracketed(host)):\(port)"
        }
        tls = Security(
            profile: profile,
            certificate: profile.identity.map { secrets.value(of: $0.certificate) } ?? [],
            key: profile.identity.map { secrets.value(of: $0.key) } ?? [])
    }

    private static func bracketed(_ host: String) -> String {
        host.contains(":") ? "[\(host)]" : host
    }

    private static func fields(of endpoint: Endpoint, _ secrets: Secrets) -> [String] {
        let own = endpoint.headers.map { header in
            let value = secrets.text(of: header.value)
            // A name with a colon and nothing behind it would take curl's own field away.
            return value.isEmpty ? "\(header.name);" : "\(header.name): \(value)"
        }
        let names = Set(endpoint.headers.map { $0.name.lowercased() })
        let standard = [("Accept", "application/json"), ("User-Agent", "ingot/\(Version.current)")]
            .filter { !names.contains($0.0.lowercased()) }
            .map { "\($0): \($1)" }
        return standard + own + ["Host: \(endpoint.url.hostField)", "Via: 1.1 ingot"]
    }

    /// The proxy and its exceptions, the environment's variables read as the gateway reads them.
    private static func proxy(of endpoint: Endpoint, _ secrets: Secrets) -> (String, String) {
        switch endpoint.egress?.proxy ?? .none {
        case .none: return ("", "")
        case .url(let url): return (secrets.text(of: url.value), "")
        case .environment:
            let scheme = endpoint.url.isSecure ? "https" : "http"
            let proxy = either("\(scheme)_proxy") ?? either("all_proxy")
            return (proxy ?? "", either("no_proxy") ?? "")
        }
    }

    private static func either(_ name: String) -> String? {
        Environment[name] ?? Environment[name.uppercased()]
    }
}
