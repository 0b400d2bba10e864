import Synchronization

/// Where probes hand over what endpoints have answered, and a thread of its own puts it together.
///
/// A list may have 4 MiB, and a directory all lists: no worker's clients wait for that.
final class ModelKeeper: Sendable {
    private let gateway: CompiledGateway
    private let shared: SharedState
    /// The newest answer of each endpoint that was not dealt with yet.
    private let waiting = Mutex<[Int: ProbeOutcome]>([:])
    /// An eventfd that tells the thread that there is something.
    private let wake: Int32

    init(_ gateway: CompiledGateway, _ shared: SharedState) throws(Errno) {
        self.gateway = gateway
        self.shared = shared
        wake = try EventCounter.open(blocks: true)
    }

    func take(_ outcome: ProbeOutcome, from endpoint: Int) {
        waiting.withLock { $0[endpoint] = outcome }
        EventCounter.add(wake)
    }

    /// Publishes a directory now and whenever lists have changed, for as long as the process lives.
    func run() {
        var lists = DiscoveredLists(gateway)
        publish(lists)
        while true {
            EventCounter.wait(wake)
            let outcomes = waiting.withLock { waiting in
                let outcomes = waiting
                waiting = [:]
                return outcomes
            }
            var isChanged = false
            for (endpoint, outcome) in outcomes.sorted(by: { $0.key < $1.key }) {
                if lists.take(outcome, from: endpoint) { isChanged = true }
            }
            if isChanged { publish(lists) }
        }
    }

    private func publish(_ lists: DiscoveredLists) {
        shared.directory.publish(DiscoveredDirectory(lists))
        shared.wakeAll()
    }
}
