import Glibc

/// What connections go through, as libcurl takes it.
struct ProxyChoice {
    /// Empty: nothing.
    let url: String
    /// Hosts that are reached without it: `localhost,.internal`.
    let exceptions: String

    static var none: ProxyChoice { ProxyChoice(url: "", exceptions: "") }

    init(url: String, exceptions: String) {
        self.url = url
        self.exceptions = exceptions
    }

    init(url: [UInt8], exceptions: String) {
        self.init(url: String(decoding: url, as: UTF8.self), exceptions: exceptions)
    }
}

/// The proxies that the environment names, read when a worker starts.
struct ProxyEnvironment {
    private let secure: String?
    private let plain: String?
    private let exceptions: String

    init() {
        let all = ProxyEnvironment.either("all_proxy", "ALL_PROXY")
        secure = ProxyEnvironment.either("https_proxy", "HTTPS_PROXY") ?? all
        plain = ProxyEnvironment.either("http_proxy", "HTTP_PROXY") ?? all
        exceptions = ProxyEnvironment.either("no_proxy", "NO_PROXY") ?? ""
    }

    func choice(forTLS isSecure: Bool) -> ProxyChoice {
        ProxyChoice(url: (isSecure ? secure : plain) ?? "", exceptions: exceptions)
    }

    private static func either(_ lower: String, _ upper: String) -> String? {
        value(of: lower) ?? value(of: upper)
    }

    /// A variable's value; nil where it is not set, or is empty.
    static func value(of name: String) -> String? {
        guard let text = unsafe getenv(name).map({ unsafe String(cString: $0) }) else { return nil }
        return text.isEmpty ? nil : text
    }
}

/// `https://api.example.com:8443`, taken apart.
struct Origin {
    private let scheme: Substring
    /// Without the brackets of an IPv6 address.
    let host: String
    let port: String
    let text: String

    init(_ text: String) {
        self.text = text
        let pieces = text.split(separator: "://", maxSplits: 1)
        scheme = pieces.first ?? ""
        let place = pieces.last ?? ""
        let standard = scheme == "https" ? "443" : "80"
        if place.hasPrefix("[") {
            let parts = place.dropFirst().split(separator: "]", maxSplits: 1)
            host = String(parts.first ?? "")
            port = parts.count > 1 ? String(parts[1].dropFirst()) : standard
        } else {
            let parts = place.split(separator: ":", maxSplits: 1)
            host = String(parts.first ?? "")
            port = parts.count > 1 ? String(parts[1]) : standard
        }
    }

    var bracketedHost: String { Origin.bracketed(host) }

    /// The origin under another name.
    func text(withHost other: String) -> String {
        "\(scheme)://\(Origin.bracketed(other)):\(port)"
    }

    private static func bracketed(_ host: String) -> String {
        host.contains(":") ? "[\(host)]" : host
    }
}
