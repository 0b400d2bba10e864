extension Discovery {
    public init(
        intervalMilliseconds: Int,
        timeoutMilliseconds: Int,
        aliases: [DiscoveredAlias] = []
    ) {
        self.init(
            intervalMilliseconds: intervalMilliseconds, timeoutMilliseconds: timeoutMilliseconds,
            aliases: aliases,
            engine: DiscoveryEngine(
                probe: { worker, event in
                    if case .start = event { worker.startDiscovery() }
                    worker.handleProbe(event)
                },
                adopt: { worker in worker.adoptDirectory() }))
    }
}

/// Asking endpoints for their models: the first worker asks, the keeper reads what they answer.
extension Worker {
    /// Bytes of a model list at most.
    private static var listByteLimit: Int { 4 << 20 }
    /// How soon an endpoint is asked again after its first failure; each further one doubles it.
    private static var firstRetryMilliseconds: Int { 1000 }

    /// Starts the keeper's thread and plans a probe for each endpoint that discovers its models.
    mutating func startDiscovery() {
        guard let discovery = gateway.discovery else { return }
        do throws(Errno) {
            let keeper = try ModelKeeper(gateway, shared)
            if let error = Thread.start({ keeper.run() }) { throw error }
            takeProbed = { endpoint, outcome in keeper.take(outcome, from: endpoint) }
        } catch {
            EventLog.write("discovery_impossible", ["reason": .text(error.text)])
            return
        }
        for endpoint in 0..<endpoints.count {
            guard let path = gateway.endpoints[endpoint].discovery else { continue }
            addProbe(
                Probe(
                    purpose: .models, endpoint: endpoint, path: path, expected: [200...299],
                    bodyByteLimit: Worker.listByteLimit,
                    timeoutMilliseconds: discovery.timeoutMilliseconds, timer: timers.add(),
                    take: { worker, number, outcome in worker.takeModels(number, outcome) }),
                inMilliseconds: 0)
        }
    }

    /// Hands an endpoint's answer over and says in how many milliseconds it is asked again.
    private mutating func takeModels(_ number: Int, _ outcome: ProbeOutcome) -> Int {
        takeProbed?(probes[number].endpoint, outcome)
        let interval = gateway.discovery?.intervalMilliseconds ?? 0
        var delay = interval
        let failureCount = probes[number].failureCount
        if failureCount > 0 {
            let doublings = min(failureCount - 1, 5)
            delay = min(interval, Worker.firstRetryMilliseconds << doublings)
        }
        // A tenth to either side, so that gateways that were started together drift apart.
        let spread = UInt64(max(delay / 5, 1))
        return delay - delay / 10 + Int(random.next() % spread)
    }
}
