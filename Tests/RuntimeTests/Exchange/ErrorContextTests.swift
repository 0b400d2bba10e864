import Testing

@testable import GatewayRuntime

/// `olla_context` in the errors of endpoints, in each framing and however the answer is cut.
@Suite(.serialized) struct ErrorContextTests {
    private static let body = "{ \"error\" : {\"message\":\"no\"} }\n"
    private static let context =
        "\"olla_context\":{\"endpoint\":\"e0\",\"request_id\":\"script\",\"timestamp\":\"…\"}"

    /// The same error in the framings that an endpoint may choose.
    private static let framings: [String] = [
        answer("400 Bad Request", body: body),
        chunkedAnswer(
            ["{ \"err", "or\" : {\"message\":\"no\"} }\n"], status: "400 Bad Request"),
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\r\n" + body,
    ]

    /// What the client gets of `bytes` that an endpoint sends, cut at `cut`, and then ends.
    private func received(
        _ gateway: ScriptedGateway, _ bytes: [UInt8], cut: Int
    ) throws -> ScriptMessage {
        let client = try gateway.client()
        client.send(chatRequest())
        let endpoint = try gateway.endpoints[0].accept()
        _ = endpoint.receive { ScriptMessage($0)?.isWhole ?? false }
        endpoint.send(bytes[..<cut])
        try gateway.settle()
        endpoint.send(bytes[cut...])
        endpoint.close()
        return try #require(ScriptMessage(client.receive { ScriptMessage($0)?.isWhole ?? false }))
    }

    @Test(arguments: framings.indices)
    func `an error says where it came from, however it is framed and cut`(at index: Int) throws {
        let gateway = try ScriptedGateway()
        let bytes = Array(Self.framings[index].utf8)
        for cut in 0...bytes.count {
            let message = try received(gateway, bytes, cut: cut)
            let wanted = Self.body.replacing(
                "{\"message\":\"no\"} }", with: "{\"message\":\"no\"} ,\(Self.context)}")
            try #require(message.status == 400)
            try #require(message.steadyText.contains(wanted), "cut at \(cut)")
        }
    }
}
