import COpenSSL
import Glibc
import Testing

@testable import GatewayRuntime
@testable import GatewayTLS

/// The server's side: what clients are shown, and who is turned away.
struct ServingTests {
    private let own: TestCertificate

    init() throws { own = try TestCertificate("gateway") }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a client of either version is served, with HTTP/1.1`(_ version: Int32) throws {
        let session = try TestSession(
            accepting: OpenSSLSessions.server(showing: own),
            peer: .init(versions: version...version, protocols: ["h2", "http/1.1"]))
        session.peer.shakeHands()
        #expect(session.shakeHands().isComplete)
        #expect(session.peer.shakeHands())
        #expect(session.peer.agreedProtocol == "http/1.1")
        #expect(session.send([1, 2, 3]) == .bytes(3))
        #expect(session.peer.read() == [1, 2, 3])
        #expect(session.peer.write([4]) == 1)
        #expect(session.receive().1 == [4])
    }

    @Test func `a client that offers only other protocols is turned away`() throws {
        let session = try TestSession(
            accepting: OpenSSLSessions.server(showing: own), peer: .init(protocols: ["h2"]))
        session.peer.shakeHands()
        #expect(session.shakeHands().fault == .noCommonProtocol)
    }

    @Test func `a client of an older version is turned away`() throws {
        let session = try TestSession(
            accepting: OpenSSLSessions.server(showing: own),
            peer: .init(versions: TLS1_1_VERSION...TLS1_1_VERSION))
        session.peer.shakeHands()
        #expect(session.shakeHands().fault == .noCommonProtocol)
    }

    @Test func `a client that speaks plain HTTP is malformed`() throws {
        let session = try TestSession(
            accepting: OpenSSLSessions.server(showing: own), peer: .init())
        let request = "GET / HTTP/1.1\r\n\r\n"
        #expect(write(session.peer.socket, request, request.utf8.count) > 0)
        #expect(session.security.handshake(session.number).fault == .malformed)
        #expect(session.security.detail(session.number) == "http request")
    }

    @Test func `a client of TLS 1.2 may not begin a second handshake`() throws {
        let session = try TestSession(
            accepting: OpenSSLSessions.server(showing: own),
            peer: .init(versions: TLS1_2_VERSION...TLS1_2_VERSION))
        session.peer.shakeHands()
        #expect(session.shakeHands().isComplete)
        #expect(session.peer.shakeHands())
        SSL_renegotiate(session.peer.session)
        session.peer.shakeHands()
        #expect(session.receive().0 == .wouldBlock)
        #expect(!session.peer.shakeHands())
        #expect(ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_NO_RENEGOTIATION)
    }

    @Test func `a new certificate is shown to the clients that come after it`() throws {
        func needs(_ own: TestCertificate, key: TestCertificate? = nil) -> SecurityNeeds {
            let key = (key ?? own).keyPEM
            return SecurityNeeds(
                endpoints: [], server: Identity(certificate: own.pem, key: key))
        }
        let provider = OpenSSLSecurity.provider(needs(own))
        let security = try #require(provider.makeSecurity() as? OpenSSLSessions)
        func shown() throws -> [UInt8] {
            let session = try TestSession(accepting: security, peer: .init())
            session.peer.shakeHands()
            #expect(session.shakeHands().isComplete)
            return session.peer.shownDigest
        }
        let other = try TestCertificate("renewed")
        #expect(try shown() == own.digest)
        #expect(
            provider.reload(needs(other, key: own))
                == ["the key is not the certificate's (server.tls)"])
        #expect(try shown() == own.digest)
        #expect(provider.reload(needs(other)) == [])
        #expect(try shown() == other.digest)
    }

    @Test func `what is wrong with certificates and keys is told, all at once`() throws {
        let other = try TestCertificate("other")
        let weak = try TestCertificate("weak", isWeak: true)
        let identities = [
            Identity(certificate: own.pem, key: other.keyPEM),
            Identity(certificate: Array("nonsense".utf8), key: own.keyPEM),
            Identity(certificate: [], key: []),
            Identity(certificate: own.pem, key: Array("nonsense".utf8)),
            Identity(certificate: own.pem, key: own.lockedKeyPEM),
            Identity(certificate: weak.pem, key: weak.keyPEM),
        ]
        let endpoints = identities.map { identity in
            EndpointSecurity(
                name: "e", profile: profile(.pinned(StaticString(own))), identity: identity)
        }
        let unpinned = EndpointSecurity(name: "f", profile: profile(.pinned("no")), identity: nil)
        let provider = OpenSSLSecurity.provider(
            SecurityNeeds(endpoints: endpoints + [unpinned, nil], server: identities[0]))
        #expect(
            provider.problems == [
                "the key is not the certificate's (endpoint 'e')",
                "the certificate is not in PEM (endpoint 'e')",
                "the certificate is not in PEM (endpoint 'e')",
                "the certificate's key is not in PEM (endpoint 'e')",
                "the certificate's key wants a passphrase (endpoint 'e')",
                "the certificate has too weak a key or signature (endpoint 'e')",
                "the pinned authorities are no certificates in PEM (endpoint 'f')",
                "the key is not the certificate's (server.tls)",
            ])
    }

    private func profile(_ authorities: TLSProfile.Authorities) -> TLSProfile {
        TLSProfile(
            authorities: authorities, serverName: "endpoint.test", minimumVersion: .tls12,
            certificate: nil, key: nil, verifies: true)
    }
}
