import Testing

@testable import GatewayRuntime

@Suite struct FirstEventScannerTests {
    private func verdict(_ text: String, cutAt cut: Int? = nil) -> FirstEventScanner.Verdict {
        var scanner = FirstEventScanner()
        let bytes = Array(text.utf8)
        let place = min(cut ?? bytes.count, bytes.count)
        scanner.scan(bytes.span.extracting(0..<place))
        scanner.scan(bytes.span.extracting(place..<bytes.count))
        return scanner.verdict
    }

    static let errors = [
        "data: {\"error\":{\"message\":\"no\"}}\n\n",
        "data:{\"id\":\"x\",\"choices\":[{\"error\":null}],\"error\" : \"no\"}\n",
        "data: {\"object\":\"error\",\"message\":\"no\",\"code\":400}\n\n",
        "event: error\ndata: {\"message\":\"no\"}\n\n",
        "event:error\r\ndata:no\r\n\r\n",
        ": wait\n\nid: 1\nretry: 5\ndata: {\"error\":true}\n",
        "error: {\"code\":500}\n\n",
        "data: {\"a\\\"\":\"}{\",\"error\":[]}\n",
    ]
    static let events = [
        "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"error\":null}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"error\"}}]}\n\n",
        "data: {\"choices\":[{\"error\":\"inside\"}]}\n\n",
        "data: {\"text\":\"{\\\"error\\\":1}\"}\n\n",
        "data: {\"error\":false,\"object\":\"list\"}\n\n",
        "data: {\"message\":\"error\",\"object\":\"x\"}\n",
        "event: message\ndata: {}\n\n",
        "data: [DONE]\n\n",
        "data: plain\n\n",
    ]
    static let open = [
        "", ":", ": only a comment\n\n", "data:", "data: \n\n", "data: {\"id\":1", "event: error\n",
        "id: 7\n\n",
    ]

    @Test(arguments: errors)
    func `an error is seen wherever the stream is cut`(text: String) {
        for cut in 0...text.utf8.count { #expect(verdict(text, cutAt: cut) == .error) }
    }

    @Test(arguments: events)
    func `an event that is none passes wherever the stream is cut`(text: String) {
        for cut in 0...text.utf8.count { #expect(verdict(text, cutAt: cut) == .event) }
    }

    @Test(arguments: open)
    func `what is no event yet shows nothing`(text: String) {
        for cut in 0...text.utf8.count { #expect(verdict(text, cutAt: cut) == .searching) }
    }
}
