/// Makes the header fields of an endpoint out of its `headers` and `auth`.
struct HeadersValidator {
    let findings: Findings

    /// Names that belong to the gateway; a final `-` stands for every name that begins so.
    private static let managed = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-", "te", "trailer",
        "transfer-encoding", "upgrade", "via", "x-forwarded-", "x-olla-", "x-request-id",
    ]
    private static let credentials: Set = [
        "api-key", "authorization", "cookie", "x-api-key", "x-auth-token", "x-goog-api-key",
    ]

    /// The fields of `headers` in order, and the one of `auth` behind them.
    func headers(_ endpoint: Section) -> [Header] {
        var places: [String: SourceLocation] = [:]
        var headers: [Header] = []
        for setting in endpoint.pairs("headers") {
            let place = setting.key.location
            guard Self.checkName(setting.key.name, at: place, findings) else { continue }
            let name = setting.key.name.lowercased()
            if let first = places[name] {
                findings.report(
                    .duplicateHeader, at: place, setting.key.name,
                    notes: [.init(message: "first set here", location: first)])
                continue
            }
            places[name] = place
            let reader = ValueReader(findings: findings, setting: setting)
            let isCredential = Self.credentials.contains(name)
            headers.append(
                Header(
                    name: setting.key.name,
                    value: reader.parts(isCredential: isCredential),
                    isCredential: isCredential))
        }
        if let header = auth(endpoint, places: places) { headers.append(header) }
        return headers
    }

    private func auth(_ endpoint: Section, places: [String: SourceLocation]) -> Header? {
        guard let setting = endpoint["auth"], case .section(let section) = setting.value else {
            return nil
        }
        let header = AuthValidator(findings: findings).header(section)
        if let header, let other = places[header.name.lowercased()] {
            findings.report(
                .authHeaderConflict, at: other, header.name,
                notes: [.init(message: "`auth` is here", location: setting.key.location)])
        }
        return header
    }

    /// Reports a name that no header can have.
    static func checkToken(
        _ name: String, at location: SourceLocation, _ findings: Findings
    ) -> Bool {
        let marks = Array("!#$%&'*+-.^_`|~".utf8)
        let isToken = name.utf8.allSatisfy { $0.isDigit || $0.isLetter || marks.contains($0) }
        if isToken, (1...256).contains(name.utf8.count) { return true }
        findings.report(.badHeaderName, at: location, name)
        return false
    }

    /// Reports a name that no header can have, or that is not the user's to set.
    static func checkName(_ name: String, at location: SourceLocation, _ findings: Findings) -> Bool
    {
        guard checkToken(name, at: location, findings) else { return false }
        let lowercased = name.lowercased()
        guard
            managed.contains(where: {
                $0.hasSuffix("-") ? lowercased.hasPrefix($0) : lowercased == $0
            })
        else { return true }
        let help =
            lowercased == "host" ? "remove it; `Host` comes from the endpoint's url" : nil
        findings.report(.managedHeader, at: location, name, help: help)
        return false
    }
}
