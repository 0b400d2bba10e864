import Testing

@testable import GatewayRuntime

/// Which origins a policy lets in.
@Suite struct OriginPolicyTests {
    private func policy(_ origins: StaticString...) -> OriginPolicy {
        OriginPolicy(
            origins: origins, methods: ["GET", "POST"], headers: ["Authorization", "X-Team"],
            exposed: ["X-Olla-Model"], sendsCredentials: false, maxAgeSeconds: 300)
    }

    private func allows(_ policy: OriginPolicy, _ origin: String) -> Bool {
        policy.allows(origin: Array(origin.utf8).span)
    }

    @Test func `an origin is compared byte for byte`() {
        let policy = policy("https://app.example.com", "http://localhost:3000")
        #expect(allows(policy, "https://app.example.com"))
        #expect(allows(policy, "http://localhost:3000"))
        for other in [
            "", "null", "*", "http://app.example.com", "https://app.example.com:443",
            "https://App.example.com", "https://app.example.com.evil.test",
            "https://evil.test/https://app.example.com", "https://app.example.com/",
            "http://localhost:30000", "http://localhost:300",
        ] { #expect(!allows(policy, other), "\(other)") }
    }

    @Test func `a star stands for one label or more, and for nothing else`() {
        let policy = policy("https://*.example.com")
        for good in ["https://a.example.com", "https://a-1.b_2.example.com"] {
            #expect(allows(policy, good), "\(good)")
        }
        for other in [
            "https://example.com", "https://.example.com", "https://a..example.com",
            "https://evil.test#.example.com", "https://evil.test/.example.com",
            "https://user@.example.com", "https://evil.test:80.example.com",
            "https://A.example.com", "http://a.example.com", "https://a.example.com:8443",
            "https://aexample.com", "https://a.example.com.", "https://a%2f.example.com",
            "https://" + String(repeating: "a", count: 600) + ".example.com",
        ] { #expect(!allows(policy, other), "\(other)") }
    }

    @Test func `a star alone lets everybody in`() {
        let policy = policy("*")
        #expect(policy.isForAnyone && allows(policy, "https://anything.test"))
    }

    @Test func `methods are compared byte for byte`() {
        let policy = policy("*")
        for (method, isAllowed) in [("GET", true), ("POST", true), ("get", false), ("PUT", false)] {
            let answer = policy.allows(method: Array(method.utf8).span)
            #expect(answer == isAllowed)
        }
    }

    @Test func `the lines that never change are prepared`() {
        let policy = policy("*")
        #expect(
            String(decoding: policy.preflightLines, as: UTF8.self)
                == "Access-Control-Allow-Methods: GET, POST\r\n"
                + "Access-Control-Allow-Headers: Authorization, X-Team\r\n"
                + "Access-Control-Max-Age: 300\r\n")
        #expect(
            String(decoding: policy.answerLines, as: UTF8.self)
                == "Access-Control-Expose-Headers: X-Olla-Model\r\n")
        #expect(!policy.allowsEveryHeader)
    }
}
