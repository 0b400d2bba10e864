/// Turns `auth` into the header field that it stands for.
struct AuthValidator {
    let findings: Findings

    /// The keys that each type has besides `type`.
    private static let keys = [
        "bearer": ["token", "token_file"],
        "basic": ["username", "username_file", "password", "password_file"],
        "api_key": ["key", "key_file", "header"],
    ]

    /// Nil when something is missing; it has been reported.
    func header(_ auth: Section) -> Header? {
        let type = auth.text("type")
        guard let own = Self.keys[type] else { return nil }
        for name in auth.settings.keys.sorted() where name != "type" && !own.contains(name) {
            guard let setting = auth[name] else { continue }
            let owner = Self.keys.first { $0.value.contains(name) }?.key ?? type
            findings.report(
                .authForeignKey, at: setting.key.location, name, type,
                help: "remove it, or write `type: \(owner)`")
        }
        switch type {
        case "bearer":
            return credential("token", of: auth).map {
                Header(
                    name: "Authorization", value: joined([.text("Bearer ")] + $0),
                    isCredential: true)
            }
        case "basic":
            let user = credential("username", of: auth)
            let password = credential("password", of: auth)
            guard let user, let password else { return nil }
            let pair = joined(user + [.text(":")] + password)
            return Header(
                name: "Authorization", value: [.text("Basic "), .base64(pair)], isCredential: true)
        default:
            let name = auth.text("header")
            if let setting = auth["header"] {
                guard HeadersValidator.checkName(name, at: setting.location, findings) else {
                    return nil
                }
            }
            return credential("key", of: auth).map {
                Header(name: name, value: $0, isCredential: true)
            }
        }
    }

    /// The value of `token` or the file of `token_file`.
    private func credential(_ name: String, of auth: Section) -> [ValuePart]? {
        let file = name + "_file"
        switch (auth[name], auth[file]) {
        case (nil, nil):
            let type = auth["type"]
            findings.report(
                .authWithoutCredentials, at: type?.location ?? auth.location, auth.text("type"),
                "`\(name)` or `\(file)`",
                help: "add `\(name): \"${NAME}\"` or `\(file): /run/secrets/\(name)`")
            return nil
        case (let value?, let path?):
            findings.report(
                .authTwice, at: path.key.location, name, file,
                notes: [.init(message: "`\(name)` is here", location: value.key.location)])
            return nil
        case (let value?, nil):
            let isCredential = name != "username"
            return ValueReader(findings: findings, setting: value).parts(isCredential: isCredential)
        case (nil, let path?):
            let text = path.text ?? ""
            PathCheck.checkFile(text, at: path.location, findings)
            return [.file(text)]
        }
    }

    /// Neighbouring texts as one piece.
    private func joined(_ parts: [ValuePart]) -> [ValuePart] {
        var joined: [ValuePart] = []
        for part in parts {
            if case .text(let text) = part, case .text(let before)? = joined.last {
                joined[joined.count - 1] = .text(before + text)
            } else {
                joined.append(part)
            }
        }
        return joined
    }
}
