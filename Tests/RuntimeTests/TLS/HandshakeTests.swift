import COpenSSL
import Glibc
import Testing

@testable import GatewayRuntime
@testable import GatewayTLS

/// Whom a session is begun with, and whom not.
struct HandshakeTests {
    private let known: TestCertificates

    init() throws { known = try TestCertificates() }

    private func result(
        _ manner: TestPeer.Manner, name: StaticString = "endpoint.test",
        minimum: TLSVersion = .tls12, verifies: Bool = true
    ) throws -> HandshakeProgress {
        let security = try OpenSSLSessions.client(
            trusting: known.authority, name: name, minimum: minimum, verifies: verifies)
        return try TestSession(security, peer: manner).shakeHands()
    }

    private func fault(
        showing certificate: TestCertificate, name: StaticString = "endpoint.test"
    ) throws -> HandshakeFault? {
        try result(.init(certificates: [certificate]), name: name).fault
    }

    @Test(arguments: [(TLS1_2_VERSION, "TLSv1.2"), (TLS1_3_VERSION, "TLSv1.3")])
    func `a server of either version is verified and asked by its name`(
        _ version: Int32, _ name: String
    ) throws {
        let security = try OpenSSLSessions.client(trusting: known.authority)
        let session = try TestSession(
            security, peer: .init(certificates: [known.server], versions: version...version))
        #expect(session.shakeHands().isComplete)
        #expect(security.version(session.number) == name)
        #expect(session.peer.agreedProtocol == "http/1.1")
        #expect(session.peer.askedName == "endpoint.test")
    }

    @Test func `an address is looked for in the certificate and not asked for by name`() throws {
        let security = try OpenSSLSessions.client(trusting: known.authority, name: "127.0.0.1")
        let session = try TestSession(security, peer: .init(certificates: [known.server]))
        #expect(session.shakeHands().isComplete)
        #expect(session.peer.askedName == nil)
    }

    @Test(arguments: [-7200 ..< -3600, 3600..<7200])
    func `a certificate before or past its time is expired`(_ validity: Range<Int>) throws {
        let other = try TestCertificate("old", by: known.authority, validity: validity)
        #expect(try fault(showing: other) == .expired)
    }

    @Test(arguments: ["endpoint.tests", "sub.endpoint.test", "test", "127.0.0.2", "::1"])
    func `a certificate for another name or address is of a wrong name`(_ name: String) throws {
        #expect(try fault(showing: known.server, name: StaticString(leaking: name)) == .wrongName)
    }

    @Test func `what no trusted authority has signed is untrusted`() throws {
        let selfSigned = try TestCertificate("alone")
        #expect(try fault(showing: selfSigned) == .untrusted)
        let stranger = try TestCertificate("stranger", .authority)
        let strange = try TestCertificate("strange", by: stranger)
        #expect(try fault(showing: strange) == .untrusted)
        #expect(try result(.init(certificates: [strange, stranger])).fault == .untrusted)
    }

    @Test func `a chain is trusted only when no link is missing`() throws {
        let link = try TestCertificate("link", .authority, by: known.authority)
        let end = try TestCertificate("end", by: link)
        #expect(try fault(showing: end) == .untrusted)
        #expect(try result(.init(certificates: [end, link])).isComplete)
    }

    @Test func `an authority between root and server can be pinned`() throws {
        let link = try TestCertificate("link", .authority, by: known.authority)
        let end = try TestCertificate("end", by: link)
        let security = try OpenSSLSessions.client(trusting: link)
        #expect(try TestSession(security, peer: .init(certificates: [end])).shakeHands().isComplete)
    }

    @Test func `a weak key or another purpose is not acceptable`() throws {
        let weak = try TestCertificate("weak", by: known.authority, isWeak: true)
        #expect(try fault(showing: weak) == .unacceptable)
        let client = try TestCertificate("client", .client, by: known.authority)
        #expect(try fault(showing: client) == .unacceptable)
    }

    @Test func `without verification any certificate is taken`() throws {
        let old = try TestCertificate("old", names: "DNS:other", validity: -7200 ..< -3600)
        #expect(try result(.init(certificates: [old]), verifies: false).isComplete)
    }

    @Test func `a server that speaks no accepted version has none in common`() throws {
        let old = TestPeer.Manner(
            certificates: [known.server], versions: TLS1_1_VERSION...TLS1_1_VERSION)
        #expect(try result(old).fault == .noCommonProtocol)
        let middle = TestPeer.Manner(
            certificates: [known.server], versions: TLS1_2_VERSION...TLS1_2_VERSION)
        #expect(try result(middle, minimum: .tls13).fault == .noCommonProtocol)
    }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n\r\n", "\u{15}nonsense, and more of it"])
    func `a server that does not speak TLS is malformed`(_ answer: String) throws {
        let security = try OpenSSLSessions.client(trusting: known.authority)
        let session = try TestSession(security, peer: .init())
        #expect(security.handshake(session.number).fault == nil)
        #expect(write(session.peer.socket, answer, answer.utf8.count) > 0)
        #expect(security.handshake(session.number).fault == .malformed)
    }

    @Test func `a server that says nothing is waited for, and one that leaves has closed`() throws {
        let security = try OpenSSLSessions.client(trusting: known.authority)
        let session = try TestSession(security, peer: .init())
        for _ in 0..<3 {
            guard case .waiting = security.handshake(session.number) else {
                Issue.record("the handshake did not wait")
                return
            }
        }
        shutdown(session.peer.socket, Int32(SHUT_RDWR))
        #expect(security.handshake(session.number).fault == .closed)
        #expect(security.detail(session.number) != "")
    }

    @Test func `the detail tells what is wrong with a certificate`() throws {
        let old = try TestCertificate("old", by: known.authority, validity: -7200 ..< -3600)
        let security = try OpenSSLSessions.client(trusting: known.authority)
        let session = try TestSession(security, peer: .init(certificates: [old]))
        session.shakeHands()
        #expect(security.detail(session.number) == "certificate has expired")
    }
}
