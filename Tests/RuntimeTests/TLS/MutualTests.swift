import COpenSSL
import Testing

@testable import GatewayRuntime
@testable import GatewayTLS

/// Servers that ask for a certificate.
@Suite struct MutualTests {
    private let known: TestCertificates

    init() throws { known = try TestCertificates() }

    private func session(
        _ version: Int32, showing own: TestCertificate?
    ) throws -> TestSession {
        let security = try OpenSSLSessions.client(trusting: known.authority, showing: own)
        return try TestSession(
            security,
            peer: .init(
                certificates: [known.server], clientAuthority: known.authority,
                versions: version...version))
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a server that asks for a certificate is shown it`(_ version: Int32) throws {
        let own = try TestCertificate("client", .client, by: known.authority)
        let session = try session(version, showing: own)
        #expect(session.shakeHands().isComplete)
        #expect(session.peer.shakeHands())
    }

    @Test(arguments: [true, false])
    func `a server of TLS 1.2 refuses in the handshake`(_ showsOne: Bool) throws {
        let own = try showsOne ? TestCertificate("stranger", .client) : nil
        #expect(try session(TLS1_2_VERSION, showing: own).shakeHands().fault == .refusedByPeer)
    }

    @Test(arguments: [true, false])
    func `a server of TLS 1.3 refuses when its answer is waited for`(_ showsOne: Bool) throws {
        let own = try showsOne ? TestCertificate("stranger", .client) : nil
        let session = try session(TLS1_3_VERSION, showing: own)
        #expect(session.shakeHands().isComplete)
        #expect(!session.peer.shakeHands())
        #expect(session.receive().0 == .failed)
        #expect(session.security.refusal(session.number) == .refusedByPeer)
    }

    @Test func `a connection that only broke is no refusal`() throws {
        let session = try session(TLS1_3_VERSION, showing: nil)
        let open = try TestSession(
            OpenSSLSessions.client(trusting: known.authority),
            peer: .init(certificates: [known.server]))
        #expect(open.shakeHands().isComplete)
        #expect(open.security.refusal(open.number) == nil)
        #expect(session.security.refusal(session.number) == nil)
    }
}
