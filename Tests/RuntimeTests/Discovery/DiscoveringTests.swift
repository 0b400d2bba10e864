import Testing

@testable import GatewayRuntime

/// A worker that asks a scripted endpoint for its models.
@Suite(.serialized) struct DiscoveringTests {
    /// The gateway's question at endpoint `number`.
    private func asked(_ gateway: ScriptedGateway, _ number: Int) throws -> ScriptSocket {
        let probe = try gateway.endpoints[number].accept()
        let request = probe.receive { $0.suffix(4) == Array("\r\n\r\n".utf8) }
        #expect(
            String(decoding: request, as: UTF8.self) == """
                GET /v1/models HTTP/1.1\r
                Host: endpoint.test\r
                Accept: application/json\r
                User-Agent: ingot\r
                Connection: close\r
                X-Key: secret\r
                \r

                """)
        return probe
    }

    private func gateway(_ priorities: [Int], discovering: Set<Int>) throws -> ScriptedGateway {
        try ScriptedGateway(
            priorities: priorities, headers: [HeaderRule("X-Key", .text("secret"))],
            discovering: discovering)
    }

    private func received(_ client: ScriptSocket) throws -> ScriptMessage {
        try #require(ScriptMessage(client.receive { ScriptMessage($0)?.isWhole ?? false }))
    }

    /// The answer to `GET …/v1/models` once it has `text`, or the last one.
    private func list(_ gateway: ScriptedGateway, until text: String) throws -> String {
        let client = try gateway.client()
        var found = ""
        for _ in 0..<2000 where !found.contains(text) {
            client.send("GET /olla/openai/v1/models HTTP/1.1\r\nHost: a\r\n\r\n")
            found = try received(client).bodyText
        }
        return found
    }

    private func serve(_ endpoint: ScriptSocket, _ text: String) {
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        endpoint.send(text)
    }

    @Test(arguments: [
        answer(body: #"{"data":[{"id":"new"}]}"#),
        chunkedAnswer([#"{"data":[{"#, #""id":"new""#, "}]}"]),
        "HTTP/1.1 200 OK\r\n\r\n{\"data\":[{\"id\":\"new\"}]}",
    ])
    func `a model is served once its endpoint has told of it`(text: String) throws {
        let gateway = try gateway([1, 1], discovering: [1])
        let probe = try asked(gateway, 1)
        let client = try gateway.client()
        client.send(chatRequest(model: "new"))
        let early = try received(client)
        #expect(early.status == 503 && early["Retry-After"] == "1")
        for byte in text.utf8 { probe.send([byte]) }
        probe.close()
        #expect(try list(gateway, until: "new").contains(#""id":"new""#))
        client.send(chatRequest(model: "new"))
        serve(try gateway.endpoints[1].accept(), answer())
        #expect(try received(client)["X-Olla-Endpoint"] == "e1")
        client.send(chatRequest(model: "other"))
        #expect(try received(client).status == 404)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 4194305\r\n\r\n",
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[\"new\"]",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n", "SSH-2.0-nothing\r\n", "",
    ])
    func `an answer that is of no use ends the first round all the same`(text: String) throws {
        let gateway = try gateway([1, 1], discovering: [1])
        let probe = try asked(gateway, 1)
        probe.send(text)
        probe.close()
        let client = try gateway.client()
        var status = 503
        for _ in 0..<2000 where status == 503 {
            client.send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
            status = try received(client).status
        }
        #expect(status == 200)
        client.send(chatRequest(model: "new"))
        #expect(try received(client).status == 404)
    }

    @Test func `a body without an end is cut at its bound`() throws {
        let gateway = try gateway([1, 1], discovering: [1])
        let probe = try asked(gateway, 1)
        probe.send("HTTP/1.1 200 OK\r\n\r\n")
        let block = [UInt8](repeating: 0x20, count: 65_536)
        for _ in 0..<80 { probe.send(block) }
        #expect(probe.receive() == nil)
    }

    @Test func `a request under way goes on through the endpoints it began with`() throws {
        let gateway = try gateway([3, 1, 2], discovering: [2])
        let probe = try asked(gateway, 2)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try gateway.endpoints[0].accept()
        _ = first.receive { ScriptMessage($0)?.isWhole ?? false }
        probe.send(answer(body: #"[{"id":"small"},{"id":"new"}]"#))
        #expect(try list(gateway, until: "new").contains("new"))
        first.close()
        serve(try gateway.endpoints[1].accept(), answer(fields: ["Connection: close"]))
        #expect(try received(client)["X-Olla-Endpoint"] == "e1")
        #expect(gateway.endpoints[2].hasWaiting == false)
        client.send(chatRequest())
        let second = try gateway.endpoints[0].accept()
        _ = second.receive { ScriptMessage($0)?.isWhole ?? false }
        second.close()
        serve(try gateway.endpoints[2].accept(), answer())
        #expect(try received(client)["X-Olla-Endpoint"] == "e2")
    }
}
