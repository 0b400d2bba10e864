/// How an endpoint is reached that asks for more than a connection of the gateway's own.
struct Egress: Equatable {
    var proxy: Proxy
    var version: HTTPVersion

    /// What connections go through.
    enum Proxy: Equatable {
        case none
        /// The variables of the environment that the gateway is started in.
        case environment
        case url(ProxyURL)
    }
}

/// Which HTTP is spoken; the raw value is how the YAML has it.
enum HTTPVersion: String, Equatable, CaseIterable {
    case http1 = "1.1"
    case http2 = "2"
}

/// Where a proxy is: `http://`, `https://` or `socks5h://`, a host and a port.
struct ProxyURL: Equatable {
    /// The whole url, with the references for its user and password.
    var value: [ValuePart]
    /// The same without user and password: `http://proxy.internal:3128`.
    var shown: String
}

/// `discovery:`, where an endpoint has `models: discover`.
struct Discovery: Equatable {
    var intervalMilliseconds: Int
    var timeoutMilliseconds: Int
}
