@testable import Generator

extension EmitTests {
    /// Clients with many rights and few, and pages of other origins.
    static var guarded: Gateway {
        var gateway = Gateway.sample([.sample("local", models: ["llama3", "gpt-4o"])])
        gateway.clients = [
            Client(
                name: "team-a", keyDigests: [String(repeating: "0a", count: 32)], models: [],
                routes: [], rateLimit: nil),
            Client(
                name: "team-b",
                keyDigests: ["1b", "2c"].map { String(repeating: $0, count: 32) },
                models: ["llama*", "gpt-4o"], routes: ["/v1/chat/completions", "/v1/models*"],
                rateLimit: RateLimit(requestsPerMinute: 60, burst: 10)),
        ]
        gateway.crossOrigin = CrossOrigin(
            origins: ["https://app.example.com", "https://*.example.com"],
            methods: CrossOrigin.usualMethods, headers: ["Authorization", "Content-Type"],
            exposed: CrossOrigin.usualExposed, sendsCredentials: true, maxAgeSeconds: 3_600)
        return gateway
    }
}
