import Testing

@testable import GatewayRuntime

/// What requests do while a name is being looked up, and when its addresses change.
@Suite(.serialized) struct NamesTests {
    @Test func `requests wait for the first addresses`() throws {
        let named = try NamedGateway(["127.0.0.1"])
        let clients = try (0..<3).map { _ in try named.gateway.client() }
        for client in clients { try named.ask(client) }
        #expect(named.places["127.0.0.1"]?.hasWaiting == false)
        #expect(named.script.answer(["127.0.0.1"]))
        for _ in clients { try named.serve("127.0.0.1") }
        for client in clients { #expect(try named.status(client) == 200) }
        #expect(named.script.questionCount == 1)
    }

    @Test func `a client that leaves no longer waits, wherever it stood`() throws {
        for leaver in 0..<3 {
            let named = try NamedGateway(["127.0.0.1"])
            var clients = try (0..<3).map { _ in try named.gateway.client() }
            for client in clients { try named.ask(client) }
            clients.remove(at: leaver).close()
            try named.gateway.settle()
            named.script.answer(["127.0.0.1"])
            for _ in clients { try named.serve("127.0.0.1") }
            for client in clients { #expect(try named.status(client) == 200) }
            #expect(named.places["127.0.0.1"]?.hasWaiting == false)
        }
    }

    @Test func `a name that does not exist sends its requests to the next endpoint`() throws {
        let named = try NamedGateway(["127.0.0.1"], hasSpare: true)
        let client = try named.gateway.client()
        try named.ask(client)
        named.script.answer([])
        try named.serveSpare()
        #expect(try named.status(client) == 200)
    }

    @Test func `a name is waited for as long as a connection may take`() throws {
        let named = try NamedGateway(["127.0.0.1"], connectMilliseconds: 100)
        let client = try named.gateway.client()
        try named.ask(client)
        #expect(try named.status(client) == 502)
        named.script.answer(["127.0.0.1"])
        try named.ask(client)
        try named.serve("127.0.0.1")
        #expect(try named.status(client) == 200)
    }

    @Test func `a name that vanishes keeps its addresses and is asked for again`() throws {
        let named = try NamedGateway(["127.0.0.1"])
        named.script.answer(["127.0.0.1"])
        named.script.tell([])
        try named.gateway.settle()
        let client = try named.gateway.client()
        try named.ask(client)
        try named.serve("127.0.0.1")
        #expect(try named.status(client) == 200)
        for _ in 0..<2 { #expect(named.script.answer([])) }
    }

    @Test func `a pooled connection to an address that is gone is closed`() throws {
        let named = try NamedGateway(["127.0.0.1", "127.0.0.2"])
        named.script.answer(["127.0.0.1"])
        let client = try named.gateway.client()
        try named.ask(client)
        let old = try named.serve("127.0.0.1")
        #expect(try named.status(client) == 200)
        named.script.tell(["127.0.0.2"])
        #expect(old.receive()?.isEmpty == true)
        try named.ask(client)
        try named.serve("127.0.0.2")
        #expect(try named.status(client) == 200)
    }

    @Test func `a pooled connection to an address that stays is used on`() throws {
        let named = try NamedGateway(["127.0.0.1", "127.0.0.2"])
        named.script.answer(["127.0.0.1"])
        let client = try named.gateway.client()
        try named.ask(client)
        let endpoint = try named.serve("127.0.0.1")
        #expect(try named.status(client) == 200)
        named.script.tell(["127.0.0.2", "127.0.0.1"])
        try named.gateway.settle()
        client.send(chatRequest())
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        endpoint.send(answer())
        #expect(try named.status(client) == 200)
    }

    @Test func `an open stream runs on when its address goes, and ends its connection`() throws {
        let named = try NamedGateway(["127.0.0.1", "127.0.0.2"])
        named.script.answer(["127.0.0.1"])
        let client = try named.gateway.client()
        try named.ask(client)
        let whole = chunkedAnswer(["one", "two"])
        let old = try named.serve("127.0.0.1", String(whole.prefix(whole.count - 10)))
        try named.gateway.settle()
        named.script.tell(["127.0.0.2"])
        try named.gateway.settle()
        old.send(String(whole.suffix(10)))
        let bytes = client.receive { ScriptMessage($0)?.isWhole ?? false }
        #expect(ScriptMessage(bytes)?.bodyText == "onetwo")
        #expect(old.receive()?.isEmpty == true)
    }
}
