import COpenSSL
import Glibc
import Testing

/// The far side of a session: OpenSSL as it comes, over a socket.
final class TestPeer {
    let session: OpaquePointer
    let socket: Int32

    /// What a peer is like.
    struct Manner {
        /// Shown to the other side, then its chain.
        var certificates: [TestCertificate] = []
        /// Whose certificates the other side has to show one of; nil: none is asked for.
        var clientAuthority: TestCertificate?
        var versions = TLS1_2_VERSION...TLS1_3_VERSION
        /// As ALPN has them.
        var protocols: [String] = []
        /// What a client asks for by SNI.
        var name = "endpoint.test"
    }

    /// What peers have in common, such as the keys of the tickets that they give.
    final class Kind {
        fileprivate let context: OpaquePointer
        fileprivate let isServer: Bool
        fileprivate let manner: Manner

        init(isServer: Bool, _ manner: Manner) throws {
            let method = isServer ? TLS_server_method() : TLS_client_method()
            context = try #require(SSL_CTX_new(method))
            self.isServer = isServer
            self.manner = manner
            setUp()
        }

        deinit { SSL_CTX_free(context) }
    }

    /// Talks over `socket`, which stays open.
    init(_ socket: Int32, _ kind: Kind) throws {
        session = try #require(SSL_new(kind.context))
        self.socket = socket
        SSL_set_fd(session, socket)
        if kind.isServer {
            SSL_set_accept_state(session)
            return
        }
        SSL_set_connect_state(session)
        let offered = kind.manner.protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        if !offered.isEmpty { SSL_set_alpn_protos(session, offered, UInt32(offered.count)) }
        var name = Array(kind.manner.name.utf8CString)
        SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, Int(TLSEXT_NAMETYPE_host_name), &name)
    }

    deinit { SSL_free(session) }

    /// Moves the handshake on; whether it is complete.
    @discardableResult
    func shakeHands() -> Bool {
        ERR_clear_error()
        return SSL_do_handshake(session) == 1
    }

    /// Sends what is taken; 0 or less: nothing is.
    func write(_ bytes: some Collection<UInt8>) -> Int {
        let bytes = Array(bytes)
        ERR_clear_error()
        return Int(SSL_write(session, bytes, Int32(bytes.count)))
    }

    /// What has come; nil: nothing has, for now or for ever.
    func read() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        ERR_clear_error()
        let count = SSL_read(session, &bytes, Int32(bytes.count))
        return count > 0 ? Array(bytes[..<Int(count)]) : nil
    }

    /// All that comes until `isWhole` holds of it, or nothing more does.
    func read(until isWhole: ([UInt8]) -> Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        while !isWhole(bytes), let more = read() { bytes += more }
        return bytes
    }

    /// Says farewell (close_notify).
    func end() { SSL_shutdown(session) }

    /// Whether the other side has said farewell.
    var hasFarewell: Bool { SSL_get_shutdown(session) & SSL_RECEIVED_SHUTDOWN != 0 }

    var wasResumed: Bool { SSL_session_reused(session) == 1 }

    /// What was agreed on by ALPN; empty: nothing.
    var agreedProtocol: String {
        var start: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        SSL_get0_alpn_selected(session, &start, &count)
        let bytes = UnsafeBufferPointer(start: start, count: Int(count))
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The name that a client asked for; nil: none.
    var askedName: String? {
        SSL_get_servername(session, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    }
}

extension TestPeer.Kind {
    fileprivate func setUp() {
        // What is too weak for the side under test must not be so for this one.
        SSL_CTX_set_security_level(context, 0)
        set(SSL_CTRL_SET_MIN_PROTO_VERSION, manner.versions.lowerBound)
        set(SSL_CTRL_SET_MAX_PROTO_VERSION, manner.versions.upperBound)
        let modes = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
        SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(modes), nil)
        if let own = manner.certificates.first {
            SSL_CTX_use_certificate(context, own.certificate)
            SSL_CTX_use_PrivateKey(context, own.key)
        }
        for link in manner.certificates.dropFirst() {
            let pointer = UnsafeMutableRawPointer(link.certificate)
            SSL_CTX_ctrl(context, SSL_CTRL_CHAIN_CERT, 1, pointer)
        }
        if let authority = manner.clientAuthority {
            X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.certificate)
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        }
        if isServer { chooseFirstProtocol() }
    }

    /// Agrees to whatever a client offers first by ALPN.
    private func chooseFirstProtocol() {
        SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, count, offered, _, _ in
                count?.pointee = offered?.pointee ?? 0
                chosen?.pointee = offered.map { $0 + 1 }
                return SSL_TLSEXT_ERR_OK
            }, nil)
    }

    private func set(_ command: Int32, _ value: Int32) {
        SSL_CTX_ctrl(context, command, Int(value), nil)
    }
}

extension TestPeer {
    /// SHA-256 of the certificate that the other side has shown; empty: none.
    var shownDigest: [UInt8] {
        guard let shown = SSL_get1_peer_certificate(session) else { return [] }
        defer { X509_free(shown) }
        return digest(of: shown)
    }
}

extension TestCertificate {
    /// SHA-256 of it.
    var digest: [UInt8] { RuntimeTests.digest(of: certificate) }
}

private func digest(of certificate: OpaquePointer) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 32)
    X509_digest(certificate, EVP_sha256(), &bytes, nil)
    return bytes
}
