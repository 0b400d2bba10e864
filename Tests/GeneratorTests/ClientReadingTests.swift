import Testing

@testable import Generator

/// From `clients` and `cors` to who may call.
@Suite struct ClientReadingTests {
    private static let digest = String(repeating: "0123456789abcdef", count: 4)

    private func gateway(_ keys: String, url: String = "http://a") throws -> Gateway {
        let yaml = "endpoints: [{name: a, url: \"\(url)\"}]\n\(keys)\n"
        return try #require(Gateway.read(Array(yaml.utf8), file: "gateway.yaml").gateway)
    }

    @Test func `a client has all rights that it is not denied`() throws {
        let gateway = try gateway("clients: [{name: b, key_sha256: \"\(Self.digest)\"}]")
        #expect(
            gateway.clients == [
                Client(name: "b", keyDigests: [Self.digest], models: [], routes: [], rateLimit: nil)
            ])
        #expect(gateway.unusedFolders.contains("CrossOrigin"))
        #expect(!gateway.unusedFolders.contains("Clients"))
    }

    @Test func `a digest in upper case is the same digest`() throws {
        let gateway = try gateway(
            "clients: [{name: b, key_sha256: [\(Self.digest.uppercased())], "
                + "rate_limit: {requests_per_minute: 8}}]")
        #expect(gateway.clients[0].keyDigests == [Self.digest])
        #expect(gateway.clients[0].rateLimit == RateLimit(requestsPerMinute: 8, burst: 2))
    }

    @Test func `keys of clients are forwarded to no endpoint`() throws {
        let open = try gateway("")
        let closed = try gateway("clients: [{name: b, key_sha256: \"\(Self.digest)\"}]")
        var names = Identifiers()
        let plans = [open, closed].map { EndpointPlan.all(of: $0, &names) }
        #expect(plans[0].map(\.forwardsCredentials) == [true])
        #expect(plans[1].map(\.forwardsCredentials) == [false])
    }

    @Test func `what is left out of cors has its default`() throws {
        let found = try gateway("cors: {allowed_origins: [\"https://*.example.com\"]}").crossOrigin
        let crossOrigin = try #require(found)
        #expect(crossOrigin.methods == ["GET", "POST", "OPTIONS"])
        #expect(crossOrigin.headers == [] && !crossOrigin.sendsCredentials)
        #expect(crossOrigin.exposed == CrossOrigin.usualExposed)
        #expect(crossOrigin.maxAgeSeconds == 300)
    }

    @Test(arguments: [
        ("enabled: true", ["*"], 300), ("enabled: true, max_age: 60", ["*"], 60),
        ("enabled: true, allowed_origins: [\"https://a.test\"]", ["https://a.test"], 300),
    ])
    func `cors of Olla's form is the same`(keys: String, origins: [String], age: Int) throws {
        let yaml = """
            server: {cors: {\(keys)}}
            discovery: {static: {endpoints: [{name: a, url: "http://a", type: ollama}]}}
            """
        let reading = Gateway.read(Array(yaml.utf8), file: "gateway.yaml")
        let crossOrigin = try #require(reading.gateway?.crossOrigin)
        #expect(crossOrigin.origins == origins && crossOrigin.maxAgeSeconds == age)
    }

    @Test func `cors that Olla does not enable is off`() throws {
        let yaml = """
            server: {cors: {enabled: false, allowed_origins: ["*"]}}
            discovery: {static: {endpoints: [{name: a, url: "http://a", type: ollama}]}}
            """
        let gateway = Gateway.read(Array(yaml.utf8), file: "gateway.yaml").gateway
        #expect(try #require(gateway).crossOrigin == nil)
    }
}
