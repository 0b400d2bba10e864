import Testing

@testable import Generator

/// From `health_check`, `outlier_detection`, `breaker`, `slow_start` and `panic` to the model.
@Suite struct HealthReadingTests {
    private func gateway(_ keys: String, endpoint: String = "", type: String = "openai") throws
        -> Gateway
    {
        let yaml = """
            \(keys)
            endpoints: [{name: a, url: "http://a/base/v1", type: \(type)\(endpoint)}]
            """
        return try #require(Gateway.read(Array(yaml.utf8), file: "gateway.yaml").gateway)
    }

    @Test func `nothing is done about endpoints unless the YAML says so`() throws {
        let gateway = try gateway("")
        #expect(gateway.health == Health() && !gateway.canLoseEndpoints)
        #expect(gateway.unusedFolders.contains("Health/Checks"))
        #expect(gateway.unusedFolders.contains("Health/Judging"))
    }

    @Test(arguments: [
        ("openai", "/v1/models"), ("ollama", "/"), ("vllm", "/health"), ("auto", "/"),
        ("litellm", "/health/liveliness"), ("lemonade", "/v1/health"), ("dmr", "/v1/models"),
    ])
    func `a check asks for what suits the type`(type: String, path: String) throws {
        let gateway = try gateway("health_check: {interval: 1m}", type: type)
        #expect(
            gateway.endpoints[0].healthCheck
                == HealthCheck(
                    path: path, intervalMilliseconds: 60_000, timeoutMilliseconds: 5000,
                    healthyAfter: 2, unhealthyAfter: 3, expected: []))
        let unused = gateway.unusedFolders
        #expect(unused.contains("Health/Judging") && unused.contains("Discovery"))
        #expect(!unused.contains("Health/Checks") && !unused.contains("Upstream/Probing"))
    }

    @Test func `an endpoint's own check holds over that of all, key by key`() throws {
        let all = "health_check: {path: /ok, timeout: 1s, unhealthy_after: 9}"
        let check = try gateway(all, endpoint: ", health_check: {timeout: 2s, expect: [404, 200]}")
            .endpoints[0].healthCheck
        #expect(
            check
                == HealthCheck(
                    path: "/ok", intervalMilliseconds: 10_000, timeoutMilliseconds: 2000,
                    healthyAfter: 2, unhealthyAfter: 9, expected: [200, 404]))
        #expect(try gateway("", endpoint: ", health_check: {}").endpoints[0].healthCheck != nil)
        let off = try gateway(all + "\nbreaker: {}", endpoint: ", health_check: off")
        #expect(off.endpoints[0].healthCheck == nil && off.canLoseEndpoints)
    }

    @Test func `empty sections take the defaults`() throws {
        let keys = "outlier_detection: {max_ejected: 100}\nbreaker: {}\nslow_start: 30s\npanic: any"
        let health = try gateway(keys).health
        #expect(
            health.outlierDetection
                == OutlierDetection(
                    consecutiveFailures: 5, failurePercent: 50, minimumRequests: 20,
                    windowMilliseconds: 30_000, ejectionMilliseconds: 30_000, maximumPercent: 100))
        #expect(
            health.breaker
                == Breaker(
                    failures: 0, failurePercent: 50, minimumRequests: 20,
                    windowMilliseconds: 30_000, openMilliseconds: 30_000, trials: 3))
        #expect(health.slowStartMilliseconds == 30_000 && health.panic == .any)
    }

    @Test func `a breaker that counts failures has no rate unless it is written`() throws {
        let counting = try gateway("breaker: {failures: 4}").health.breaker
        #expect(counting?.failures == 4 && counting?.failurePercent == 0)
        let both = try gateway("breaker: {failures: 4, failure_rate: 10}").health.breaker
        #expect(both?.failures == 4 && both?.failurePercent == 10)
    }
}
