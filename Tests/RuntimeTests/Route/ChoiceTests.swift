import Glibc
import Testing

@testable import GatewayRuntime

/// The walk through a model's candidates, one step after the other.
@Suite struct ChoiceTests {
    /// The endpoints in the order in which the walk of exchange `serial` comes to them.
    private func walk(
        priorities: [Int], serial: UInt64, attempts: Int = 0
    ) throws -> [Int] {
        let gateway = CompiledGateway.scripted(
            endpoints: priorities.enumerated().map { number, priority in
                Endpoint.scripted(number, port: 1, priority: priority)
            },
            retry: Retry(attempts: attempts, statuses: []))
        let address = try #require(SocketAddress(text: "127.0.0.1", port: 0))
        var worker = Worker(
            gateway: gateway,
            shared: try SharedState(
                workerCount: 1, rates: RateGates(for: gateway),
                standings: Standings(for: gateway)), number: 0,
            secrets: Secrets(for: gateway.endpoints), listenAddress: address, listener: -1,
            adminListener: -1, loop: try EventLoop())
        let client = Int(
            worker.clients.insert(
                ClientConnection(
                    socket: -1, peer: .local, isFromTrustedProxy: false, isSecured: false,
                    isAdmin: false, timer: 0)
            ).index)
        worker.clients[client].exchange.serial = serial
        worker.clients[client].exchange.choice = worker.models.firstChoice(of: 0)
        var order: [Int] = []
        while true {
            guard let next = worker.nextEndpoint(client) else { return order }
            order.append(next)
        }
    }

    @Test func `higher priorities come first and each endpoint once`() throws {
        #expect(try walk(priorities: [300, 200, 100, 50], serial: 9) == [0, 1, 2, 3])
        #expect(try walk(priorities: [100], serial: 3) == [0])
    }

    @Test(arguments: UInt64(0)..<12)
    func `the turn decides where in a priority the walk begins`(serial: UInt64) throws {
        let order = try walk(priorities: [200, 200, 200, 100], serial: serial)
        let first = Int(serial % 3)
        #expect(order == [first, (first + 1) % 3, (first + 2) % 3, 3])
        let groups = try walk(priorities: [200, 100, 100, 50], serial: serial)
        let odd = Int(serial % 2)
        #expect(groups == [0, 1 + odd, 2 - odd, 3])
    }

    @Test(arguments: 1...5)
    func `attempts end the walk`(attempts: Int) throws {
        let order = try walk(priorities: [200, 200, 100, 100], serial: 1, attempts: attempts)
        #expect(order == Array([1, 0, 3, 2].prefix(attempts)))
    }
}

@Suite struct ModelTableTests {
    @Test func `small and large directories lay out the same candidates`() {
        let entries = [
            ModelEntry("a", at: [.init(0), .init(2, knownAs: "b")]),
            ModelEntry("c", at: [.init(1)]),
            ModelEntry("d*", at: [.init(65_534, knownAs: "e")]),
        ]
        let small = ModelDirectory(entries, index: { _ in nil }, list: "", objectRanges: [])
        let table = CandidateTable(lists: "0 2:0\n1\n65534:1", listOfEntry: "0 1 2")
        #expect(small.candidates == table.words && small.candidateStarts == table.starts)
        #expect(small.upstreamNames.map { "\($0)" } == ["b", "e"])
        let models = ModelTable(small, priorities: [Int](repeating: 1, count: 65_535))
        let choices = (0..<3).map { models.firstChoice(of: $0) }
        #expect(choices.map(\.groupStart) == [0, 2, 3] && choices.map(\.end) == [2, 3, 4])
        let places = (0..<4).map { models[$0].endpoint }
        let names = (0..<4).map { models[$0].upstreamName.map { "\($0)" } }
        #expect(places == [0, 2, 1, 65_534] && names == [nil, "b", nil, "e"])
    }

    @Test func `a name matches its own bytes and no others`() {
        func matches(_ name: String) -> Bool { ("gpt-4o" as StaticString) ~= Array(name.utf8).span }
        #expect(matches("gpt-4o"))
        for other in ["", "gpt-4", "gpt-4o ", "Gpt-4o", "gpt-4o-mini", "gpt-4p"] {
            #expect(!matches(other))
        }
        let isEmpty = ("" as StaticString) ~= [UInt8]().span
        #expect(isEmpty)
    }

    @Test func `a pattern matches what begins like it`() {
        func begins(_ name: String) -> Bool { startsWith(Array(name.utf8).span, "gpt-") }
        #expect(begins("gpt-") && begins("gpt-4o"))
        #expect(!begins("") && !begins("gpt") && !begins("xgpt-") && !begins("GPT-4"))
        let isStart = startsWith([UInt8]().span, "")
        #expect(isStart)
    }
}
