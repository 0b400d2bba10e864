import Testing

@testable import Generator

/// Emitted packages, compared with the files in `Cases/Emit` whole; `INGOT_RECORD=1` rewrites them.
struct EmitTests {
    static let cases = Files.folder(of: #filePath) + "/Cases/Emit"

    /// By the name of their folder.
    static var plans: [String: Plan] {
        var plans = gateways.mapValues(Plan.sample)
        plans["static"] = Plan(
            secured, file: "gateway.yaml", digest: "sha256:0", authorities: .sample)
        return plans
    }

    private static var gateways: [String: Gateway] {
        [
            "clients": guarded,
            "discovery": discovering,
            "https": secured,
            "wide": wide,
            "fleet": fleet,
            "health": failing,
            "host-name": hostName,
            "tables": .sample(
                [
                    .sample("one", models: (0..<70).map(model)),
                    .sample(
                        "two", priority: 200, models: (30..<80).map(model) + ["p-*", "p-long-*"]),
                ],
                aliases: [Alias(name: "fast", targets: ["model-7", "model-77"])]
            ),
        ]
    }

    /// A name to look up, and whom to ask for it.
    private static var hostName: Gateway {
        var gateway = Gateway.sample([
            .sample(
                "openai-production",
                address: .name("llm.internal", port: 80),
                models: ["gpt-4o", "gpt-4o-mini"]
            )
        ])
        gateway.server.nameServers = ["10.0.0.53:53", "[fd00::53]:5353"]
        return gateway
    }

    /// Aliases, patterns, header rules, networks, rate limits, further routes, unhandy names.
    private static var fleet: Gateway {
        let headers = [
            Header(
                name: "Authorization",
                value: [.text("Bearer "), .environment("OPENAI_API_KEY", default: nil)],
                isCredential: true
            ),
            Header(
                name: "X-Basic",
                value: [
                    .text("Basic "),
                    .base64([.environment("USER", default: "me"), .text(":"), .file("/run/pw")]),
                ],
                isCredential: true
            ),
        ]
        var gateway = Gateway.sample(
            [
                .sample(
                    "class", headers: headers, models: ["llama3=llama3:8b", "qwen*", "q\"uote"]),
                .sample("a-b", priority: 200, address: .unix("/run/llm.sock"), models: ["llama3"]),
                .sample("a.b", address: .ipv6("::1", port: 9000)),
            ],
            aliases: [Alias(name: "fast", targets: ["llama3"])],
            defaultModel: "fast"
        )
        gateway.endpoints[0].rateLimit = RateLimit(requestsPerMinute: 1200, burst: 50)
        gateway.server.rateLimits = RateLimits(
            global: RateLimit(requestsPerMinute: 6000, burst: 600),
            perClient: RateLimit(requestsPerMinute: 60, burst: 10))
        gateway.extraRoutes = [ExtraRoute(path: "/v1/responses")]
        gateway.server.trustedProxies = [
            Network(high: 0, low: 0xffff_0a00_0000, prefixLength: 104, text: "10.0.0.0/8"),
            Network(high: 0xfd00 << 48, low: 0, prefixLength: 8, text: "fd00::/8"),
        ]
        return gateway
    }

    private static func model(_ index: Int) -> ServedModel {
        ServedModel(name: "model-\(index)", upstreamName: nil, created: index, ownedBy: "lab")
    }

    @Test(arguments: plans.keys.sorted())
    func `the emitted package is what is expected, to the byte`(name: String) throws {
        let package = try EmittedPackage(try #require(Self.plans[name]))
        let folder = "\(Self.cases)/\(name)"
        if Environment["INGOT_RECORD"] != nil {
            for (path, bytes) in package.files {
                try Files.makeFolder(Files.folder(of: "\(folder)/\(path)"))
                try Files.replace("\(folder)/\(path)", with: bytes, mode: 0o644)
            }
        }
        #expect(Files.filesBelow(folder) == package.files.keys.sorted())
        for (path, bytes) in package.files {
            let expected = String(decoding: try Files.read("\(folder)/\(path)"), as: UTF8.self)
            #expect(String(decoding: bytes, as: UTF8.self) == expected, "\(path)")
        }
    }

    @Test func `emitted Swift is as the formatter would have it`() throws {
        let root = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
        let outcome = try Subprocess(arguments: [
            "swift", "format", "lint", "--strict", "--recursive",
            "--configuration", "\(root)/.swift-format", Self.cases,
        ]).run()
        #expect(outcome.output == "")
        #expect(outcome.isSuccess)
    }

    @Test func `numbers and texts are written as Swift reads them`() {
        #expect(
            [0, 999, 1_000, 65_536, -104_857_600].map(SwiftText.number) == [
                "0", "999", "1_000", "65_536", "-104_857_600",
            ])
        #expect(SwiftText.hexadecimal(0xfd00 << 48) == "0xfd00_0000_0000_0000")
        #expect(SwiftText.literal("a\"b\\(c)\n\u{7}é") == #""a\"b\\(c)\n\u{7}é""#)
        #expect(SwiftText.block("x\n\ny") == "\"\"\"\n    x\n\n    y\n    \"\"\"")
        #expect(SwiftText.block("a\\#(b)") == "##\"\"\"\n    a\\#(b)\n    \"\"\"##")
        #expect(SwiftText.comment("a\nb`c") == "a b'c")
    }

    @Test func `an expression that is too long for its line takes a line a part`() {
        let long = Expression.array(
            label: "at: ", [.text(String(repeating: "x", count: 90)), .text("y")])
        let call = Expression.call("Entry", [.text("a"), long])
        let x = String(repeating: "x", count: 90)
        #expect(
            call.layout(indent: 0)
                == "Entry(\n    a,\n    at: [\n        \(x),\n        y,\n    ]\n)")
        #expect(
            Expression.call("Entry", [.text("a"), .array([])]).layout(indent: 0) == "Entry(a, [])")
    }
}
