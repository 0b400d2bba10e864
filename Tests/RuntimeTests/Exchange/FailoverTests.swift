import Testing

@testable import GatewayRuntime

/// Which endpoint gets a request, and which one gets it next.
@Suite(.serialized) struct FailoverTests {
    private func serve(_ gateway: ScriptedGateway, _ number: Int, _ answer: String) throws {
        let endpoint = try gateway.endpoints[number].accept()
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        endpoint.send(answer)
        try gateway.settle()
    }

    private func received(_ client: ScriptSocket) throws -> ScriptMessage {
        try #require(ScriptMessage(client.receive { ScriptMessage($0)?.isWhole ?? false }))
    }

    @Test func `the highest priority that can be reached answers`() throws {
        let gateway = try ScriptedGateway(priorities: [300, 200, 100], deaf: [0, 1])
        let client = try gateway.client()
        client.send(chatRequest())
        try serve(gateway, 2, answer())
        let message = try received(client)
        #expect(message.status == 200 && message["X-Olla-Endpoint"] == "e2")
    }

    @Test func `endpoints of one priority take turns`() throws {
        let gateway = try ScriptedGateway(priorities: [100, 100, 50])
        let client = try gateway.client()
        var names: [String] = []
        for _ in 0..<6 {
            client.send(chatRequest(fields: ["Connection: keep-alive"]))
            let number = try #require(waiting(gateway))
            try serve(gateway, number, answer(fields: ["Connection: close"]))
            names.append(try received(client)["X-Olla-Endpoint"] ?? "none")
        }
        #expect(names[0] != names[1] && Set(names) == ["e0", "e1"])
        #expect(names == [names[0], names[1], names[0], names[1], names[0], names[1]])
    }

    /// The endpoint that somebody has connected to; nil: nobody has in time.
    private func waiting(_ gateway: ScriptedGateway) -> Int? {
        for _ in 0..<1000 {
            if let number = gateway.endpoints.firstIndex(where: \.hasWaiting) { return number }
            try? gateway.settle()
        }
        return nil
    }

    @Test func `a status to retry on is passed over until the last endpoint`() throws {
        let gateway = try ScriptedGateway(
            priorities: [3, 2, 1], retry: Retry(attempts: 0, statuses: [429, 503]))
        let client = try gateway.client()
        client.send(chatRequest())
        try serve(gateway, 0, answer("503 Service Unavailable", body: "{\"n\":0}"))
        try serve(gateway, 1, answer("429 Too Many Requests", body: "{\"n\":1}"))
        try serve(
            gateway, 2, answer("503 Service Unavailable", fields: ["Retry-After: 9"], body: "last"))
        let message = try received(client)
        #expect(message.status == 503 && message.bodyText == "last")
        #expect(message["Retry-After"] == "9" && message["X-Olla-Endpoint"] == "e2")
    }

    @Test func `a status that is not to be retried on is the answer`() throws {
        let gateway = try ScriptedGateway(
            priorities: [2, 1], retry: Retry(attempts: 0, statuses: [503]))
        let client = try gateway.client()
        client.send(chatRequest())
        try serve(gateway, 0, answer("500 Internal Server Error", fields: [], body: "no"))
        #expect(try received(client).bodyText == "no")
        #expect(gateway.endpoints[1].hasWaiting == false)
    }

    @Test func `no more endpoints are tried than attempts allow`() throws {
        let gateway = try ScriptedGateway(
            priorities: [3, 2, 1], retry: Retry(attempts: 2, statuses: [503]))
        let client = try gateway.client()
        client.send(chatRequest())
        try serve(gateway, 0, answer("503 Service Unavailable", fields: [], body: "0"))
        try serve(gateway, 1, answer("503 Service Unavailable", fields: [], body: "1"))
        #expect(try received(client).bodyText == "1")
        #expect(gateway.endpoints[2].hasWaiting == false)
    }

    @Test func `half a head is not tried elsewhere and no head is`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1])
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try gateway.endpoints[0].accept()
        _ = first.receive { ScriptMessage($0)?.isWhole ?? false }
        first.close()
        try serve(gateway, 1, answer())
        #expect(try received(client)["X-Olla-Endpoint"] == "e1")
        client.send(chatRequest())
        let second = try gateway.endpoints[0].accept()
        _ = second.receive { ScriptMessage($0)?.isWhole ?? false }
        second.send("HTTP/1.1 200")
        try gateway.settle()
        second.close()
        let message = try received(client)
        #expect(message.status == 502 && message["X-Olla-Endpoint"] == "e0")
    }
}
