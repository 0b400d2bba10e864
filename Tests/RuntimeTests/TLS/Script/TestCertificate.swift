import COpenSSL
import Testing

/// A certificate made on the fly, with its key.
final class TestCertificate {
    let certificate: OpaquePointer
    let key: OpaquePointer

    /// What it is meant for.
    enum Kind {
        case authority
        case server
        case client
    }

    /// - Parameters:
    ///   - issuer: nil: it signs itself.
    ///   - names: as OpenSSL's configuration has them: `DNS:a.test,IP:127.0.0.1`.
    ///   - validity: from when until when, in seconds from now.
    init(
        _ subject: String, _ kind: Kind = .server, by issuer: TestCertificate? = nil,
        names: String = "DNS:endpoint.test,IP:127.0.0.1", validity: Range<Int> = -3600..<86_400,
        isWeak: Bool = false
    ) throws {
        certificate = try #require(X509_new())
        key = try isWeak ? TestCertificate.weakKey() : TestCertificate.curveKey()
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), .random(in: 1...1 << 60))
        X509_gmtime_adj(X509_getm_notBefore(certificate), validity.lowerBound)
        X509_gmtime_adj(X509_getm_notAfter(certificate), validity.upperBound)
        X509_set_pubkey(certificate, key)
        X509_NAME_add_entry_by_txt(
            X509_get_subject_name(certificate), "CN", MBSTRING_ASC, subject, -1, -1, 0)
        X509_set_issuer_name(
            certificate, X509_get_subject_name(issuer?.certificate ?? certificate))
        switch kind {
        case .authority:
            try extend(NID_basic_constraints, "critical,CA:TRUE")
        case .server:
            try extend(NID_subject_alt_name, names)
            try extend(NID_ext_key_usage, "serverAuth")
        case .client:
            try extend(NID_ext_key_usage, "clientAuth")
        }
        let signed = X509_sign(certificate, issuer?.key ?? key, EVP_sha256())
        try #require(signed > 0)
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    private func extend(_ number: Int32, _ value: String) throws {
        let made = try #require(X509V3_EXT_conf_nid(nil, nil, number, value))
        X509_add_ext(certificate, made, -1)
        X509_EXTENSION_free(made)
    }

    private static func curveKey() throws -> OpaquePointer {
        try makeKey(EVP_PKEY_EC) {
            EVP_PKEY_CTX_set_ec_paramgen_curve_nid($0, NID_X9_62_prime256v1)
        }
    }

    private static func weakKey() throws -> OpaquePointer {
        try makeKey(EVP_PKEY_RSA) { EVP_PKEY_CTX_set_rsa_keygen_bits($0, 1024) }
    }

    private static func makeKey(
        _ kind: Int32, _ choose: (OpaquePointer) -> Int32
    ) throws -> OpaquePointer {
        let maker = try #require(EVP_PKEY_CTX_new_id(kind, nil))
        defer { EVP_PKEY_CTX_free(maker) }
        var key: OpaquePointer?
        EVP_PKEY_keygen_init(maker)
        _ = choose(maker)
        EVP_PKEY_keygen(maker, &key)
        return try #require(key)
    }

    /// The certificate in PEM.
    var pem: [UInt8] { written { PEM_write_bio_X509($0, certificate) } }

    /// Its key in PEM.
    var keyPEM: [UInt8] {
        written { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
    }

    /// Its key in PEM, behind a passphrase.
    var lockedKeyPEM: [UInt8] {
        written { bio in
            PEM_write_bio_PrivateKey(bio, key, EVP_aes_128_cbc(), "secret", 6, nil, nil)
        }
    }

    private func written(by write: (OpaquePointer?) -> Int32) -> [UInt8] {
        let bio = BIO_new(BIO_s_mem())
        defer { BIO_free(bio) }
        _ = write(bio)
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = BIO_read(bio, &bytes, Int32(bytes.count))
        return Array(bytes.prefix(Int(max(count, 0))))
    }
}

extension StaticString {
    /// A text that is only known at run time; its bytes are never freed.
    init(leaking text: String) {
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count + 1)
        _ = bytes.initialize(from: Array(text.utf8) + [0])
        // As the compiler lays out a literal: where it is, how long, and that it is ASCII.
        let parts = (UInt(bitPattern: bytes.baseAddress), UInt(text.utf8.count), UInt8(2))
        self = unsafeBitCast(parts, to: StaticString.self)
    }

    /// A certificate as if it were compiled in.
    init(_ certificate: TestCertificate) {
        self.init(leaking: String(decoding: certificate.pem, as: UTF8.self))
    }
}
