import Testing

@testable import Generator

/// A configuration of Olla becomes a gateway as it is.
@Suite struct OllaFormTests {
    private func reading() throws -> Reading {
        Gateway.read(try Recorded.bytes("Olla/gateway.yaml"), file: "gateway.yaml")
    }

    @Test func `an unmodified configuration of Olla compiles`() throws {
        let gateway = try #require(try reading().gateway)
        #expect(
            gateway.endpoints.map(\.name)
                == ["local-ollama", "local-lm-studio", "remote-vllm", "unknown"])
        #expect(gateway.endpoints.map(\.type) == [.ollama, .lmStudio, .vllm, .auto])
        #expect(gateway.endpoints.map(\.priority) == [100, 90, 80, 100])
        #expect(gateway.endpoints.map(\.url.pathPrefix) == ["", "", "", ""])
        #expect(gateway.endpoints[0].models == .discovered)
        #expect(
            gateway.discovery
                == Discovery(intervalMilliseconds: 300_000, timeoutMilliseconds: 30_000))
        #expect(
            gateway.endpoints[1].models
                == .listed(
                    ["qwen*", "llama3.1:8b"].map {
                        ServedModel(name: $0, upstreamName: nil, created: 0, ownedBy: "openai")
                    }))
        #expect(gateway.endpoints[2].headers.map(\.name) == ["X-Team", "Authorization"])
        #expect(
            gateway.aliases == [
                Alias(name: "gpt-oss-120b", targets: ["gpt-oss:120b", "gpt-oss-120b-MLX"])
            ])
    }

    @Test func `what has an equal is used`() throws {
        let gateway = try #require(try reading().gateway)
        #expect(gateway.server.host == "127.0.0.1")
        #expect(gateway.server.port == 40_114)
        #expect(gateway.server.trustedProxies.map(\.text) == ["127.0.0.0/8", "10.0.0.0/8"])
        #expect(
            gateway.server.rateLimits
                == RateLimits(
                    global: RateLimit(requestsPerMinute: 1000, burst: 50),
                    perClient: RateLimit(requestsPerMinute: 100, burst: 50)))
        #expect(gateway.endpoints.allSatisfy { $0.rateLimit == .ofEndpoints })
        #expect(gateway.limits.bodyByteLimit == 52_428_800)
        #expect(gateway.limits.headByteLimit == 524_288)
        #expect(gateway.timeouts.clientHeaderMilliseconds == 12_000)
        #expect(gateway.timeouts.keepAliveMilliseconds == 75_000)
        #expect(gateway.drain.timeoutMilliseconds == 10_000)
        #expect(
            gateway.endpoints[0].timeouts
                == EndpointTimeouts(
                    connectMilliseconds: 30_000, tlsMilliseconds: 10_000,
                    responseHeaderMilliseconds: 120_000,
                    streamIdleMilliseconds: 120_000))
    }

    @Test func `every key without effect is noted by name and place`() throws {
        let reading = try reading()
        #expect(reading.diagnostics.allSatisfy { $0.severity == .note })
        let printer = DiagnosticPrinter(sources: reading.sources, isColored: false)
        try Recorded.expect(
            printer.text(reading.diagnostics),
            isRecordedAt: Recorded.cases.appending(path: "Olla/expected.txt"))
    }

    @Test func `a key of Olla leads to a key that exists`() {
        for key in Schema.olla {
            guard case .moved(let target) = key.meaning else { continue }
            let name = target.split(separator: ".").last.map(String.init) ?? target
            #expect(!Schema.homes(of: name).isEmpty, "\(key.path)")
        }
    }
}
