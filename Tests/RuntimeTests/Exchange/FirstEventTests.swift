import Testing

@testable import GatewayRuntime

/// Streams whose head waits for their first event, as long as another endpoint could be asked.
@Suite(.serialized) struct FirstEventTests {
    private static let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    private static let failing = "data: {\"error\":{\"message\":\"no memory\"}}\n\n"
    private static let event = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n"
    private static let done = "data: [DONE]\n\n"

    private let retry = Retry(attempts: 0, statuses: [503], awaitsFirstEvent: true)

    private func accept(_ gateway: ScriptedGateway, _ number: Int) throws -> ScriptSocket {
        let endpoint = try gateway.endpoints[number].accept()
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        return endpoint
    }

    private static func chunk(_ text: String) -> String {
        String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n"
    }

    private static func stream(_ texts: String...) -> String {
        head + texts.map(chunk).joined() + "0\r\n\r\n"
    }

    private func received(_ client: ScriptSocket) throws -> ScriptMessage {
        try #require(ScriptMessage(client.receive { ScriptMessage($0)?.isWhole ?? false }))
    }

    /// How a first endpoint can fail after it has said 200.
    enum Fate: CaseIterable {
        case errorEvent, errorEventInPieces, afterComments, end, endOfConnection, close, reset
        case badChunk
    }

    @Test(arguments: Fate.allCases)
    func `an endpoint that fails before its first event is passed over`(fate: Fate) throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], retry: retry)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try accept(gateway, 0)
        switch fate {
        case .errorEvent: first.send(Self.stream(Self.failing, Self.done))
        case .errorEventInPieces:
            for byte in Self.stream(Self.failing).utf8 {
                first.send([byte])
                try gateway.settle()
            }
        case .afterComments: first.send(Self.stream(": keep-alive\n\n", Self.failing))
        case .end: first.send(Self.head + "0\r\n\r\n")
        case .endOfConnection:
            first.send("HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
            first.close()
        case .close, .reset:
            first.send(Self.head + Self.chunk(": keep-alive\n\n"))
            try gateway.settle()
            if fate == .close { first.close() } else { first.reset() }
        case .badChunk: first.send(Self.head + "zz\r\n")
        }
        try accept(gateway, 1).send(Self.stream(Self.event, Self.done))
        let message = try received(client)
        #expect(message.status == 200 && message["X-Olla-Endpoint"] == "e1")
        #expect(message.bodyText == Self.event + Self.done)
    }

    @Test func `every byte of a stream that begins well is passed on, however it is cut`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], retry: retry)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try accept(gateway, 0)
        for byte in Self.stream(": hello\n\n", Self.event, Self.done).utf8 {
            first.send([byte])
            try gateway.settle()
        }
        let message = try received(client)
        #expect(message["X-Olla-Endpoint"] == "e0" && message["X-Accel-Buffering"] == "no")
        #expect(message.bodyText == ": hello\n\n" + Self.event + Self.done)
    }

    @Test func `an error event is passed on as it is where no endpoint is left`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], retry: retry)
        let client = try gateway.client()
        client.send(chatRequest())
        try accept(gateway, 0).send(Self.stream("data: {\"error\":\"first\"}\n\n"))
        try accept(gateway, 1).send(Self.stream(Self.failing, Self.done))
        let message = try received(client)
        #expect(message.status == 200 && message["X-Olla-Endpoint"] == "e1")
        #expect(message.bodyText == Self.failing + Self.done)
    }

    @Test func `an error event is passed on where the next endpoint is down`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], deaf: [1], retry: retry)
        let client = try gateway.client()
        client.send(chatRequest())
        try accept(gateway, 0).send(Self.stream(Self.failing, Self.done))
        let message = try received(client)
        #expect(message.status == 200 && message["X-Olla-Endpoint"] == "e0")
        #expect(message.bodyText == Self.failing + Self.done)
    }

    @Test func `a stream that breaks before its first event is an error where nobody is left`()
        throws
    {
        let gateway = try ScriptedGateway(priorities: [2, 1], deaf: [1], retry: retry)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try accept(gateway, 0)
        first.send(Self.head)
        try gateway.settle()
        first.close()
        let message = try received(client)
        #expect(message.status == 502)
    }

    @Test func `a head is not held where no other endpoint could be asked`() throws {
        let gateway = try ScriptedGateway(priorities: [1], retry: retry)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try accept(gateway, 0)
        first.send(Self.head)
        let bytes = client.receive { $0.count > 4 && $0.suffix(4) == Array("\r\n\r\n".utf8)[...] }
        #expect(ScriptMessage(bytes)?.status == 200)
    }

    @Test func `comments are let go when they are many`() throws {
        let gateway = try ScriptedGateway(priorities: [2, 1], retry: retry)
        let client = try gateway.client()
        client.send(chatRequest())
        let first = try accept(gateway, 0)
        first.send(Self.head + Self.chunk(String(repeating: ": patience\n\n", count: 2000)))
        let bytes = client.receive { $0.count > 20_000 }
        #expect(ScriptMessage(bytes)?.status == 200)
        #expect(!gateway.endpoints[1].hasWaiting)
    }

    @Test func `an endpoint that is silent before its first event is passed over`() throws {
        let gateway = try ScriptedGateway(
            priorities: [2, 1], retry: retry, streamIdleMilliseconds: 100)
        let client = try gateway.client()
        client.send(chatRequest())
        try accept(gateway, 0).send(Self.head)
        try accept(gateway, 1).send(Self.stream(Self.event))
        #expect(try received(client)["X-Olla-Endpoint"] == "e1")
    }
}
