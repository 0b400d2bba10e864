/// Makes what an https endpoint has to show, and what it is shown, out of its `tls`.
struct TLSValidator {
    let findings: Findings
    /// Where relative paths start.
    let folder: String

    /// No list of authorities is larger by far.
    private static let byteLimit = 4 * Units.mebibyte

    /// Nil for an endpoint that is spoken to without TLS.
    func profile(_ endpoint: Section, url: EndpointURL) -> EndpointTLS? {
        let tls = endpoint.section("tls")
        guard url.isSecure else {
            if !url.text.isEmpty { reportWithoutTLS(endpoint) }
            return nil
        }
        if let verify = tls["verify"], !tls.boolean("verify") {
            findings.report(.unverified, at: verify.location, endpoint.text("name"))
        }
        return EndpointTLS(
            authorities: authorities(tls),
            serverName: serverName(tls) ?? url.address.host ?? "",
            minimumVersion: TLSVersion(rawValue: tls.text("min_version")) ?? .tls12,
            identity: identity(tls),
            verifies: tls.boolean("verify"))
    }

    private func reportWithoutTLS(_ endpoint: Section) {
        if let setting = endpoint["tls"] {
            findings.report(.secureKeyWithoutHTTPS, at: setting.key.location, "tls")
        }
        if let setting = endpoint.section("timeouts")["tls"] {
            findings.report(.secureKeyWithoutHTTPS, at: setting.key.location, "timeouts.tls")
        }
    }

    private func authorities(_ tls: Section) -> EndpointTLS.Authorities {
        guard let setting = tls["ca"], let path = setting.text, path != Schema.systemWord else {
            return .system
        }
        do throws(Failure) {
            let whole = path.hasPrefix("/") ? path : "\(folder)/\(path)"
            let bytes = try Files.readRegular(whole, byteLimit: Self.byteLimit)
            let list = try certificates(bytes)
            for certificate in list.certificates where certificate.isExpired {
                findings.report(
                    .expiredAuthority, at: setting.location, certificate.subject, path)
            }
            return .pinned(path, list)
        } catch {
            findings.report(.badAuthorities, at: setting.location, path, error.message ?? "")
            return .system
        }
    }

    private func certificates(_ bytes: [UInt8]) throws(Failure) -> CertificateList {
        do throws(CertificateList.Mistake) {
            return try CertificateList(pem: bytes)
        } catch {
            switch error {
            case .none: throw .build("it holds no `-----BEGIN CERTIFICATE-----`")
            case .malformed(let number): throw .build("certificate \(number) in it is broken")
            }
        }
    }

    private func serverName(_ tls: Section) -> String? {
        guard let setting = tls["server_name"], let name = setting.text else { return nil }
        let isAddress = AddressParser.ipv4(name) != nil || AddressParser.ipv6(name) != nil
        if !isAddress, (try? EndpointURL.checkName(name.lowercased())) == nil {
            findings.report(.badServerName, at: setting.location, name)
        }
        return name
    }

    private func identity(_ tls: Section) -> ClientIdentity? {
        switch (tls["client_certificate"], tls["client_key"]) {
        case (nil, nil): return nil
        case (let certificate?, nil): reportIncomplete(certificate, without: "client_key")
        case (nil, let key?): reportIncomplete(key, without: "client_certificate")
        case (let certificate?, let key?):
            let references = (reference(certificate), reference(key))
            guard let certificate = references.0, let key = references.1 else { return nil }
            return ClientIdentity(certificate: certificate, key: key)
        }
        return nil
    }

    private func reportIncomplete(_ setting: Setting, without other: String) {
        _ = reference(setting)
        findings.report(
            .identityIncomplete, at: setting.key.location, setting.key.name, other,
            help: "add `\(other): \"${file:/path/to.pem}\"`")
    }

    /// The one reference that a value consists of; nil when anything else has been reported.
    private func reference(_ setting: Setting) -> ValuePart? {
        let (parts, areWhole) = ValueReader(findings: findings, setting: setting)
            .references(in: setting.text ?? "")
        switch parts.first {
        case .file, .environment(_, default: nil):
            if parts.count == 1 { return parts[0] }
        default: break
        }
        findings.hide(setting.location)
        if areWhole {
            findings.report(.notAReference, at: setting.location, setting.key.spelling)
        }
        return nil
    }
}
