import Foundation
import Testing

@testable import GatewayRuntime

/// Several addresses of one name: which of them gets the request, and what becomes of the others.
@Suite(.serialized) struct RacingTests {
    @Test func `IPv6 is connected to first`() throws {
        let named = try NamedGateway(["127.0.0.1", "::1"])
        named.script.answer(["127.0.0.1", "::1"])
        let client = try named.gateway.client()
        try named.ask(client)
        try named.serve("::1")
        #expect(try named.status(client) == 200)
        #expect(named.places["127.0.0.1"]?.hasWaiting == false)
    }

    @Test func `while IPv6 is silent IPv4 gets the request, and the next one at once`() throws {
        let named = try NamedGateway(["127.0.0.1", "::1"], silent: ["::1"])
        let before = try named.connectingCount()
        named.script.answer(["127.0.0.1", "::1"])
        let client = try named.gateway.client()
        try named.ask(client)
        try named.serve("127.0.0.1", answer(fields: ["Connection: close"]))
        #expect(try named.status(client) == 200)
        #expect(try named.connectingCount() == before)
        try named.ask(client)
        #expect(named.places["127.0.0.1"]?.hasWaiting == true)
        try named.serve("127.0.0.1")
        #expect(try named.status(client) == 200)
    }

    @Test func `an address that refuses is passed over at once, and is last next time`() throws {
        let named = try NamedGateway(["127.0.0.2"])
        named.script.answer(["127.0.0.1", "127.0.0.2", "127.0.0.3"])
        let client = try named.gateway.client()
        for _ in 0..<3 {
            try named.ask(client)
            try named.serve("127.0.0.2", answer(fields: ["Connection: close"]))
            #expect(try named.status(client) == 200)
        }
    }

    @Test func `connections go round the addresses`() throws {
        let addresses = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
        let named = try NamedGateway(addresses)
        named.script.answer(addresses)
        let clients = try addresses.map { _ in try named.gateway.client() }
        for client in clients { try named.ask(client) }
        for address in addresses { try named.serve(address) }
        for client in clients { #expect(try named.status(client) == 200) }
    }

    @Test func `no more than four attempts are under way, and one time limits all`() throws {
        let silent = (1...6).map { "127.0.0.\($0)" }
        let named = try NamedGateway(
            silent, silent: Set(silent), hasSpare: true, connectMilliseconds: 2500)
        let before = try named.connectingCount()
        named.script.answer(silent)
        let client = try named.gateway.client()
        let start = ContinuousClock.now
        client.send(chatRequest())
        var most = 0
        while !named.gateway.endpoints[0].hasWaiting, ContinuousClock.now < start + .seconds(30) {
            most = max(most, try named.connectingCount() - before)
            usleep(1000)
        }
        #expect(most == 4)
        #expect(ContinuousClock.now >= start + .milliseconds(2400))
        #expect(try named.connectingCount() == before)
        try named.serveSpare()
        #expect(try named.status(client) == 200)
    }

    @Test func `a client that leaves ends every attempt`() throws {
        let silent = ["127.0.0.1", "127.0.0.2", "::1"]
        let named = try NamedGateway(silent, silent: Set(silent))
        let before = try named.connectingCount()
        named.script.answer(silent)
        let client = try named.gateway.client()
        client.send(chatRequest())
        #expect(try named.waitForConnecting(before + 3))
        client.close()
        #expect(try named.waitForConnecting(before))
    }

    @Test func `a drain ends every attempt`() throws {
        let silent = ["127.0.0.1", "::1"]
        let named = try NamedGateway(silent, silent: Set(silent))
        let before = try named.connectingCount()
        named.script.answer(silent)
        let client = try named.gateway.client()
        client.send(chatRequest())
        #expect(try named.waitForConnecting(before + 2))
        named.gateway.shared.requestStop()
        #expect(try named.status(client) == 503)
        #expect(try named.waitForConnecting(before))
    }

    @Test func `where every address refuses the next endpoint is asked`() throws {
        let named = try NamedGateway(["127.0.0.9"], hasSpare: true)
        named.script.answer(["127.0.0.1", "127.0.0.2", "::1"])
        let client = try named.gateway.client()
        try named.ask(client)
        try named.serveSpare()
        #expect(try named.status(client) == 200)
    }
}
