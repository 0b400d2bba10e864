import Testing

@testable import GatewayRuntime

/// One exchange whose bytes come in two pieces, for every place where they can be parted.
@Suite(.serialized) struct SplitTests {
    /// Requests that reach the endpoint as the same request, however they are cut.
    private static let requests: [String] = [
        chatRequest(),
        chatRequest(
            fields: ["Accept: */*", "X-Empty:"], body: "{\"a\":[],\"model\":\"sm\\u0061ll\"}"),
        "POST /olla/openai/v1/chat/completions?q=1 HTTP/1.1\r\nHost: gateway.test\r\n"
            + "X-Request-ID: script\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "9\r\n{\"model\":\r\n008;x=y\r\n\"small\"}\r\n0\r\nT: 1\r\n\r\n",
    ]

    @Test(arguments: requests.indices)
    func `a request is the same at the endpoint wherever it is cut`(at index: Int) throws {
        let gateway = try ScriptedGateway()
        let bytes = Array(Self.requests[index].utf8)
        let client = try gateway.client()
        client.send(bytes)
        let endpoint = try gateway.endpoints[0].accept()
        let wanted = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        endpoint.send(answer())
        let wantedAnswer = try received(client).steadyText
        for cut in 1..<bytes.count {
            client.send(bytes[..<cut])
            try gateway.settle()
            client.send(bytes[cut...])
            let request = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
            try #require(request == wanted, "cut at \(cut)")
            endpoint.send(answer())
            try #require(try received(client).steadyText == wantedAnswer)
        }
    }

    /// Answers in each framing; the client gets the same of each, however they are cut.
    private static let answers: [String] = [
        answer(),
        answer("204 No Content", fields: [], body: "").replacing("Content-Length: 0\r\n", with: ""),
        answer(body: ""),
        chunkedAnswer(["{\"id\"", ":", "1}"]),
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" + answer(),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: A\r\nX-Olla-Endpoint: forged\r\n"
            + "Connection: x-hop\r\nX-Hop: 1\r\n\r\n"
            + "3;ext=1\r\nabc\r\n0005\r\ndefgh\r\n0\r\nA: b\r\n\r\n",
        chunkedAnswer(
            ["data: {\"a\":1}\n\n", "data: [DONE]\n\n"], fields: ["Content-Type: text/event-stream"]
        ),
        answer("500 Internal Server Error", fields: ["Content-Type: text/html"], body: "<b>no</b>"),
    ]

    @Test(arguments: answers.indices)
    func `an answer is the same at the client wherever it is cut`(at index: Int) throws {
        let gateway = try ScriptedGateway()
        let bytes = Array(Self.answers[index].utf8)
        let client = try gateway.client()
        client.send(chatRequest())
        let endpoint = try gateway.endpoints[0].accept()
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        endpoint.send(bytes)
        let wanted = try received(client)
        #expect(wanted.isWhole && wanted["X-Olla-Endpoint"] == "e0")
        for cut in 1..<bytes.count {
            client.send(chatRequest())
            _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
            endpoint.send(bytes[..<cut])
            try gateway.settle()
            endpoint.send(bytes[cut...])
            try #require(try received(client).steadyText == wanted.steadyText, "cut at \(cut)")
        }
        #expect(gateway.endpoints[0].hasWaiting == false)
    }

    @Test func `an answer that comes byte by byte is passed on byte by byte`() throws {
        let gateway = try ScriptedGateway()
        let client = try gateway.client()
        client.send(chatRequest())
        let endpoint = try gateway.endpoints[0].accept()
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        for byte in chunkedAnswer(["ab", "c"]).utf8 {
            endpoint.send([byte])
            try gateway.settle()
        }
        let bytes = client.receive { ScriptMessage($0)?.isWhole ?? false }
        let message = try #require(ScriptMessage(bytes))
        #expect(message.bodyText == "abc" && message.isWhole)
        #expect(
            String(decoding: bytes, as: UTF8.self).contains(
                "\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n"))
    }

    private func received(_ client: ScriptSocket) throws -> ScriptMessage {
        try #require(ScriptMessage(client.receive { ScriptMessage($0)?.isWhole ?? false }))
    }
}
