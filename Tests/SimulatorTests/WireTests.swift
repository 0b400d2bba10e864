import Testing

@testable import Simulator

struct WireTests {
    @Test func `a chunked body is read and the connection used again`() throws {
        let simulator = try RunningSimulator()
        let wire = try simulator.connect()
        let body = RunningSimulator.chatBody("gpt-4o", "Hi")
        let size = String(body.utf8.count, radix: 16)
        let request =
            "POST /v1/chat/completions?a=1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "\(size)\r\n\(body)\r\n0\r\n\r\n"
        try wire.send(Array((request + request).utf8))
        let first = try Reply(wire)
        #expect(first.status == 200)
        #expect(try Reply(wire).body == first.body)
        let log = try simulator.get("/control/requests").json.array ?? []
        #expect(log.map { $0["connection"] } == [1, 1])
        #expect(log.first?["query"] == "a=1")
        #expect(log.first?["fields"] == [["Transfer-Encoding", "chunked"]])
    }

    @Test func `who expects 100 gets it before the answer`() throws {
        let wire = try RunningSimulator().connect()
        let body = RunningSimulator.chatBody("gpt-4o", "Hi")
        let head =
            "POST /v1/chat/completions HTTP/1.1\r\nExpect: 100-continue\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n"
        try wire.send(Array(head.utf8))
        #expect(try wire.line() == "HTTP/1.1 100 Continue")
        #expect(try wire.line().isEmpty)
        try wire.send(Array(body.utf8))
        #expect(try Reply(wire).status == 200)
    }

    @Test func `the log is searched in target, fields and body`() throws {
        let simulator = try RunningSimulator()
        _ = try simulator.chat("gpt-4o", "needle")
        _ = try simulator.post("/v1/needle", "{}")
        _ = try simulator.post("/v1/models", "{}", fields: ["X-A: needle"])
        _ = try simulator.chat("gpt-4o", "hay")
        let found = try simulator.get("/control/requests?contains=needle").json.array
        #expect(found?.count == 3)
        #expect(try simulator.get("/control/requests").json.array?.count == 4)
    }

    @Test func `reset forgets the log`() throws {
        let simulator = try RunningSimulator()
        _ = try simulator.chat("gpt-4o")
        #expect(try simulator.post("/control/reset", "").status == 200)
        #expect(try simulator.get("/control/requests").text == "[]")
    }
}

struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,-2.5,true,null,"x"],"b":{}}"#, #""\"\\\n\u0001é""#, "[]", "0",
    ])
    func `what is read is written back`(text: String) throws {
        #expect(try JSONReader.read(Array(text.utf8)).text == text)
    }

    @Test(arguments: ["", "{", "[1,]", #"{"a" 1}"#, #""a"#, "tru", "1 2", #""\x""#, "+1"])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test func `escapes name their scalars, pairs included`() throws {
        let text = #""\u00e9\ud83d\ude00\/""#
        #expect(try JSONReader.read(Array(text.utf8)) == "é😀/")
    }

    @Test func `nesting has an end`() {
        let deep = Array(repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read(deep) }
    }
}
