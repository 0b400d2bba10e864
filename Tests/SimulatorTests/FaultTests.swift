import Foundation
import Testing

@testable import Simulator

struct FaultTests {
    @Test(
        arguments: [
            ("sim-status-429-b", .status(429)),
            ("sim-slow-5", .slow(milliseconds: 5)),
            ("sim-break", .breakOff(afterChunks: 3)),
            ("sim-garbage", .garbage),
            ("sim-garbage-head-2", .garbageHead),
            ("sim-close-after-x", .closeAfter),
            ("sim-100", .interim),
            ("sim-html-500", .htmlError),
            ("sim-statusless", nil),
            ("gpt-4o", nil),
        ] as [(String, Fault?)]
    )
    func `a name asks for its fault`(name: String, fault: Fault?) {
        #expect(Fault(model: name) == fault)
    }

    @Test func `every fault is explained in the help`() {
        for spelling in Fault.spellings {
            #expect(Simulator.helpMessage(columns: 200).contains(spelling.help))
            #expect(Fault(model: spelling.stem) != nil)
        }
    }

    @Test func `a demanded status has its error, 429 says when to come again`() throws {
        let simulator = try RunningSimulator()
        let reply = try simulator.chat("sim-status-429")
        #expect(reply.status == 429)
        #expect(reply.fields["retry-after"] == "7")
        #expect(reply.json["error"]?["code"] == "rate_limit_exceeded")
        #expect(try simulator.chat("sim-status-503").json["error"]?["type"] == "server_error")
    }

    @Test(arguments: ["sim-break-2", "sim-reset-2", "sim-early-close"])
    func `a broken answer ends early`(model: String) throws {
        let simulator = try RunningSimulator()
        #expect(throws: WireError.closed) { try simulator.chat(model) }
        #expect(throws: WireError.closed) { try simulator.chat(model, more: #","stream":true"#) }
    }

    @Test func `a stream breaks after exactly as many chunks as asked for`() throws {
        let simulator = try RunningSimulator()
        let wire = try simulator.connect()
        let body = RunningSimulator.chatBody("sim-break-2", "Hi", more: #","stream":true"#)
        try wire.send(
            Array(
                "POST /v1/chat/completions HTTP/1.0\r\nContent-Length: \(body.utf8.count)\r\n".utf8
            )
                + Array("\r\n\(body)".utf8)
        )
        var events = 0
        while let line = try? wire.line() { events += line.hasPrefix("data: ") ? 1 : 0 }
        #expect(events == 2)
    }

    @Test func `a stalled stream is silent until the client leaves, which is logged`() async throws
    {
        let simulator = try RunningSimulator()
        let wire = try simulator.connect()
        let body = RunningSimulator.chatBody("sim-stall-1", "Hi", more: #","stream":true"#)
        try wire.send(
            Array("POST /v1/chat/completions HTTP/1.1\r\nContent-Length: \(body.utf8.count)".utf8)
                + Array("\r\n\r\n\(body)".utf8)
        )
        while try !wire.line().hasPrefix("data: ") {}
        close(wire.descriptor)
        var entry: JSON = nil
        for _ in 0..<1000 where entry["client_closed"] != true {
            try await Task.sleep(for: .milliseconds(20))
            entry = try simulator.get("/control/requests").json.array?.first ?? nil
        }
        #expect(entry["client_closed"] == true)
        #expect(entry["body"] == .string(body))
    }

    @Test func `big answers have exactly the wanted size`() throws {
        let reply = try RunningSimulator().chat("sim-big-3")
        let content = reply.json["choices"]?.array?.first?["message"]?["content"]?.string
        #expect(content?.utf8.count ?? 0 >= 3 << 10)
        #expect(content?.utf8.count ?? 0 < (3 << 10) + 3)
    }

    @Test func `an error inside a stream is its last event`() throws {
        let reply = try RunningSimulator().chat("sim-sse-error-2", more: #","stream":true"#)
        #expect(reply.status == 200)
        #expect(reply.events.count == 3)
        #expect(reply.eventValues.last?["error"] != nil)
    }

    @Test func `trailers follow the last chunk`() throws {
        let reply = try RunningSimulator().chat("sim-trailers")
        #expect(reply.fields["trailer"] == "X-Chunk-Count")
        #expect(reply.trailers == [Field("X-Chunk-Count", "1")])
    }

    @Test func `close-after promises keep-alive and closes`() throws {
        let simulator = try RunningSimulator()
        let wire = try simulator.connect()
        let body = RunningSimulator.chatBody("sim-close-after", "Hi")
        try wire.send(
            Array("POST /v1/chat/completions HTTP/1.1\r\nContent-Length: \(body.utf8.count)".utf8)
                + Array("\r\n\r\n\(body)".utf8)
        )
        #expect(try Reply(wire).fields["connection"] == "keep-alive")
        #expect(throws: WireError.closed) { try wire.line() }
    }
}
