extension EndpointURL {
    /// Why a text is no url of an endpoint.
    enum Mistake: Error, Equatable {
        case holdsRoute(String)
        /// In words that follow "the url does not work: ".
        case other(String)
    }

    /// Reads `https://host[:port][/path]`, the same with `http`, or `unix:/path`.
    init(parsing text: String) throws(Mistake) {
        if text.isEmpty { throw .other("it is empty") }
        if let scalar = text.unicodeScalars.first(where: { $0.value <= 0x20 || $0.value >= 0x7F }) {
            throw .other(
                scalar.value <= 0x20
                    ? "it holds a space" : "it holds `\(scalar)`, which is not ASCII")
        }
        let scheme = text.prefix { $0 != ":" }.lowercased()
        if scheme == "unix" {
            self = try Self.unix(text)
            return
        }
        let isSecure = scheme == "https"
        guard isSecure || scheme == "http", text.dropFirst(scheme.count).hasPrefix("://") else {
            let isBare = !text.contains("://")
            throw .other(
                isBare
                    ? "it does not begin with `https://` or `http://`"
                    : "`\(scheme)://` is not spoken here")
        }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { !"/?#".contains($0) }
        let path = rest[authority.endIndex...]
        if authority.contains("@") {
            throw .other("it holds a user or password; use `auth` of type basic")
        }
        if path.contains("?") { throw .other("it holds a query") }
        if path.contains("#") { throw .other("it holds a fragment") }
        let (address, hostField) = try Self.address(authority, defaultPort: isSecure ? 443 : 80)
        self.init(
            text: text, isSecure: isSecure, address: address, hostField: hostField,
            pathPrefix: try Self.prefix(String(path)))
    }

    private static func unix(_ text: String) throws(Mistake) -> EndpointURL {
        var path = String(text.dropFirst(5))
        if path.hasPrefix("///") { path = String(path.dropFirst(2)) }
        guard path.hasPrefix("/"), !path.hasPrefix("//") else {
            throw .other("the path of a socket begins with `/`: `unix:/run/llm.sock`")
        }
        guard (2...107).contains(path.utf8.count) else {
            throw .other("the path of a socket has 2 to 107 bytes")
        }
        return EndpointURL(
            text: text, isSecure: false, address: .unix(path), hostField: "localhost",
            pathPrefix: "")
    }

    /// Reads `host[:port]`; returns it together with what `Host` says of it.
    static func address(
        _ authority: Substring, defaultPort: UInt16
    ) throws(Mistake) -> (Address, String) {
        let field = { (host: String, port: UInt16) in
            port == defaultPort ? host : "\(host):\(port)"
        }
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else {
                throw .other("`[` is not closed")
            }
            let host = String(authority[authority.index(after: authority.startIndex)..<close])
            guard AddressParser.ipv6(host) != nil else {
                throw .other("`\(host)` is no IPv6 address")
            }
            let port = try port(authority[authority.index(after: close)...]) ?? defaultPort
            return (.ipv6(host, port: port), field("[\(host)]", port))
        }
        let host = authority.prefix { $0 != ":" }.lowercased()
        if authority.filter({ $0 == ":" }).count > 1 {
            throw .other("an IPv6 address stands in brackets: `http://[::1]:8080`")
        }
        let tail = authority[authority.index(authority.startIndex, offsetBy: host.count)...]
        let port = try port(tail) ?? defaultPort
        if AddressParser.ipv4(host) != nil { return (.ipv4(host, port: port), field(host, port)) }
        try checkName(host)
        return (.name(host, port: port), field(host, port))
    }

    /// - Parameter text: what stands behind the host: nothing, or `:` and the port.
    private static func port(_ text: Substring) throws(Mistake) -> UInt16? {
        if text.isEmpty { return nil }
        let digits = text.dropFirst()
        guard text.first == ":", !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit),
            let port = UInt16(digits), port > 0
        else {
            throw .other("`\(text.first == ":" ? digits : text)` is no port from 1 to 65535")
        }
        return port
    }

    /// Throws where a text is no host name.
    static func checkName(_ host: String) throws(Mistake) {
        if host.isEmpty { throw .other("it names no host") }
        let name = host.hasSuffix(".") ? host.dropLast() : Substring(host)
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.utf8.allSatisfy { $0.isDigit || $0.isLetter || $0 == 0x2D || $0 == 0x5F }
        }
        guard isName, name.utf8.count <= 253 else { throw .other("`\(host)` is no host name") }
        if let last = labels.last, last.utf8.allSatisfy(\.isDigit) || last.hasPrefix("0x") {
            throw .other("`\(host)` is no IPv4 address")
        }
    }

    /// The path without a final slash or `/v1`.
    private static func prefix(_ path: String) throws(Mistake) -> String {
        if let mistake = PathCheck.mistake(in: path) { throw .other(mistake) }
        var prefix = Substring(path)
        if prefix.hasSuffix("/") { prefix = prefix.dropLast() }
        let routes = BuiltInRoutes.paths + ["/chat/completions"]
        if let route = routes.first(where: { prefix.hasSuffix($0) }) { throw .holdsRoute(route) }
        if prefix.hasSuffix("/v1/v1") { throw .other("it ends in `/v1` twice") }
        if prefix.hasSuffix("/v1") { prefix = prefix.dropLast("/v1".count) }
        return String(prefix)
    }
}
