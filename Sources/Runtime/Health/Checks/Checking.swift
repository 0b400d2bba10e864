extension HealthChecks {
    public init() {
        self.init(probe: { worker, event in
            if case .start = event { worker.startChecks() }
            worker.handleProbe(event)
        })
    }
}

/// Asking endpoints whether they work: the first worker asks, for all.
extension Worker {
    /// How far the first checks are spread, so that they do not all leave at once.
    private static var firstSpreadMilliseconds: Int { 1000 }

    /// Plans a probe for each endpoint that is checked; until it fails, the endpoint serves.
    mutating func startChecks() {
        for endpoint in 0..<endpoints.count {
            guard let check = gateway.endpoints[endpoint].healthCheck else { continue }
            let spread = min(check.intervalMilliseconds, Worker.firstSpreadMilliseconds)
            addProbe(
                Probe(
                    purpose: .health, endpoint: endpoint, path: check.path,
                    expected: check.expected.isEmpty
                        ? [200...299] : check.expected.map { $0...$0 },
                    bodyByteLimit: 0, timeoutMilliseconds: check.timeoutMilliseconds,
                    timer: timers.add(),
                    take: { worker, number, outcome in worker.takeHealth(number, outcome) }),
                inMilliseconds: random.next() % UInt64(max(spread, 1)))
        }
    }

    /// Draws the conclusions from a check and says in how many milliseconds the next one is due.
    private mutating func takeHealth(_ number: Int, _ outcome: ProbeOutcome) -> Int {
        let endpoint = probes[number].endpoint
        guard let check = gateway.endpoints[endpoint].healthCheck else { return 60_000 }
        let finding = Finding(outcome, of: check)
        if finding.isAlive {
            probes[number].failureCount = 0
            probes[number].answerCount += 1
            if probes[number].answerCount >= check.healthyAfter { tellHealthy(endpoint) }
        } else {
            probes[number].answerCount = 0
            if probes[number].failureCount >= check.unhealthyAfter {
                tellUnhealthy(endpoint, because: finding.word)
            }
        }
        noteCheck(endpoint, finding)
        // A tenth to either side, so that gateways that were started together drift apart.
        let interval = check.intervalMilliseconds
        return interval - interval / 10 + Int(random.next() % UInt64(max(interval / 5, 1)))
    }

    private func tellHealthy(_ endpoint: Int) {
        guard standings.standing(of: endpoint).contains(.unhealthy),
            standings.clear(.unhealthy, of: endpoint, now: nowMilliseconds)
        else { return }
        EventLog.write(
            "endpoint_healthy", ["endpoint": .text("\(endpoints[endpoint].name)")])
    }

    private func tellUnhealthy(_ endpoint: Int, because word: String) {
        if standings.standing(of: endpoint).contains(.unhealthy) { return }
        if !standings.set(.unhealthy, of: endpoint, because: word) { return }
        EventLog.write(
            "endpoint_unhealthy",
            ["endpoint": .text("\(endpoints[endpoint].name)"), "reason": .text(word)])
    }

    /// Keeps what the last check found for the status, and tells once that the endpoint answers but
    /// does not let the gateway in.
    private func noteCheck(_ endpoint: Int, _ finding: Finding) {
        guard standings.noteCheck(finding.word, of: endpoint), finding.isRefusal else { return }
        EventLog.write(
            "health_check_refused",
            ["endpoint": .text("\(endpoints[endpoint].name)"), "reason": .text(finding.word)])
    }
}

/// What a check has found.
private struct Finding {
    let isAlive: Bool
    /// For logs and the status: `ok`, `status_503`, `connect_failed`.
    let word: String
    /// Whether it lives but refuses what the gateway shows it, or that it is asked so often.
    var isRefusal = false

    init(_ outcome: ProbeOutcome, of check: HealthCheck) {
        switch outcome {
        case .answered:
            (isAlive, word) = (true, "ok")
        case .failed(let failure):
            word = failure.text
            if case .status(let status) = failure, [401, 403, 429].contains(status) {
                isRefusal = true
                isAlive = check.expected.isEmpty
            } else {
                isAlive = false
            }
        }
    }
}
