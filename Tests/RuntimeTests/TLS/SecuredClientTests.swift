import COpenSSL
import Glibc
import Testing

@testable import GatewayRuntime
@testable import GatewayTLS

/// Clients of a gateway that listens with TLS.
@Suite(.serialized) struct SecuredClientTests {
    private let gateway: ScriptedGateway

    init() throws {
        let own = try TestCertificate("gateway")
        gateway = try ScriptedGateway(
            serverTLS: Identity(certificate: own.pem, key: own.keyPEM))
    }

    private func isWhole(_ bytes: [UInt8]) -> Bool { ScriptMessage(bytes)?.isWhole ?? false }

    private func connect(
        _ version: Int32 = TLS1_3_VERSION
    ) throws -> (socket: ScriptSocket, peer: TestPeer) {
        let socket = try gateway.client()
        let kind = try TestPeer.Kind(isServer: false, .init(versions: version...version))
        let peer = try TestPeer(socket.descriptor, kind)
        try #require(peer.shakeHands())
        return (socket, peer)
    }

    /// The endpoint's side of one exchange.
    private func serve(_ answer: String) throws -> ScriptMessage {
        let endpoint = try gateway.endpoints[0].accept()
        let request = endpoint.receive(until: isWhole)
        endpoint.send(answer)
        return try #require(ScriptMessage(request))
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `requests come over TLS, and endpoints are told so`(_ version: Int32) throws {
        let (socket, client) = try connect(version)
        for _ in 0..<3 {
            _ = client.write(chatRequest().utf8)
            let request = try serve(answer(fields: ["Connection: close"]))
            #expect(request["X-Forwarded-Proto"] == "https")
            #expect(ScriptMessage(client.read(until: isWhole))?.bodyText == "{\"id\":1}")
        }
        _ = socket
    }

    @Test func `bodies larger than a record pass whole`() throws {
        let (socket, client) = try connect()
        let text = String((0..<60_000).map { Character(UnicodeScalar(97 + UInt8($0 % 23))) })
        let body = "{\"model\":\"small\",\"text\":\"\(text)\"}"
        var rest = Array(chatRequest(body: body).utf8)[...]
        while !rest.isEmpty { rest = rest.dropFirst(max(client.write(rest), 0)) }
        let chunks = [String](repeating: text, count: 5)
        #expect(try serve(chunkedAnswer(chunks)).bodyText == body)
        #expect(ScriptMessage(client.read(until: isWhole))?.bodyText == chunks.joined())
        _ = socket
    }

    @Test func `several requests in one record are answered in turn`() throws {
        let (socket, client) = try connect()
        _ = client.write(
            String(repeating: "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", count: 3).utf8)
        let bytes = client.read { bytes in
            var rest = bytes
            for _ in 0..<3 {
                guard let message = ScriptMessage(rest), message.isWhole else { return false }
                rest = message.rest
            }
            return true
        }
        #expect(String(decoding: bytes, as: UTF8.self).split(separator: "HTTP/1.1 200").count == 3)
        _ = socket
    }

    @Test func `a connection that ends in order ends with a farewell`() throws {
        let (socket, client) = try connect()
        _ = client.write(
            "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
        #expect(ScriptMessage(client.read { _ in false })?.status == 200)
        #expect(client.hasFarewell)
        _ = socket
    }

    @Test func `an answer that broke off ends without a farewell`() throws {
        let (socket, client) = try connect()
        let request = chatRequest().replacing("HTTP/1.1", with: "HTTP/1.0")
        _ = client.write(request.utf8)
        let endpoint = try gateway.endpoints[0].accept()
        _ = endpoint.receive(until: isWhole)
        endpoint.send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\nhalf\r\n")
        let bytes = client.read { $0.suffix(4) == Array("half".utf8) }
        endpoint.close()
        #expect(String(decoding: bytes, as: UTF8.self).hasSuffix("half"))
        #expect(client.read() == nil && !client.hasFarewell)
        _ = socket
    }

    @Test func `plain HTTP is turned away, and others are served all the same`() throws {
        let stranger = try gateway.client()
        stranger.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        let text = String(decoding: stranger.receive { _ in false }, as: UTF8.self)
        #expect(!text.contains("HTTP"))
        let (socket, client) = try connect()
        _ = client.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        #expect(ScriptMessage(client.read(until: isWhole))?.status == 200)
        _ = socket
    }
}
