/// What a binary does about endpoints that fail.
extension Manifest {
    /// - Parameter prefix: what of the endpoint's url stands before each path.
    static func healthCheck(_ check: HealthCheck, prefix: String) -> JSON {
        var members: [(String, JSON)] = [
            ("path", .string(prefix + check.path)),
            ("interval_ms", .integer(check.intervalMilliseconds)),
            ("timeout_ms", .integer(check.timeoutMilliseconds)),
            ("healthy_after", .integer(check.healthyAfter)),
            ("unhealthy_after", .integer(check.unhealthyAfter)),
        ]
        if !check.expected.isEmpty {
            members.append(("expect", .array(check.expected.map { .integer(Int($0)) })))
        }
        return .object(members)
    }

    /// Nothing where nothing takes an endpoint out.
    static func health(_ gateway: Gateway) -> [(String, JSON)] {
        if !gateway.canLoseEndpoints { return [] }
        let health = gateway.health
        var members: [(String, JSON)] = []
        if let detection = health.outlierDetection {
            members.append(("outlier_detection", json(detection)))
        }
        if let breaker = health.breaker { members.append(("breaker", json(breaker))) }
        return members + [
            ("slow_start_ms", .integer(health.slowStartMilliseconds)),
            ("panic", .string(health.panic.rawValue)),
        ]
    }

    private static func json(_ detection: OutlierDetection) -> JSON {
        .object([
            ("consecutive_failures", .integer(detection.consecutiveFailures)),
            ("failure_rate", .integer(detection.failurePercent)),
            ("min_requests", .integer(detection.minimumRequests)),
            ("window_ms", .integer(detection.windowMilliseconds)),
            ("eject_for_ms", .integer(detection.ejectionMilliseconds)),
            ("max_ejected", .integer(detection.maximumPercent)),
        ])
    }

    private static func json(_ breaker: Breaker) -> JSON {
        .object([
            ("failures", .integer(breaker.failures)),
            ("failure_rate", .integer(breaker.failurePercent)),
            ("min_requests", .integer(breaker.minimumRequests)),
            ("window_ms", .integer(breaker.windowMilliseconds)),
            ("open_for_ms", .integer(breaker.openMilliseconds)),
            ("probes", .integer(breaker.trials)),
        ])
    }
}
