import Testing

@testable import GatewayRuntime

/// An answer that was refused is the client's where no other endpoint has one.
@Suite(.serialized) struct HeldAnswerTests {
    private func accept(_ gateway: ScriptedGateway, _ number: Int) throws -> ScriptSocket {
        let endpoint = try gateway.endpoints[number].accept()
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        return endpoint
    }

    private func received(_ client: ScriptSocket) throws -> ScriptMessage {
        try #require(ScriptMessage(client.receive { ScriptMessage($0)?.isWhole ?? false }))
    }

    private let statuses = Retry(attempts: 0, statuses: [429, 503])
    private let limited = answer(
        "429 Too Many Requests", fields: ["Content-Type: application/json", "Retry-After: 3"],
        body: "{\"error\":{\"message\":\"slow down\"}}")

    @Test func `a refusal is passed on whole where the next endpoint is down`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], deaf: [1], retry: statuses)
        let client = try gateway.client()
        client.send(chatRequest())
        let endpoint = try accept(gateway, 0)
        endpoint.send(limited)
        let message = try received(client)
        #expect(message.status == 429 && message["Retry-After"] == "3")
        #expect(message["X-Olla-Endpoint"] == "e0")
        #expect(
            message.bodyText.hasPrefix("{\"error\":{\"message\":\"slow down\"},\"olla_context\""))
        // The connection of the client goes on.
        client.send(chatRequest())
        try accept(gateway, 0).send(answer())
        #expect(try received(client).status == 200)
    }

    @Test func `the last refusal is passed on and not the first`() throws {
        let gateway = try ScriptedGateway(priorities: [3, 2, 1], deaf: [2], retry: statuses)
        let client = try gateway.client()
        client.send(chatRequest())
        try accept(gateway, 0).send(limited)
        try accept(gateway, 1).send(
            answer("503 Service Unavailable", fields: ["Retry-After: 9"], body: "later"))
        let message = try received(client)
        #expect(message.status == 503 && message["Retry-After"] == "9")
        #expect(message["X-Olla-Endpoint"] == "e1" && message.bodyText == "later")
    }

    @Test func `a refusal whose body comes while another endpoint is asked is passed on whole`()
        throws
    {
        let gateway = try ScriptedGateway(priorities: [2, 1], retry: statuses)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try accept(gateway, 0)
        let body = String(repeating: "x", count: 200_000)
        let whole = answer("503 Service Unavailable", fields: [], body: body)
        first.send(String(whole.prefix(100)))
        let second = try accept(gateway, 1)
        first.send(String(whole.dropFirst(100)))
        first.close()
        try gateway.settle()
        second.close()
        let message = try received(client)
        #expect(message.status == 503 && message.bodyText == body && message.isWhole)
    }

    @Test func `a refusal is forgotten where another endpoint answers`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], retry: statuses)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try accept(gateway, 0)
        first.send(limited)
        try accept(gateway, 1).send(answer(body: "{\"id\":2}"))
        let message = try received(client)
        #expect(message.status == 200 && message["X-Olla-Endpoint"] == "e1")
        // Its connection is not kept for longer than it is of use.
        #expect(first.receive()?.isEmpty ?? true)
    }

    @Test func `a broken answer is not hidden behind a refusal before it`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], retry: statuses)
        let client = try gateway.client()
        client.send(chatRequest())
        try accept(gateway, 0).send(limited)
        try accept(gateway, 1).send("HTTP/1.1 two hundred\r\n\r\n")
        let message = try received(client)
        #expect(message.status == 502 && message["X-Olla-Endpoint"] == "e1")
    }

    @Test func `a client that leaves ends what is held and what is under way`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], retry: statuses)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try accept(gateway, 0)
        first.send(limited)
        let second = try accept(gateway, 1)
        client.close()
        #expect(first.receive()?.isEmpty ?? true)
        #expect(second.receive()?.isEmpty ?? true)
    }
}
