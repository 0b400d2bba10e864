import COpenSSL
import GatewayRuntime
import Glibc

/// What makes two endpoints share a context.
struct ClientProfile: Hashable {
    /// PEM; nil: the machine's authorities.
    let authorities: String?
    let minimumVersion: TLSVersion
    let verifies: Bool
    let identity: Identity?

    init(_ endpoint: EndpointSecurity) {
        switch endpoint.profile.authorities {
        case .system: authorities = nil
        case .pinned(let pem): authorities = "\(pem)"
        }
        minimumVersion = endpoint.profile.minimumVersion
        verifies = endpoint.profile.verifies
        identity = endpoint.identity
    }
}

/// What sessions have in common: whom they trust, what they show, what they speak.
@safe
final class SecurityContext: @unchecked Sendable {
    private let pointer: OpaquePointer

    /// A context for sessions with endpoints; nil: it is unusable, as `problems` says.
    init?(_ profile: ClientProfile, for user: String, _ problems: inout [String]) {
        let version = profile.minimumVersion == .tls13 ? TLS1_3_VERSION : TLS1_2_VERSION
        guard let pointer = unsafe ingot_tls_client_context(version, profile.verifies) else {
            problems.append("OpenSSL cannot be set up (\(user))")
            return nil
        }
        unsafe self.pointer = unsafe pointer
        if profile.verifies && !trust(profile.authorities, for: user, &problems) { return nil }
        if let identity = profile.identity, !show(identity, for: user, &problems) { return nil }
    }

    /// A context for sessions with clients; nil: it is unusable, as `problems` says.
    init?(server identity: Identity, _ problems: inout [String]) {
        guard let pointer = unsafe ingot_tls_server_context() else {
            problems.append("OpenSSL cannot be set up (server.tls)")
            return nil
        }
        unsafe self.pointer = unsafe pointer
        if !show(identity, for: "server.tls", &problems) { return nil }
    }

    deinit { unsafe SSL_CTX_free(pointer) }

    func withPointer<Result>(_ body: (OpaquePointer) -> Result) -> Result { unsafe body(pointer) }

    private func trust(
        _ authorities: String?, for user: String, _ problems: inout [String]
    ) -> Bool {
        guard let authorities else {
            if unsafe MachineAuthorities.trust(pointer) { return true }
            problems.append("this machine has no list of authorities to trust (\(user))")
            return false
        }
        let bytes = Array(authorities.utf8)
        let count = unsafe bytes.isEmpty ? 0 : ingot_tls_trust(pointer, bytes, bytes.count)
        if count > 0 { return true }
        problems.append("the pinned authorities are no certificates in PEM (\(user))")
        return false
    }

    private func show(
        _ identity: Identity, for user: String, _ problems: inout [String]
    ) -> Bool {
        let certificate = identity.certificate
        let key = identity.key
        let fault =
            certificate.isEmpty
            ? INGOT_TLS_CERTIFICATE_MALFORMED
            : unsafe ingot_tls_show(pointer, certificate, certificate.count, key, key.count)
        guard let sentence = SecurityContext.sentence(fault) else { return true }
        problems.append("\(sentence) (\(user))")
        return false
    }

    private static func sentence(_ fault: ingot_tls_identity_fault) -> String? {
        switch fault {
        case INGOT_TLS_IDENTITY_GOOD: nil
        case INGOT_TLS_CERTIFICATE_MALFORMED: "the certificate is not in PEM"
        case INGOT_TLS_CERTIFICATE_WEAK: "the certificate has too weak a key or signature"
        case INGOT_TLS_KEY_ENCRYPTED: "the certificate's key wants a passphrase"
        case INGOT_TLS_KEY_OTHER: "the key is not the certificate's"
        default: "the certificate's key is not in PEM"
        }
    }
}

/// The authorities that this machine trusts, wherever its distribution keeps them.
enum MachineAuthorities {
    /// Bundles of Debian, Fedora, SUSE, older Red Hat and Alpine.
    private static let bundles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ]

    /// Takes what `SSL_CERT_FILE` and `SSL_CERT_DIR` name, then OpenSSL's own folder, whose files
    /// are only read when they are needed, then the first bundle that is there.
    static func trust(_ context: OpaquePointer) -> Bool {
        let isFolderNamed = unsafe getenv("SSL_CERT_DIR") != nil
        if let file = unsafe getenv("SSL_CERT_FILE") {
            // OpenSSL itself would say nothing of a file that is not there.
            let isRead = unsafe ingot_tls_trust_bundle(context, file)
            if !isRead || !isFolderNamed { return isRead }
        }
        if isFolderNamed || hasFolder { return unsafe ingot_tls_trust_machine(context) }
        return bundles.contains { unsafe ingot_tls_trust_bundle(context, $0) }
    }

    /// Whether OpenSSL's folder holds the links that it looks authorities up by: `4042bcee.0`.
    private static var hasFolder: Bool {
        guard let path = unsafe X509_get_default_cert_dir(), let folder = unsafe opendir(path)
        else { return false }
        defer { unsafe closedir(folder) }
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) {
                unsafe Array($0.prefix(10))
            }
            if name[8] == UInt8(ascii: "."), name[9] == UInt8(ascii: "0") { return true }
        }
        return false
    }
}
