/// Reads `server.name_servers`.
struct NameServersValidator {
    let findings: Findings

    /// Each has up to two sockets, and the resolver tells of sixteen.
    private static let limit = 8

    /// The servers in their order, each with its port; a warning where nobody asks them.
    func nameServers(_ server: Section, for endpoints: [Endpoint]) -> [String] {
        guard let setting = server["name_servers"] else { return [] }
        if !endpoints.isEmpty && !endpoints.contains(where: \.asksForItsName) {
            findings.report(.nameServersUnused, at: setting.location)
        }
        let settings = server.list("name_servers")
        if settings.count > Self.limit {
            findings.report(
                .outOfRange, at: setting.location, "name_servers",
                "a list of at most \(Self.limit)", "one of \(settings.count)")
        }
        var places: [String: SourceLocation] = [:]
        var servers: [String] = []
        for setting in settings {
            let text = setting.text ?? ""
            guard let server = Self.server(text) else {
                findings.report(.badNameServer, at: setting.location, text)
                continue
            }
            if let first = places[server] {
                findings.report(
                    .repeatedValue, at: setting.location, text,
                    notes: [.init(message: "first written here", location: first)])
                continue
            }
            places[server] = setting.location
            servers.append(server)
        }
        return servers
    }

    /// `10.0.0.53:53` or `[fd00::53]:53`; nil where it is neither, with or without a port.
    private static func server(_ text: String) -> String? {
        if AddressParser.ipv4(text) != nil { return "\(text):53" }
        if AddressParser.ipv6(text) != nil { return "[\(text)]:53" }
        let isBracketed = text.hasPrefix("[")
        guard let end = isBracketed ? text.lastIndex(of: "]") : text.lastIndex(of: ":") else {
            return nil
        }
        let host = isBracketed ? text[..<end].dropFirst() : text[..<end]
        var rest = text[end...]
        if isBracketed { rest = rest.dropFirst() }
        let isAddress =
            isBracketed
            ? AddressParser.ipv6(String(host)) != nil : AddressParser.ipv4(String(host)) != nil
        if !isAddress { return nil }
        if rest.isEmpty { return "\(text):53" }
        let digits = rest.dropFirst()
        guard rest.first == ":", digits.utf8.allSatisfy(\.isDigit), let port = UInt16(digits),
            port > 0
        else { return nil }
        return isBracketed ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
