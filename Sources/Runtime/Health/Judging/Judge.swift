import Synchronization

extension Judging {
    public init(outlierDetection: OutlierDetection? = nil, breaker: Breaker? = nil) {
        self.init(
            outlierDetection: outlierDetection, breaker: breaker,
            make: { names in
                Judge(outlierDetection: outlierDetection, breaker: breaker, names: names)
            })
    }
}

/// Ejects endpoints whose requests fail, and opens their breakers; all workers share one.
final class Judge: EndpointJudge {
    private let names: [StaticString]
    private let ejectionGauge: FailureGauge?
    private let ejections: Ejections
    private let breakerGauge: FailureGauge?
    private let breakers: BreakerStates
    /// Held where an endpoint's word here and its standing have to change together.
    private let changes = Mutex(())

    init(outlierDetection: OutlierDetection?, breaker: Breaker?, names: [StaticString]) {
        self.names = names
        let count = names.count
        ejectionGauge = outlierDetection.map {
            FailureGauge(FailureGauge.Bounds($0), endpointCount: count)
        }
        ejections = Ejections(
            milliseconds: outlierDetection?.ejectionMilliseconds ?? 1,
            endpointCount: outlierDetection == nil ? 0 : count)
        breakerGauge = breaker.map { FailureGauge(FailureGauge.Bounds($0), endpointCount: count) }
        breakers = BreakerStates(
            openMilliseconds: breaker?.openMilliseconds ?? 1, trials: breaker?.trials ?? 1,
            endpointCount: breaker == nil ? 0 : count)
    }

    func heard(_ result: AttemptResult, of trial: Trial, _ standings: Standings, now: UInt64) {
        let endpoint = Int(trial.endpoint)
        switch result {
        case .began:
            ejectionGauge?.began(endpoint, now: now)
            breakerGauge?.began(endpoint, now: now)
        case .ended:
            ejectionGauge?.ended(endpoint)
            breakerGauge?.ended(endpoint)
        case .failed, .brokeOff:
            let isCounted = result == .brokeOff
            let ejecting = ejectionGauge?.failed(endpoint, isCounted: isCounted, now: now)
            let opening = breakerGauge?.failed(endpoint, isCounted: isCounted, now: now)
            let standing = standings.standing(of: endpoint)
            if let ejecting, !standing.contains(.ejected) {
                eject(endpoint, standings, because: ejecting, now: now)
            }
            if let opening, !standing.contains(.breakerOpen) {
                open(endpoint, standings, because: opening, now: now)
            }
        case .nothing:
            break
        }
        if let term = trial.term {
            endTrial(endpoint, term, isGood: result.isGood, standings, now: now)
        }
    }

    func takeTrial(_ endpoint: Int, _ standings: Standings, now: UInt64) -> Trial? {
        guard let (term, change) = breakers.takeTrial(endpoint, now: now) else { return nil }
        if case .halfOpened = change { tell("breaker_half_open", endpoint) }
        return Trial(endpoint: Int32(endpoint), term: term)
    }

    func returnWhoseTimeIsOver(_ endpoint: Int, _ standings: Standings, now: UInt64) {
        if !standings.standing(of: endpoint).contains(.ejected) { return }
        let isOver = changes.withLock { _ in
            ejections.isOver(endpoint, now: now)
                && standings.clear(.ejected, of: endpoint, now: now)
        }
        if isOver { tell("endpoint_returned", endpoint) }
    }

    private func eject(
        _ endpoint: Int, _ standings: Standings, because reason: String, now: UInt64
    ) {
        let duration = changes.withLock { _ -> UInt64? in
            if !standings.set(.ejected, of: endpoint, because: reason) { return nil }
            ejectionGauge?.clear(endpoint)
            return ejections.begin(endpoint, now: now)
        }
        guard let duration else { return }
        tell(
            "endpoint_ejected", endpoint,
            ["reason": .text(reason), "for_ms": .number(Int(duration))])
    }

    private func open(
        _ endpoint: Int, _ standings: Standings, because reason: String, now: UInt64
    ) {
        let isNew = changes.withLock { _ in
            if !standings.set(.breakerOpen, of: endpoint, because: reason) { return false }
            breakerGauge?.clear(endpoint)
            breakers.open(endpoint, now: now)
            return true
        }
        if isNew { tell("breaker_open", endpoint, ["reason": .text(reason)]) }
    }

    private func endTrial(
        _ endpoint: Int, _ term: UInt8, isGood: Bool?, _ standings: Standings, now: UInt64
    ) {
        let change = changes.withLock { _ in
            let change = breakers.endTrial(endpoint, term: term, isGood: isGood, now: now)
            if case .closed = change {
                breakerGauge?.clear(endpoint)
                standings.clear(.breakerOpen, of: endpoint, now: now)
            }
            return change
        }
        switch change {
        case .opened: tell("breaker_open", endpoint, ["reason": .text("trial_failed")])
        case .closed: tell("breaker_closed", endpoint)
        case .halfOpened, .nothing: break
        }
    }

    private func tell(
        _ event: StaticString, _ endpoint: Int, _ fields: [String: EventLog.Value] = [:]
    ) {
        let name = ["endpoint": EventLog.Value.text("\(names[endpoint])")]
        EventLog.write(event, fields.merging(name) { first, _ in first })
    }
}

extension FailureGauge.Bounds {
    init(_ detection: OutlierDetection) {
        self.init(
            consecutive: detection.consecutiveFailures, percent: detection.failurePercent,
            minimumRequests: detection.minimumRequests,
            windowMilliseconds: detection.windowMilliseconds)
    }

    init(_ breaker: Breaker) {
        self.init(
            count: breaker.failures, percent: breaker.failurePercent,
            minimumRequests: breaker.minimumRequests,
            windowMilliseconds: breaker.windowMilliseconds)
    }
}
