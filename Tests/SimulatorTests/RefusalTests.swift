import Testing

@testable import Simulator

struct RefusalTests {
    @Test(arguments: [
        (#"{"model":"gpt-4o""#, 400, nil as JSON),
        (#"{"messages":[]}"#, 400, nil),
        (#"{"model":"gpt-4o"}"#, 400, "missing_required_parameter"),
        (#"{"model":"gpt-5","messages":[{}]}"#, 404, "model_not_found"),
        (#"{"model":"gpt-4o","messages":[{}],"temperature":3}"#, 400, "invalid_value"),
    ])
    func `a bad body is refused in OpenAI's words`(
        body: String,
        status: Int,
        code: JSON
    ) throws {
        let reply = try RunningSimulator().post("/v1/chat/completions", body)
        #expect(reply.status == status)
        #expect(reply.json["error"]?["type"] == "invalid_request_error")
        #expect(reply.json["error"]?["code"] == code)
    }

    @Test func `without the key nothing is answered`() throws {
        let simulator = try RunningSimulator(apiKey: "sk-right")
        let body = RunningSimulator.chatBody("gpt-4o", "Hello")
        let path = "/v1/chat/completions"
        let wrong = try simulator.post(path, body, fields: ["Authorization: Bearer sk-wrong"])
        #expect(wrong.status == 401)
        #expect(
            wrong.json["error"] == [
                "message": "Invalid API key provided", "type": "invalid_request_error",
                "param": nil, "code": "invalid_api_key",
            ]
        )
        let right = try simulator.post(path, body, fields: ["Authorization: Bearer sk-right"])
        #expect(right.status == 200)
    }

    @Test func `other paths are 404 and other methods 405`() throws {
        let simulator = try RunningSimulator()
        #expect(try simulator.get("/v2/models").status == 404)
        let reply = try simulator.get("/v1/chat/completions")
        #expect(reply.status == 405)
        #expect(reply.fields["allow"] == "POST")
    }

    @Test func `a request line that is none is refused and the connection closed`() throws {
        let wire = try RunningSimulator().connect()
        try wire.send(Array("nonsense\r\n\r\n".utf8))
        #expect(try Reply(wire).status == 400)
        #expect(throws: WireError.closed) { try wire.line() }
    }
}
