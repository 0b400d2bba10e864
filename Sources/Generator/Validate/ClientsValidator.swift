/// Makes the clients, and checks what they may do against what the gateway has.
struct ClientsValidator {
    let findings: Findings
    let names: NamesValidator
    /// Further names that clients may say.
    let aliases: [String]
    let routes: [ExtraRoute]
    let isPassthrough: Bool

    func clients(_ settings: [Setting]) -> [Client] {
        var names: [String: SourceLocation] = [:]
        var owners: [String: String] = [:]
        return settings.compactMap { setting -> Client? in
            guard case .section(let section) = setting.value else { return nil }
            let client = Client(
                name: name(section, known: &names),
                keyDigests: digests(section, owners: &owners),
                models: models(section), routes: routes(section),
                rateLimit: RateLimitValidator(findings: findings)
                    .limit(section["rate_limit"], inheriting: nil))
            return client
        }
    }

    private func name(_ section: Section, known: inout [String: SourceLocation]) -> String {
        guard let setting = section["name"], let name = setting.text else { return "" }
        let isName = name.utf8.allSatisfy { $0.isDigit || $0.isLetter || "._-".utf8.contains($0) }
        if !isName || !(1...64).contains(name.utf8.count) {
            findings.report(.badClientName, at: setting.location, name)
        } else if let first = known[name] {
            findings.report(
                .duplicateClient, at: setting.location, name,
                notes: [.init(message: "the first one", location: first)])
        } else {
            known[name] = setting.location
        }
        return name
    }

    /// - Parameter owners: clients by the digests of their keys.
    private func digests(_ section: Section, owners: inout [String: String]) -> [String] {
        section.list("key_sha256").compactMap { setting -> String? in
            guard let text = setting.text else { return nil }
            let digest = text.lowercased()
            guard digest.utf8.count == 64, digest.utf8.allSatisfy(\.isHexDigit) else {
                findings.hide(setting.location)
                findings.report(.badKeyDigest, at: setting.location, Self.words(for: text))
                return nil
            }
            if let owner = owners[digest] {
                findings.report(.sharedKey, at: setting.location, owner)
            }
            owners[digest] = section.text("name")
            return digest
        }
    }

    /// What is wrong with a digest.
    private static func words(for text: String) -> String {
        if text.hasPrefix(Client.keyPrefix) { return "it is a key itself, which is to be kept" }
        if text.utf8.count == 64 { return "it holds what is no hexadecimal digit" }
        return "it has \(text.utf8.count) characters instead of 64"
    }

    private func models(_ section: Section) -> [String] {
        section.list("models").compactMap { setting -> String? in
            guard let name = setting.text,
                ModelsValidator.check(name, isPattern: true, at: setting.location, findings)
            else { return nil }
            if !names.mayServe(name, aliases: aliases) {
                findings.report(
                    .clientModelUnserved, at: setting.location, name, section.text("name"),
                    help: names.advice(for: name, aliases: aliases)
                        ?? "write a name or pattern of what the endpoints serve")
            }
            return name
        }
    }

    private func routes(_ section: Section) -> [String] {
        section.list("routes").compactMap { setting -> String? in
            guard let path = setting.text else { return nil }
            if !isKnown(path) {
                let known = BuiltInRoutes.paths + routes.map(\.path)
                findings.report(
                    .clientRouteUnknown, at: setting.location, path,
                    help: Nearest.advice(for: path, among: known)
                        ?? "known are \(known.map { "`\($0)`" }.joined(separator: ", "))")
            }
            return path
        }
    }

    /// Whether some route is the path or, where it ends in a star, begins with what is before it.
    private func isKnown(_ path: String) -> Bool {
        let known = BuiltInRoutes.paths + routes.map(\.path)
        guard path.hasSuffix("*") else {
            if PathCheck.mistake(in: path) != nil { return false }
            return BuiltInRoutes.contains(path) || known.contains(path)
                || isPassthrough && path.hasPrefix("/v1/")
        }
        let stem = String(path.dropLast())
        if stem.contains("*") { return false }
        let open = ["/v1/models/"] + (isPassthrough ? ["/v1/"] : [])
        return known.contains { $0.hasPrefix(stem) }
            || open.contains { stem.hasPrefix($0) || $0.hasPrefix(stem) }
    }
}
