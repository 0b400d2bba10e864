import Glibc
import Synchronization

/// What the workers share: counters and flags, each one atomic word.
final class SharedState: Sendable {
    let counters: [Counters]
    /// An eventfd for each worker.
    let wakes: [Int32]
    let logSink: LogSink
    let rates: RateGates
    let standings: Standings
    let loads: EndpointLoads
    let startedAtUnixMilliseconds = Clock.unixMilliseconds()

    private let connectionCount = Atomic(0)
    private let stopRequested = Atomic(false)
    private let endedWorkerCount = Atomic(0)
    /// Exchanges that were under way when the drain began, and those that it had to cut.
    let drainedCount = Atomic(0)
    let cutCount = Atomic(0)
    /// What SIGHUP has read anew, and how often it did so in vain.
    let reloadCount = Atomic(0)
    let failedReloadCount = Atomic(0)
    /// Secrets that workers take over when they are woken.
    let secrets = Published<Secrets>()
    /// Workers that have taken over what was published last.
    private let takenCount = Atomic(0)
    /// The models that clients may name, once endpoints are asked for theirs.
    let directory = Published<DiscoveredDirectory>()
    /// For each endpoint whose name fails, the workers that have seen it fail.
    private let failingNames = Mutex<[Int: Int]>([:])

    init(
        workerCount: Int, rates: RateGates, standings: Standings,
        loads: EndpointLoads = EndpointLoads(endpointCount: 0, latencyCount: 0)
    ) throws(Errno) {
        self.rates = rates
        self.standings = standings
        self.loads = loads
        counters = (0..<workerCount).map { _ in Counters() }
        var wakes: [Int32] = []
        for _ in 0..<workerCount { wakes.append(try EventCounter.open(blocks: false)) }
        self.wakes = wakes
        logSink = LogSink(wake: try EventCounter.open(blocks: true))
    }

    var isStopping: Bool { stopRequested.load(ordering: .relaxed) }
    var openConnectionCount: Int { connectionCount.load(ordering: .relaxed) }
    var haveAllEnded: Bool { endedWorkerCount.load(ordering: .acquiring) == counters.count }

    func requestStop() {
        stopRequested.store(true, ordering: .releasing)
        wakeAll()
    }

    /// Has every worker look at what was published.
    func wakeAll() {
        for wake in wakes { EventCounter.add(wake) }
    }

    /// Publishes secrets and waits, a second at most, until no worker writes the old ones any more.
    func replaceSecrets(by secrets: Secrets) {
        takenCount.store(0, ordering: .relaxed)
        self.secrets.publish(secrets)
        wakeAll()
        for _ in 0..<1000 {
            let ended = endedWorkerCount.load(ordering: .relaxed)
            if takenCount.load(ordering: .relaxed) + ended >= counters.count { return }
            usleep(1000)
        }
    }

    func secretsWereTaken() { takenCount.add(1, ordering: .relaxed) }

    func takeWake(_ descriptor: Int32) { EventCounter.wait(descriptor) }

    func workerEnded() { endedWorkerCount.add(1, ordering: .acquiringAndReleasing) }

    /// Counts one more client connection; false: there are as many as there may be.
    func reserveConnection(limit: Int) -> Bool {
        let before = connectionCount.add(1, ordering: .relaxed).oldValue
        if before < limit { return true }
        releaseConnection()
        return false
    }

    /// Counts a worker to those for which an endpoint's name fails; true: it is the first.
    func nameFailed(_ endpoint: Int) -> Bool {
        failingNames.withLock { names in
            names[endpoint, default: 0] += 1
            return names[endpoint] == 1
        }
    }

    /// Takes a worker from those for which an endpoint's name fails; true: it was the last.
    func nameRecovered(_ endpoint: Int) -> Bool {
        failingNames.withLock { names in
            let count = (names[endpoint] ?? 1) - 1
            names[endpoint] = count > 0 ? count : nil
            return count <= 0
        }
    }

    func releaseConnection() { connectionCount.subtract(1, ordering: .relaxed) }
}
