import Testing

@testable import GatewayRuntime

/// Answers that end before their end: no client may take half of one for the whole.
@Suite(.serialized) struct BrokenAnswerTests {
    enum Ending: CaseIterable { case close, reset }

    /// Sends `bytes` as the answer, ends it, and returns all that the client gets.
    private func answer(_ bytes: String, then ending: Ending) throws -> String {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        client.send(chatRequest())
        let endpoint = try gateway.endpoints[0].accept()
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        endpoint.send(bytes)
        try gateway.settle()
        switch ending {
        case .close: endpoint.close()
        case .reset: endpoint.reset()
        }
        let all = client.receive { ScriptMessage($0)?.isWhole ?? false }
        return String(decoding: all, as: UTF8.self)
    }

    @Test(arguments: Ending.allCases)
    func `half a body with a length is closed behind`(ending: Ending) throws {
        let half =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\nhalf"
        let text = try answer(half, then: ending)
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n") && text.hasSuffix("\r\n\r\nhalf"))
    }

    @Test(arguments: Ending.allCases)
    func `half a body in chunks has no last chunk`(ending: Ending) throws {
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
        let text = try answer(head + "4\r\nhalf\r\n", then: ending)
        #expect(text.hasSuffix("\r\n\r\n4\r\nhalf\r\n"))
    }

    @Test(arguments: Ending.allCases)
    func `half a stream ends with an error event and no last chunk`(ending: Ending) throws {
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
        let text = try answer(head + "9\r\ndata: 1\n\n\r\n", then: ending)
        let message = try #require(ScriptMessage(Array(text.utf8)))
        #expect(!message.isWhole)
        let events = message.bodyText.split(separator: "\n\n")
        #expect(events.count == 2 && events[0] == "data: 1")
        #expect(
            events[1].contains("\"code\":\"endpoint_cut\"") && events[1].contains("olla_context"))
    }

    @Test func `a body without a length is whole when the connection ends in order`() throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nall of it"
        let message = try #require(ScriptMessage(Array(try answer(head, then: .close).utf8)))
        #expect(message.isWhole && message.bodyText == "all of it")
    }

    @Test func `a body without a length is not whole when the connection breaks`() throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhalf"
        let message = try #require(ScriptMessage(Array(try answer(head, then: .reset).utf8)))
        #expect(!message.isWhole && message.bodyText == "half")
    }

    @Test(arguments: Ending.allCases)
    func `half an error is told as a broken answer`(ending: Ending) throws {
        let half =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
            + "Content-Length: 90\r\n\r\n{\"er"
        let message = try #require(ScriptMessage(Array(try answer(half, then: ending).utf8)))
        #expect(message.status == 502 && message.bodyText.contains("\"endpoint_cut\""))
    }

    @Test(arguments: Ending.allCases)
    func `half a head is told as a broken answer`(ending: Ending) throws {
        let text = try answer("HTTP/1.1 200 OK\r\nContent-Ty", then: ending)
        let message = try #require(ScriptMessage(Array(text.utf8)))
        #expect(message.status == 502 && message.bodyText.contains("\"endpoint_cut\""))
    }
}
