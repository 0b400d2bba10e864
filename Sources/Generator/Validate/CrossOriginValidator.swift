/// Makes what browsers are told of other origins.
struct CrossOriginValidator {
    let findings: Findings

    /// Nil where the YAML says nothing of it.
    func crossOrigin(_ setting: Setting?) -> CrossOrigin? {
        guard let setting, case .section(let section) = setting.value else { return nil }
        let origins = origins(section.list("allowed_origins"))
        let sendsCredentials = section.boolean("allow_credentials")
        if sendsCredentials, origins.contains("*"), let place = section["allow_credentials"] {
            findings.report(.anyOriginWithCredentials, at: place.location)
        }
        let headers = fields(section.list("allowed_headers"), mayBeAny: true)
        let exposed = fields(section.list("exposed_headers"), mayBeAny: false)
        let methods = unique(section.list("allowed_methods"))
        return CrossOrigin(
            origins: origins,
            methods: methods.isEmpty ? CrossOrigin.usualMethods : methods,
            headers: headers.contains("*") ? [] : headers,
            exposed: exposed.isEmpty ? CrossOrigin.usualExposed : exposed,
            sendsCredentials: sendsCredentials,
            maxAgeSeconds: section.integer("max_age") / Units.second)
    }

    private func origins(_ settings: [Setting]) -> [String] {
        for setting in settings {
            guard let text = setting.text, text != "*" else { continue }
            if let mistake = OriginMistake(in: text) {
                findings.report(
                    .badOrigin, at: setting.location, text, mistake.words, help: mistake.help)
            } else if settings.contains(where: { $0.text == "*" }) {
                findings.report(
                    .badOrigin, at: setting.location, text, "beside `*` it says nothing",
                    help: "remove it, or `*`")
            }
        }
        return unique(settings)
    }

    /// - Parameter mayBeAny: whether `*` may stand for every name.
    private func fields(_ settings: [Setting], mayBeAny: Bool) -> [String] {
        for setting in settings {
            guard let name = setting.text, !(mayBeAny && name == "*") else { continue }
            let marks = Array("!#$%&'+-.^_`|~".utf8)
            let isToken = name.utf8.allSatisfy { $0.isDigit || $0.isLetter || marks.contains($0) }
            if !isToken || !(1...256).contains(name.utf8.count) {
                findings.report(.badHeaderName, at: setting.location, name)
            }
        }
        return unique(settings)
    }

    /// The texts of a list; one that comes again is reported.
    private func unique(_ settings: [Setting]) -> [String] {
        var places: [String: SourceLocation] = [:]
        for setting in settings {
            guard let text = setting.text else { continue }
            if let first = places[text] {
                findings.report(
                    .repeatedValue, at: setting.location, text,
                    notes: [.init(message: "first written here", location: first)])
            }
            places[text] = setting.location
        }
        return settings.compactMap(\.text)
    }
}

/// Why no browser would send an origin.
private struct OriginMistake {
    let words: String
    let help: String?

    /// Nil where it is one.
    init?(in text: String) {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let scheme = parts.first, let rest = parts.last else {
            let isHost = !text.isEmpty && text != "null" && !text.contains("/")
            words = text == "null" ? "it stands for pages of no origin" : "it has no scheme"
            help = isHost ? "write `https://\(text.lowercased())`" : nil
            return
        }
        let authority = rest.prefix { !"/?#".contains($0) }
        if let words = Self.mistake(scheme: scheme, authority) {
            self.words = words
            help = nil
        } else if authority.count < rest.count {
            words = "it holds a path"
            help = "write `\(scheme)://\(authority)`"
        } else if text != text.lowercased() {
            words = "it holds upper case"
            help = "write `\(text.lowercased())`"
        } else if let port = Self.usualPorts[String(scheme)], authority.hasSuffix(port) {
            words = "browsers leave out the usual port"
            help = "write `\(scheme)://\(authority.dropLast(port.count))`"
        } else {
            return nil
        }
    }

    private static let usualPorts = ["https": ":443", "http": ":80"]

    private static func mistake(scheme: Substring, _ authority: Substring) -> String? {
        let marks = Array("+-.".utf8)
        let isScheme = scheme.utf8.allSatisfy { $0.isLetter || $0.isDigit || marks.contains($0) }
        if scheme.isEmpty || !isScheme { return "it has no scheme" }
        if authority.utf8.count > 300 { return "it is too long" }
        if authority.contains("@") { return "it names a user" }
        let host = authority.hasPrefix("*.") ? authority.dropFirst(2) : authority
        if host.contains("*") { return "`*` may only stand for the first labels of the host" }
        let isHost = host.utf8.allSatisfy {
            $0.isLetter || $0.isDigit || "-._:[]".utf8.contains($0)
        }
        if host.isEmpty || host.hasPrefix(":") || !isHost { return "it has no host" }
        return nil
    }
}
