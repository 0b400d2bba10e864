/// How long a stop takes at most, in whole seconds: what runs the gateway has to wait for it.
struct DeploymentClock: Equatable {
    /// Before SIGTERM: while load balancers learn that the pod goes.
    var delaySeconds: Int
    /// `drain.lag`.
    var lagSeconds: Int
    /// `drain.timeout`.
    var timeoutSeconds: Int
    /// For the last lines of the log, and for a busy machine.
    static let slackSeconds = 5

    /// What load balancers of a cluster need to stop choosing a pod.
    private static let noticeSeconds = 5

    /// - Parameter isBehindLoadBalancer: whether somebody has to learn of the stop before new
    ///   connections are refused, for which `drain.lag` may be too short.
    init(_ drain: Drain, isBehindLoadBalancer: Bool) {
        lagSeconds = Self.seconds(drain.lagMilliseconds)
        timeoutSeconds = Self.seconds(drain.timeoutMilliseconds)
        delaySeconds = isBehindLoadBalancer ? max(0, Self.noticeSeconds - lagSeconds) : 0
    }

    var totalSeconds: Int { delaySeconds + lagSeconds + timeoutSeconds + Self.slackSeconds }

    private static func seconds(_ milliseconds: Int) -> Int { (milliseconds + 999) / 1000 }
}
