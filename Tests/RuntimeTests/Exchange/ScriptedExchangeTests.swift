import Testing

@testable import GatewayRuntime

/// Whole exchanges in which one thing happens at a time, and what everybody sees of it.
@Suite(.serialized) struct ScriptedExchangeTests {
    private func request(at endpoint: ScriptSocket) throws -> ScriptMessage {
        try #require(ScriptMessage(endpoint.receive { ScriptMessage($0)?.isWhole ?? false }))
    }

    private func received(_ client: ScriptSocket) throws -> ScriptMessage {
        try #require(ScriptMessage(client.receive { ScriptMessage($0)?.isWhole ?? false }))
    }

    /// Serves one exchange on a new connection and leaves that in the pool.
    private func warmUp(_ gateway: ScriptedGateway, _ client: ScriptSocket) throws -> ScriptSocket {
        client.send(chatRequest())
        let endpoint = try gateway.endpoints[0].accept()
        _ = try request(at: endpoint)
        endpoint.send(answer())
        #expect(try received(client).status == 200)
        return endpoint
    }

    @Test func `pipelined requests are answered in order and one at a time`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        client.send(
            chatRequest(body: "{\"model\":\"small\",\"n\":1}")
                + chatRequest(body: "{\"model\":\"small\",\"n\":2}")
                + "GET /olla/openai/v1/models HTTP/1.1\r\nHost: a\r\n\r\n")
        let endpoint = try gateway.endpoints[0].accept()
        #expect(try request(at: endpoint).bodyText.hasSuffix("1}"))
        try gateway.settle()
        #expect(gateway.endpoints[0].hasWaiting == false)
        endpoint.send(chunkedAnswer(["one"]))
        #expect(try request(at: endpoint).bodyText.hasSuffix("2}"))
        endpoint.send(answer(body: "two"))
        var bytes: [UInt8] = []
        for wanted in ["one", "two", "{\"data\":[]}"] {
            bytes += client.receive { ScriptMessage(bytes + $0)?.isWhole ?? false }
            let message = try #require(ScriptMessage(bytes))
            #expect(message.bodyText == wanted)
            bytes = message.rest
        }
    }

    @Test func `a request whose pooled connection dies is sent again once`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        let pooled = try warmUp(gateway, client)
        client.send(chatRequest())
        let first = try request(at: pooled)
        pooled.close()
        let fresh = try gateway.endpoints[0].accept()
        #expect(try request(at: fresh).steadyText == first.steadyText)
        fresh.send(answer(body: "again"))
        #expect(try received(client).bodyText == "again")
    }

    @Test func `a request that was sent again is not sent a third time`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        let pooled = try warmUp(gateway, client)
        client.send(chatRequest())
        _ = try request(at: pooled)
        pooled.close()
        let fresh = try gateway.endpoints[0].accept()
        _ = try request(at: fresh)
        fresh.close()
        let message = try received(client)
        #expect(message.status == 502 && message.bodyText.contains("\"endpoint_closed\""))
        #expect(gateway.endpoints[0].hasWaiting == false)
    }

    @Test func `a request on a new connection that dies is not sent again`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        client.send(chatRequest())
        let endpoint = try gateway.endpoints[0].accept()
        _ = try request(at: endpoint)
        endpoint.reset()
        #expect(try received(client).status == 502)
        #expect(gateway.endpoints[0].hasWaiting == false)
    }

    @Test func `a pooled connection that has ended is not used`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        let pooled = try warmUp(gateway, client)
        pooled.close()
        try gateway.settle()
        client.send(chatRequest())
        let fresh = try gateway.endpoints[0].accept()
        _ = try request(at: fresh)
        fresh.send(answer())
        #expect(try received(client).status == 200)
    }

    @Test func `bytes that nobody asked for end a pooled connection`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        let pooled = try warmUp(gateway, client)
        pooled.send(answer(body: "forged"))
        try gateway.settle()
        client.send(chatRequest())
        let fresh = try gateway.endpoints[0].accept()
        _ = try request(at: fresh)
        fresh.send(answer(body: "true"))
        #expect(try received(client).bodyText == "true")
    }

    @Test func `bytes behind an answer are not the next answer`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        client.send(chatRequest())
        let endpoint = try gateway.endpoints[0].accept()
        _ = try request(at: endpoint)
        endpoint.send(answer() + answer(body: "forged"))
        #expect(try received(client).bodyText == "{\"id\":1}")
        client.send(chatRequest())
        let fresh = try gateway.endpoints[0].accept()
        _ = try request(at: fresh)
        fresh.send(answer(body: "true"))
        #expect(try received(client).bodyText == "true")
    }

    @Test func `the client that leaves takes its request with it`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        client.send(chatRequest())
        let endpoint = try gateway.endpoints[0].accept()
        _ = try request(at: endpoint)
        client.close()
        #expect(endpoint.receive() == nil, "the endpoint sees a reset")
        try gateway.settle()
        #expect(gateway.shared.counters[0].count(of: .clientGone) == 1)
    }

    @Test func `a model is known to the endpoint by its own name`() throws {
        let gateway = try ScriptedGateway(upstreamName: "much/longer \"name\"")
        let client = try gateway.client()
        client.send(chatRequest(body: "{\"n\":1, \"model\" : \"small\" ,\"m\":2}"))
        let endpoint = try gateway.endpoints[0].accept()
        let message = try request(at: endpoint)
        #expect(
            message.bodyText == "{\"n\":1, \"model\" : \"much/longer \\\"name\\\"\" ,\"m\":2}")
        #expect(message.startLine == "POST /base/v1/chat/completions HTTP/1.1")
        #expect(message["Host"] == "endpoint.test" && message.rest.isEmpty)
        endpoint.send(answer())
        #expect(try received(client)["X-Olla-Model"] == "small")
    }
}
