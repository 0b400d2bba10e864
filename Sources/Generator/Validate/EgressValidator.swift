/// Makes an endpoint's way out of its `proxy` and `http_version`.
struct EgressValidator {
    let findings: Findings

    /// Nil where neither asks for more than a connection of the gateway's own.
    func egress(_ endpoint: Section, url: EndpointURL) -> Egress? {
        let proxy = endpoint["proxy"].flatMap(proxy) ?? .none
        let version = HTTPVersion(rawValue: endpoint.text("http_version")) ?? .http1
        guard proxy != .none || version != .http1 else { return nil }
        if case .unix = url.address {
            let settings = [
                proxy == .none ? nil : endpoint["proxy"],
                version == .http1 ? nil : endpoint["http_version"],
            ]
            for setting in settings.compactMap(\.self) {
                findings.report(.socketEgress, at: setting.key.location, setting.key.name)
            }
        }
        return Egress(proxy: proxy, version: version)
    }

    /// Nil when it has been reported.
    private func proxy(_ setting: Setting) -> Egress.Proxy? {
        guard let text = setting.text else { return nil }
        switch text {
        case "none": return Egress.Proxy.none
        case "environment": return .environment
        default: break
        }
        let (parts, areWhole) = ValueReader(findings: findings, setting: setting)
            .references(in: text)
        guard areWhole else {
            findings.hide(setting.location)
            return nil
        }
        do throws(EndpointURL.Mistake) {
            let reading = try ProxyReading(parts)
            if reading.hasLiteralPassword {
                findings.hide(setting.location)
                findings.report(.literalSecret, at: setting.location, setting.key.spelling)
            }
            return .url(ProxyURL(value: parts, shown: reading.shown))
        } catch {
            if text.contains("@") { findings.hide(setting.location) }
            guard case .other(let words) = error else { return nil }
            findings.report(.badProxy, at: setting.location, words, help: Self.advice(text))
            return nil
        }
    }

    /// What the writer of a proxy without its scheme, or with another one, meant.
    private static func advice(_ text: String) -> String? {
        if text.contains("@") { return nil }
        let guess =
            text.hasPrefix("socks")
            ? "socks5h" + (text.firstRange(of: "://").map { text[$0.lowerBound...] } ?? "")
            : "http://" + text
        if (try? ProxyReading([.text(guess)])) != nil { return "write `\(guess)`" }
        return Nearest.advice(for: text, among: ["environment", "none"])
    }
}

/// The parts of a proxy's url.
private struct ProxyReading {
    /// Without user and password.
    let shown: String
    /// Whether the password, or a piece of it, is spelled out.
    let hasLiteralPassword: Bool

    /// Stands where a reference does.
    private static let reference: Character = "\u{0}"

    init(_ parts: [ValuePart]) throws(EndpointURL.Mistake) {
        let text = parts.map { part in
            if case .text(let text) = part { text } else { String(Self.reference) }
        }.joined()
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.value > 0x20 && $0.value < 0x7F || Character($0) == Self.reference
        }
        guard isPlain else { throw .other("it holds a space, or what is not ASCII") }
        guard let mark = text.firstRange(of: "://") else {
            throw .other("it does not begin with `http://`, `https://` or `socks5h://`")
        }
        let scheme = text[..<mark.lowerBound].lowercased()
        guard ["http", "https", "socks5h"].contains(scheme) else {
            throw .other("its scheme is none of `http`, `https` and `socks5h`")
        }
        let rest = text[mark.upperBound...]
        let authority = rest.prefix { !"/?#".contains($0) }
        guard ["", "/"].contains(rest[authority.endIndex...]) else {
            throw .other("it holds a path or query")
        }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        guard !host.contains(Self.reference) else {
            throw .other("only its user and password may be references")
        }
        guard try EndpointURL.address(host, defaultPort: 0).0.port != 0 else {
            throw .other("it names no port")
        }
        shown = "\(scheme)://\(host)"
        let user = authority.dropLast(host.count).dropLast()
        let password = user.drop { $0 != ":" }.dropFirst()
        hasLiteralPassword = password.contains { $0 != Self.reference }
    }
}
