import Glibc
import Testing

@testable import GatewayRuntime
@testable import GatewayTLS

/// Certificates that tests share; making one takes a while.
struct TestCertificates {
    let authority: TestCertificate
    let server: TestCertificate

    init() throws {
        authority = try TestCertificate("authority", .authority)
        server = try TestCertificate("server", by: authority)
    }
}

/// A session of the layer under test at one end of a socket pair, OpenSSL's own at the other.
final class TestSession {
    let security: OpenSSLSessions
    let number: Int32
    let peer: TestPeer
    /// The end of the session under test.
    let socket: Int32

    /// A session of the client's side.
    init(_ security: OpenSSLSessions, with kind: TestPeer.Kind) throws {
        self.security = security
        let ends = try connectedSockets()
        socket = ends.0
        number = try #require(security.connect(ends.0, endpoint: 0))
        peer = try TestPeer(ends.1, kind)
    }

    convenience init(_ security: OpenSSLSessions, peer manner: TestPeer.Manner) throws {
        try self.init(security, with: TestPeer.Kind(isServer: true, manner))
    }

    /// A session of the server's side.
    init(accepting security: OpenSSLSessions, peer manner: TestPeer.Manner) throws {
        self.security = security
        let ends = try connectedSockets()
        socket = ends.0
        number = try #require(security.accept(ends.0))
        peer = try TestPeer(ends.1, TestPeer.Kind(isServer: false, manner))
    }

    deinit {
        close(peer.socket)
        close(socket)
    }

    /// Lets both sides go on until this one knows what came of it, and the other one has had its
    /// turn.
    @discardableResult
    func shakeHands() -> HandshakeProgress {
        for _ in 0..<100 {
            let progress = security.handshake(number)
            peer.shakeHands()
            if case .waiting = progress { continue }
            return progress
        }
        return .waiting
    }

    func receive(limit: Int = 65_536) -> (CarriedBytes, [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: limit)
        let carried = security.receive(number, into: &bytes, byteCount: limit)
        if case .bytes(let count) = carried { return (carried, Array(bytes[..<count])) }
        return (carried, [])
    }

    func send(_ bytes: [UInt8]) -> CarriedBytes {
        security.send(number, from: bytes, byteCount: bytes.count)
    }
}

extension HandshakeProgress {
    /// nil: nothing has failed, so far.
    var fault: HandshakeFault? {
        if case .failed(let fault) = self { fault } else { nil }
    }

    var isComplete: Bool {
        if case .complete = self { true } else { false }
    }
}

extension OpenSSLSessions {
    /// For one endpoint, `endpoint.test`.
    static func client(
        trusting authority: TestCertificate, name: StaticString = "endpoint.test",
        minimum: TLSVersion = .tls12, showing own: TestCertificate? = nil, verifies: Bool = true
    ) throws -> OpenSSLSessions {
        let profile = TLSProfile(
            authorities: .pinned(StaticString(authority)), serverName: name,
            minimumVersion: minimum, certificate: nil, key: nil, verifies: verifies)
        let endpoint = EndpointSecurity(
            name: "e0", profile: profile,
            identity: own.map { Identity(certificate: $0.pem, key: $0.keyPEM) })
        return try make(SecurityNeeds(endpoints: [endpoint], server: nil))
    }

    /// For clients.
    static func server(showing own: TestCertificate) throws -> OpenSSLSessions {
        let identity = Identity(certificate: own.pem, key: own.keyPEM)
        return try make(SecurityNeeds(endpoints: [], server: identity))
    }

    private static func make(_ needs: SecurityNeeds) throws -> OpenSSLSessions {
        let provider = OpenSSLSecurity.provider(needs)
        try #require(provider.problems == [])
        return try #require(provider.makeSecurity() as? OpenSSLSessions)
    }
}

/// Two connected sockets that do not block.
func connectedSockets() throws -> (Int32, Int32) {
    var ends: [Int32] = [-1, -1]
    let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    try #require(socketpair(AF_UNIX, flags, 0, &ends) == 0)
    return (ends[0], ends[1])
}
