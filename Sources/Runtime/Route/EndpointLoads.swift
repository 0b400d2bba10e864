/// What all workers know together of how busy and how quick each endpoint is: atomic words alone.
final class EndpointLoads: Sendable {
    /// Requests under way.
    private let counts: AtomicWords
    /// How soon it begins to answer, as `PeakLatency` has it.
    let latencies: AtomicWords

    /// - Parameters:
    ///   - endpointCount: 0 where nothing is counted.
    ///   - latencyCount: the same, or 0 where nothing is measured.
    init(endpointCount: Int, latencyCount: Int) {
        counts = AtomicWords(count: endpointCount, ownLines: true)
        latencies = AtomicWords(count: latencyCount, ownLines: true)
    }

    convenience init(for gateway: CompiledGateway) {
        let count = gateway.endpoints.count
        let rule = gateway.balance?.rule
        self.init(
            endpointCount: rule?.countsRequests ?? false ? count : 0,
            latencyCount: rule?.measuresLatency ?? false ? count : 0)
    }

    var countsRequests: Bool { counts.count > 0 }
    var measuresLatency: Bool { latencies.count > 0 }

    /// Requests under way at the endpoint, of every worker.
    func inFlight(_ endpoint: Int) -> Int {
        Int(counts.load(endpoint))
    }

    func enter(_ endpoint: Int) { counts.add(1, at: endpoint) }

    func leave(_ endpoint: Int) { counts.subtract(1, at: endpoint) }
}
