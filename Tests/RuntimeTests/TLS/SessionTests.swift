import COpenSSL
import Glibc
import Testing

@testable import GatewayRuntime
@testable import GatewayTLS

/// What sessions carry, how they end, and how they begin again.
struct SessionTests {
    private let known: TestCertificates
    private let security: OpenSSLSessions

    init() throws {
        known = try TestCertificates()
        security = try OpenSSLSessions.client(trusting: known.authority)
    }

    private func session(_ version: Int32 = TLS1_3_VERSION) throws -> TestSession {
        let session = try TestSession(
            security, peer: .init(certificates: [known.server], versions: version...version))
        try #require(session.shakeHands().isComplete)
        try #require(session.peer.shakeHands())
        return session
    }

    /// Bytes that are nowhere the same.
    private func payload(_ count: Int) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `bodies larger than all buffers pass whole in both directions`(_ version: Int32) throws {
        let session = try session(version)
        let sent = payload(1_500_000)
        var up: [UInt8] = []
        var down: [UInt8] = []
        var upOffset = 0
        var downOffset = 0
        for _ in 0..<10_000 where up.count < sent.count || down.count < sent.count {
            if case .bytes(let count) = session.send(Array(sent[upOffset...].prefix(100_000))) {
                upOffset += count
            }
            downOffset += max(session.peer.write(sent[downOffset...].prefix(50_000)), 0)
            down += session.receive(limit: 7001).1
            if let more = session.peer.read() { up += more }
        }
        #expect(up == sent)
        #expect(down == sent)
    }

    @Test func `a read that leaves nothing says so, and one that leaves bytes does not`() throws {
        let session = try session()
        #expect(session.receive().0 == .wouldBlock)
        #expect(security.isDrained(session.number))
        #expect(session.peer.write(payload(3000)) == 3000)
        #expect(session.receive(limit: 2999).1 == payload(2999))
        #expect(!security.isDrained(session.number))
        #expect(session.receive(limit: 10).1 == Array(payload(3000).suffix(1)))
        #expect(security.isDrained(session.number))
    }

    @Test func `an end behind the last bytes is not lost`() throws {
        let session = try session()
        #expect(session.peer.write(payload(10)) == 10)
        session.peer.end()
        #expect(session.receive().1 == payload(10))
        #expect(!security.isDrained(session.number))
        #expect(session.receive().0 == .end)
        #expect(session.receive().0 == .end)
    }

    @Test func `an end without a farewell is a break`() throws {
        let session = try session()
        #expect(session.peer.write(payload(10)) == 10)
        shutdown(session.peer.socket, Int32(SHUT_WR))
        #expect(session.receive().1 == payload(10))
        #expect(session.receive().0 == .failed)
        #expect(session.send([1]) == .failed)
    }

    @Test(arguments: [false, true])
    func `a farewell is said unless the connection is given up`(_ aborting: Bool) throws {
        let session = try session()
        security.close(session.number, aborting: aborting)
        #expect(session.peer.read() == nil)
        #expect(session.peer.hasFarewell == !aborting)
    }

    @Test func `a server of TLS 1.2 may not begin a second handshake`() throws {
        let session = try session(TLS1_2_VERSION)
        SSL_renegotiate(session.peer.session)
        session.peer.shakeHands()
        #expect(session.receive().0 == .wouldBlock)
        #expect(session.peer.read() == nil)
        #expect(ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_NO_RENEGOTIATION)
    }

    @Test func `new keys are taken while bytes pass`() throws {
        let session = try session()
        for round in 1...3 {
            SSL_key_update(session.peer.session, SSL_KEY_UPDATE_REQUESTED)
            #expect(session.peer.write(payload(round)) == round)
            #expect(session.receive().1 == payload(round))
            #expect(session.send(payload(round)) == .bytes(round))
            #expect(session.peer.read() == payload(round))
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION], [false, true])
    func `a session goes on where an earlier one was`(_ version: Int32, _ aborting: Bool) throws {
        let server = try TestPeer.Kind(
            isServer: true, .init(certificates: [known.server], versions: version...version))
        var resumed: [Bool] = []
        for _ in 0..<4 {
            let session = try TestSession(security, with: server)
            #expect(session.shakeHands().isComplete)
            #expect(session.peer.shakeHands())
            #expect(session.receive().0 == .wouldBlock)
            resumed.append(security.wasResumed(session.number))
            #expect(session.peer.wasResumed == security.wasResumed(session.number))
            security.close(session.number, aborting: aborting)
        }
        #expect(resumed == [false, true, true, true])
    }

    @Test func `tickets that come while nothing else does are no end`() throws {
        let session = try session()
        #expect(SSL_new_session_ticket(session.peer.session) == 1)
        session.peer.shakeHands()
        #expect(session.receive().0 == .wouldBlock)
        #expect(session.send([1, 2]) == .bytes(2))
        #expect(session.peer.read() == [1, 2])
    }
}
