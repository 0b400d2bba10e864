import CLibCrypto

/// The certificate authorities of the machine that builds, for binaries that carry theirs.
struct SystemAuthorities: Equatable {
    let path: String
    let certificates: CertificateList

    /// Where distributions keep them, besides where OpenSSL looks.
    private static let paths = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
    ]

    /// Takes the file that `SSL_CERT_FILE` names, else the first that there is.
    ///
    /// - Parameter endpoint: the name of one that needs them, for the message.
    /// - Throws: `Failure.build` where there is none, or where it holds no certificates.
    init(for endpoint: String) throws(Failure) {
        let standard = X509_get_default_cert_file().map { String(cString: $0) }
        let named = Environment["SSL_CERT_FILE"].map { [$0] }
        let candidates = named ?? [standard].compactMap(\.self) + Self.paths
        guard let path = candidates.first(where: Files.exists) else {
            throw .build(
                """
                endpoint '\(endpoint)' trusts the system's authorities, which a static binary has \
                to carry, and none are found here: apt install ca-certificates, or name a file in \
                SSL_CERT_FILE or with `tls: {ca: FILE}`
                """
            )
        }
        self.path = path
        do {
            certificates = try CertificateList(pem: Files.read(path))
        } catch {
            throw .build("'\(path)' holds no certificates that can be read; see `tls: {ca: FILE}`")
        }
    }
}
