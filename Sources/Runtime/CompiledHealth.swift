/// What is done about endpoints that fail.
public struct Health: Sendable {
    /// The code that asks endpoints whether they work; nil where none is asked.
    public let checks: HealthChecks?
    /// What requests that fail lead to; nil: nothing.
    public let judging: Judging?
    /// How long an endpoint that has come back gets less than its share; 0: it has all at once.
    public let slowStartMilliseconds: Int
    /// What becomes of requests when all are out.
    public let panic: Panic

    /// What becomes of a request when all endpoints of its model are out.
    public enum Panic: Sendable {
        /// They are asked all the same, in their order.
        case any
        /// It is answered 503.
        case none
    }

    public init(
        checks: HealthChecks? = nil,
        judging: Judging? = nil,
        slowStartMilliseconds: Int,
        panic: Panic
    ) {
        self.checks = checks
        self.judging = judging
        self.slowStartMilliseconds = slowStartMilliseconds
        self.panic = panic
    }
}

/// How an endpoint is asked whether it works.
public struct HealthCheck: Sendable {
    /// Whole, the endpoint's own prefix included: `/health`.
    public let path: StaticString
    /// From the end of a check to the next one.
    public let intervalMilliseconds: Int
    /// Until the answer's head has come.
    public let timeoutMilliseconds: Int
    /// Good checks in a row until it serves again.
    public let healthyAfter: Int
    /// Failed checks in a row until it is out.
    public let unhealthyAfter: Int
    /// The statuses that are good; empty: 200 to 299, while 401, 403 and 429 do not count against
    /// the endpoint.
    public let expected: [UInt16]

    public init(
        path: StaticString,
        intervalMilliseconds: Int,
        timeoutMilliseconds: Int,
        healthyAfter: Int,
        unhealthyAfter: Int,
        expected: [UInt16]
    ) {
        self.path = path
        self.intervalMilliseconds = intervalMilliseconds
        self.timeoutMilliseconds = timeoutMilliseconds
        self.healthyAfter = healthyAfter
        self.unhealthyAfter = unhealthyAfter
        self.expected = expected
    }
}

/// The way into the code of checks. It is in folders of its own, together with the only way to make
/// one, and packages of gateways that make none are emitted without them.
public struct HealthChecks: Sendable {
    let probe: ProbeHandler
}

/// What requests that fail lead to; its code is left out likewise.
public struct Judging: Sendable {
    /// When an endpoint is left alone; nil: never.
    public let outlierDetection: OutlierDetection?
    /// When an endpoint gets trials only; nil: never.
    public let breaker: Breaker?
    /// Makes the judge of a process, for endpoints of these names.
    let make: @Sendable (_ names: [StaticString]) -> any EndpointJudge
}

/// When an endpoint is left alone for a while; counts and percentages are 0 where they do not
/// count.
public struct OutlierDetection: Sendable {
    /// Failures without a whole answer between them.
    public let consecutiveFailures: Int
    /// Of 100 requests within the window, once it has `minimumRequests`.
    public let failurePercent: Int
    /// With fewer requests within the window there is no rate.
    public let minimumRequests: Int
    /// How long a request counts.
    public let windowMilliseconds: Int
    /// How long the first time; repetitions double it.
    public let ejectionMilliseconds: Int
    /// Of 100 endpoints of a model, how many are passed over for it; 1…100.
    public let maximumPercent: Int

    public init(
        consecutiveFailures: Int,
        failurePercent: Int,
        minimumRequests: Int,
        windowMilliseconds: Int,
        ejectionMilliseconds: Int,
        maximumPercent: Int
    ) {
        self.consecutiveFailures = consecutiveFailures
        self.failurePercent = failurePercent
        self.minimumRequests = minimumRequests
        self.windowMilliseconds = windowMilliseconds
        self.ejectionMilliseconds = ejectionMilliseconds
        self.maximumPercent = maximumPercent
    }
}

/// When an endpoint gets trials only; counts and percentages likewise.
public struct Breaker: Sendable {
    /// Failures within the window.
    public let failures: Int
    /// Of 100 requests within the window, once it has `minimumRequests`.
    public let failurePercent: Int
    /// With fewer requests within the window there is no rate.
    public let minimumRequests: Int
    /// How long a request counts.
    public let windowMilliseconds: Int
    /// How long nothing gets to the endpoint before trials do.
    public let openMilliseconds: Int
    /// Trials at once, and good ones until it is closed again; 1…100.
    public let trials: Int

    public init(
        failures: Int,
        failurePercent: Int,
        minimumRequests: Int,
        windowMilliseconds: Int,
        openMilliseconds: Int,
        trials: Int
    ) {
        self.failures = failures
        self.failurePercent = failurePercent
        self.minimumRequests = minimumRequests
        self.windowMilliseconds = windowMilliseconds
        self.openMilliseconds = openMilliseconds
        self.trials = trials
    }
}

extension CompiledGateway {
    /// Whether anything can take an endpoint out; where nothing can, no request looks for it.
    var canLoseEndpoints: Bool { health != nil }
}
