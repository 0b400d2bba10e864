import Testing

@testable import Generator

/// From `rate_limit` and `server.rate_limits` to what each endpoint and client gets.
@Suite struct RateLimitReadingTests {
    private func gateway(_ limits: String, endpoint: String = "") throws -> Gateway {
        let yaml = """
            server: {rate_limits: {\(limits)}}
            endpoints: [{name: a, url: "http://a"\(endpoint.isEmpty ? "" : ", " + endpoint)}]
            """
        return try #require(Gateway.read(Array(yaml.utf8), file: "gateway.yaml").gateway)
    }

    private func endpointLimit(_ limits: String, _ endpoint: String = "") throws -> RateLimit? {
        try gateway(limits, endpoint: endpoint).endpoints[0].rateLimit
    }

    @Test func `endpoints have 200 a minute and 50 at once unless the YAML says otherwise`() throws
    {
        #expect(try endpointLimit("") == RateLimit(requestsPerMinute: 200, burst: 50))
        #expect(
            try endpointLimit("per_endpoint: {requests_per_minute: 600}")
                == RateLimit(requestsPerMinute: 600, burst: 150))
        #expect(
            try endpointLimit("per_endpoint: {burst: 5}")
                == RateLimit(requestsPerMinute: 200, burst: 5))
    }

    @Test(arguments: ["off", "{requests_per_minute: 0}", "{requests_per_minute: 0, burst: 9}"])
    func `a limit can be off`(value: String) throws {
        #expect(try endpointLimit("per_endpoint: \(value)") == nil)
        #expect(try endpointLimit("", "rate_limit: \(value)") == nil)
        #expect(try gateway("global: \(value), per_client: \(value)").server.rateLimits.isOff)
    }

    @Test func `an endpoint's own limit holds over that of all`() throws {
        let all = "per_endpoint: {requests_per_minute: 600, burst: 10}"
        #expect(
            try endpointLimit(all, "rate_limit: {requests_per_minute: 80}")
                == RateLimit(requestsPerMinute: 80, burst: 20))
        #expect(
            try endpointLimit(all, "rate_limit: {burst: 20}")
                == RateLimit(requestsPerMinute: 600, burst: 20))
        #expect(
            try endpointLimit("per_endpoint: off", "rate_limit: {requests_per_minute: 3}")
                == RateLimit(requestsPerMinute: 3, burst: 1))
    }

    @Test func `clients have none unless the YAML says otherwise`() throws {
        #expect(try gateway("").server.rateLimits.isOff)
        let limits = try gateway("global: {requests_per_minute: 8}, per_client: off").server
            .rateLimits
        #expect(limits == RateLimits(global: RateLimit(requestsPerMinute: 8, burst: 2)))
    }
}
