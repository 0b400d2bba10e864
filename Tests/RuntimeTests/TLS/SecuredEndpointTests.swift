import COpenSSL
import Glibc
import Testing

@testable import GatewayRuntime
@testable import GatewayTLS

/// Exchanges with endpoints that are reached over TLS.
@Suite(.serialized) struct SecuredEndpointTests {
    private let known: TestCertificates

    init() throws { known = try TestCertificates() }

    private var profile: TLSProfile {
        TLSProfile(
            authorities: .pinned(StaticString(known.authority)), serverName: "endpoint.test",
            minimumVersion: .tls12, certificate: nil, key: nil, verifies: true)
    }

    private func isWhole(_ bytes: [UInt8]) -> Bool { ScriptMessage(bytes)?.isWhole ?? false }

    /// The gateway's next connection to an endpoint, which shows `certificate`; with a handshake
    /// that is complete, or has failed.
    private func accept(
        _ gateway: ScriptedGateway, _ number: Int = 0, showing certificate: TestCertificate? = nil,
        version: Int32 = TLS1_3_VERSION, asking authority: TestCertificate? = nil
    ) throws -> (socket: ScriptSocket, peer: TestPeer) {
        let socket = try gateway.endpoints[number].accept()
        let kind = try TestPeer.Kind(
            isServer: true,
            .init(
                certificates: [certificate ?? known.server], clientAuthority: authority,
                versions: version...version))
        let peer = try TestPeer(socket.descriptor, kind)
        peer.shakeHands()
        return (socket, peer)
    }

