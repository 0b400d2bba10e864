import CLibCrypto

/// The certificates of a PEM file; whatever else stands in it is left behind.
struct CertificateList: Equatable {
    /// In the order of the file, 1 at least.
    let certificates: [Certificate]

    struct Certificate: Equatable {
        /// Its owner as RFC 2253 writes it: `CN=Private Root,O=Example`.
        var subject: String
        /// The block from `-----BEGIN CERTIFICATE-----` on, without a final line feed.
        var pem: String
        /// Whether its time has passed by now.
        var isExpired: Bool
    }

    /// All of them, one behind the other.
    var pem: String { certificates.map(\.pem).joined(separator: "\n") }
}

extension CertificateList {
    /// Why bytes are no certificates.
    enum Mistake: Error {
        case none
        /// The certificate with this number, from 1 on, cannot be read.
        case malformed(Int)
    }

    /// - Parameter bytes: 0…`Int32.max` bytes.
    init(pem bytes: [UInt8]) throws(Mistake) {
        var certificates: [Certificate] = []
        guard let source = BIO_new_mem_buf(bytes, Int32(clamping: bytes.count)) else {
            throw .none
        }
        defer { BIO_free(source) }
        ERR_clear_error()
        while let certificate = PEM_read_bio_X509(source, nil, nil, nil) {
            certificates.append(Certificate(certificate))
            X509_free(certificate)
        }
        let isAtEnd = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE
        ERR_clear_error()
        guard isAtEnd else { throw .malformed(certificates.count + 1) }
        guard !certificates.isEmpty else { throw .none }
        self.certificates = certificates
    }
}

extension CertificateList.Certificate {
    fileprivate init(_ certificate: OpaquePointer) {
        subject = Self.text { sink in
            X509_NAME_print_ex(sink, X509_get_subject_name(certificate), 0, nameAsInRFC2253)
        }
        pem = Self.text { PEM_write_bio_X509($0, certificate) }
        isExpired = X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0
    }

    /// What `write` writes, without a final line feed.
    private static func text(_ write: (OpaquePointer) -> Int32) -> String {
        guard let sink = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(sink) }
        guard write(sink) > 0 else { return "" }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Int(BIO_read(sink, &chunk, Int32(chunk.count)))
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
