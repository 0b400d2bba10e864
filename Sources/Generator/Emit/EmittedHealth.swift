/// What an endpoint and the gateway are handed about endpoints that fail.
extension EmittedPackage {
    static func healthCheck(_ plan: EndpointPlan) -> Expression? {
        guard let check = plan.endpoint.healthCheck else { return nil }
        let path = plan.endpoint.url.pathPrefix + check.path
        let expected = check.expected.map { Expression.text(String($0)) }
        return .rows(
            "healthCheck: HealthCheck",
            [
                .text("path: \(SwiftText.literal(path))"),
                number("intervalMilliseconds", check.intervalMilliseconds),
                number("timeoutMilliseconds", check.timeoutMilliseconds),
                number("healthyAfter", check.healthyAfter),
                number("unhealthyAfter", check.unhealthyAfter),
                .array(label: "expected: ", expected),
            ])
    }

    /// Nil where nothing takes an endpoint out.
    static func health(_ gateway: Gateway) -> Expression? {
        if !gateway.canLoseEndpoints { return nil }
        let health = gateway.health
        let parts: [Expression?] = [
            gateway.hasHealthChecks ? .text("checks: HealthChecks()") : nil,
            judging(health),
            number("slowStartMilliseconds", health.slowStartMilliseconds),
            .text("panic: .\(health.panic.rawValue)"),
        ]
        return .rows("health: Health", parts.compactMap(\.self))
    }

    private static func judging(_ health: Health) -> Expression? {
        if !health.isJudging { return nil }
        let parts = [
            health.outlierDetection.map { detection in
                Expression.rows(
                    "outlierDetection: OutlierDetection",
                    [
                        number("consecutiveFailures", detection.consecutiveFailures),
                        number("failurePercent", detection.failurePercent),
                        number("minimumRequests", detection.minimumRequests),
                        number("windowMilliseconds", detection.windowMilliseconds),
                        number("ejectionMilliseconds", detection.ejectionMilliseconds),
                        number("maximumPercent", detection.maximumPercent),
                    ])
            },
            health.breaker.map { breaker in
                Expression.rows(
                    "breaker: Breaker",
                    [
                        number("failures", breaker.failures),
                        number("failurePercent", breaker.failurePercent),
                        number("minimumRequests", breaker.minimumRequests),
                        number("windowMilliseconds", breaker.windowMilliseconds),
                        number("openMilliseconds", breaker.openMilliseconds),
                        number("trials", breaker.trials),
                    ])
            },
        ]
        return .rows("judging: Judging", parts.compactMap(\.self))
    }

    private static func number(_ label: String, _ value: Int) -> Expression {
        .text("\(label): \(SwiftText.number(value))")
    }
}