    private func received(_ client: ScriptSocket) throws -> ScriptMessage {
        try #require(ScriptMessage(client.receive(until: isWhole)))
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a connection serves again, also after a ticket that came meanwhile`(
        _ version: Int32
    ) throws {
        let gateway = try ScriptedGateway(tls: profile)
        let client = try gateway.client()
        client.send(chatRequest())
        let (socket, peer) = try accept(gateway, version: version)
        for round in 1...3 {
            if round > 1 { client.send(chatRequest()) }
            #expect(isWhole(peer.read(until: isWhole)))
            _ = peer.write(answer(body: "{\"round\":\(round)}").utf8)
            #expect(try received(client).bodyText == "{\"round\":\(round)}")
            if version == TLS1_3_VERSION { SSL_new_session_ticket(peer.session) }
            peer.shakeHands()
            try gateway.settle()
        }
        #expect(!gateway.endpoints[0].hasWaiting)
        _ = socket
    }

    @Test func `an idle connection whose endpoint says farewell is not used again`() throws {
        let gateway = try ScriptedGateway(tls: profile)
        let client = try gateway.client()
        for _ in 0..<2 {
            client.send(chatRequest())
            let (socket, peer) = try accept(gateway)
            #expect(isWhole(peer.read(until: isWhole)))
            _ = peer.write(answer().utf8)
            #expect(try received(client).status == 200)
            peer.end()
            try gateway.settle()
            #expect(peer.read() == nil && peer.hasFarewell)
            _ = socket
        }
    }

    @Test func `an endpoint with a bad certificate is passed over`() throws {
        let gateway = try ScriptedGateway(priorities: [200, 100], tls: profile)
        let client = try gateway.client()
        client.send(chatRequest())
        let other = try TestCertificate("other", by: known.authority, names: "DNS:other.test")
        let first = try accept(gateway, 0, showing: other)
        let second = try accept(gateway, 1)
        #expect(isWhole(second.peer.read(until: isWhole)))
        _ = second.peer.write(answer().utf8)
        let message = try received(client)
        #expect(message.status == 200 && message["X-Olla-Endpoint"] == "e1")
        _ = first
    }

    @Test func `a client is told which endpoint's certificate is bad, and why`() throws {
        let gateway = try ScriptedGateway(tls: profile)
        let client = try gateway.client()
        client.send(chatRequest())
        let old = try TestCertificate("old", by: known.authority, validity: -7200 ..< -3600)
        let connection = try accept(gateway, showing: old)
        let message = try received(client)
        #expect(message.status == 502)
        #expect(
            message.bodyText.hasPrefix(
                "{\"error\":{\"message\":\"The endpoint's certificate has expired or is not valid "
                    + "yet: e0.\",\"type\":\"upstream_error\",\"param\":null,"
                    + "\"code\":\"endpoint_tls\"}"))
        _ = connection
    }

    @Test func `a client is told that an endpoint wants another certificate`() throws {
        let gateway = try ScriptedGateway(tls: profile)
        let client = try gateway.client()
        client.send(chatRequest())
        let connection = try accept(gateway, asking: known.authority)
        let message = try received(client)
        #expect(message.status == 502)
        #expect(message.bodyText.contains("does not accept the certificate that it is shown: e0."))
        _ = connection
    }

    @Test func `a handshake that does not end is given up in time`() throws {
        let gateway = try ScriptedGateway(tls: profile, tlsMilliseconds: 100)
        let client = try gateway.client()
        client.send(chatRequest())
        let socket = try gateway.endpoints[0].accept()
        let message = try received(client)
        #expect(message.status == 504 && message.bodyText.contains("TLS handshake in time: e0."))
        _ = socket
    }

    @Test func `an answer up to the end is whole only with a farewell`() throws {
        for isOrderly in [true, false] {
            let gateway = try ScriptedGateway(tls: profile)
            let client = try gateway.client()
            client.send(chatRequest())
            let (socket, peer) = try accept(gateway)
            #expect(isWhole(peer.read(until: isWhole)))
            _ = peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nall".utf8)
            if isOrderly { peer.end() } else { socket.close() }
            let message = ScriptMessage(client.receive(until: isWhole))
            #expect(message?.bodyText == "all" && message?.isWhole == isOrderly)
        }
    }

    @Test(arguments: [100, 40_000, 400_000])
    func `a request of any size arrives whole`(_ byteCount: Int) throws {
        let gateway = try ScriptedGateway(tls: profile)
        let client = try gateway.client()
        let text = String((0..<byteCount).map { Character(UnicodeScalar(97 + UInt8($0 % 23))) })
        let body = "{\"model\":\"small\",\"text\":\"\(text)\"}"
        client.send(chatRequest(body: body))
        let (socket, peer) = try accept(gateway)
        let request = ScriptMessage(peer.read(until: isWhole))
        #expect(request?.bodyText == body)
        _ = peer.write(answer().utf8)
        #expect(try received(client).status == 200)
        _ = socket
    }

    @Test func `what a client does not take waits, and nothing of it is forgotten`() throws {
        let gateway = try ScriptedGateway(tls: profile)
        let client = try gateway.client()
        client.send(chatRequest())
        let (socket, peer) = try accept(gateway)
        #expect(isWhole(peer.read(until: isWhole)))
        _ = fcntl(socket.descriptor, F_SETFL, O_NONBLOCK)
        let body = String(repeating: "0123456789abcde", count: 1_000_000)
        var rest = Array(answer(body: body).utf8)[...]
        var refusals = 0
        while refusals < 20 {
            let count = peer.write(rest.prefix(100_000))
            if count > 0 { rest = rest.dropFirst(count) } else { refusals += 1 }
            try gateway.settle()
        }
        #expect(!rest.isEmpty)
        var bytes: [UInt8] = []
        while bytes.count < body.utf8.count, let more = client.receive(), !more.isEmpty {
            bytes += more
            while !rest.isEmpty {
                let count = peer.write(rest.prefix(100_000))
                if count <= 0 { break }
                rest = rest.dropFirst(count)
            }
        }
        bytes += client.receive { isWhole(bytes + $0) }
        #expect(ScriptMessage(bytes)?.bodyText == body)
    }
}
