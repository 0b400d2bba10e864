/// What an endpoint is asked: its model list, as the gateway would ask for it.
struct ModelQuestion {
    /// Without user, password or query.
    var url: String
    /// The socket file that is connected to instead of the url's host.
    var socketPath: String?
    /// `Name: value`, credentials among them.
    var fields: [String]
    /// Nil: without TLS.
    var tls: Security?
    var proxy: Proxy
    var isHTTP2: Bool

    /// What the server has to show, and what it is shown.
    struct Security {
        /// Certificates as PEM; nil: those that the machine trusts.
        var authorities: String?
        /// The name that is asked for and checked; nil: the url's host.
        var serverName: String?
        var isTLS13Alone: Bool
        /// The gateway's certificate and key as PEM.
        var identity: (certificate: [UInt8], key: [UInt8])?
        var verifies: Bool
    }

    /// What connections go through.
    enum Proxy {
        case none
        case environment
        /// With its user and password.
        case url(String)
    }

    /// The path of every endpoint's model list: each type answers the OpenAI interface there.
    private static let path = "/v1/models"

    /// What is shown of the url: `unix:/run/llm.sock:/v1/models`.
    static func shownURL(of endpoint: Endpoint) -> String { endpoint.url.upstream(path) }

    /// - Parameter secrets: has read what the endpoint's fields need.
    init(_ endpoint: Endpoint, _ secrets: Secrets) {
        let address = endpoint.url.address
        if case .unix(let path) = address { socketPath = path }
        let own = endpoint.headers.map { header in
            let value = secrets.text(of: header.value)
            // A name with a colon and nothing behind it would take curl's own field away.
            return value.isEmpty ? "\(header.name);" : "\(header.name): \(value)"
        }
        let names = Set(endpoint.headers.map { $0.name.lowercased() })
        let standard = [("Accept", "application/json"), ("User-Agent", "ingot/\(Version.current)")]
        fields =
            standard.filter { !names.contains($0.0.lowercased()) }.map { "\($0): \($1)" } + own
            + ["Host: \(endpoint.url.hostField)", "Via: 1.1 ingot"]
        url = "http://\(endpoint.url.hostField)\(endpoint.url.pathPrefix)\(Self.path)"
        proxy = .none
        isHTTP2 = false
    }
}
