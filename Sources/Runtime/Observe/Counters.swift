import Synchronization

/// A number that one thread counts and others read.
struct Counter: ~Copyable {
    private let value = Atomic(0)

    /// Called by the owning thread alone, so it needs no locked instruction.
    func add(_ count: Int) {
        value.store(value.load(ordering: .relaxed) &+ count, ordering: .relaxed)
    }

    var count: Int { value.load(ordering: .relaxed) }
}

/// What one worker counts; read by whoever is asked for metrics.
final class Counters: Sendable {
    let connections = Counter()
    let requests = Counter()
    /// Requests that were sent once more, and those that the budget did not let be.
    let retries = Counter()
    let retriesOverBudget = Counter()
    /// Exchanges by how they ended, in the order of `Exchange.Outcome`.
    private let outcomes = CounterRow(count: Exchange.Outcome.allCases.count)
    /// Exchanges by the first digit of their status; 0: none was sent.
    private let statusClasses = CounterRow(count: 6)

    func count(_ outcome: Exchange.Outcome, status: UInt16) {
        outcomes.add(at: outcome.rawValue)
        statusClasses.add(at: min(Int(status) / 100, 5))
    }

    func count(of outcome: Exchange.Outcome) -> Int { outcomes.count(at: outcome.rawValue) }
    func count(ofStatusClass statusClass: Int) -> Int { statusClasses.count(at: statusClass) }
}

/// A fixed number of counters.
@safe
struct CounterRow: ~Copyable, @unchecked Sendable {
    private let counters: UnsafeMutablePointer<Counter>
    private let rowCount: Int

    init(count: Int) {
        unsafe counters = .allocate(capacity: count)
        rowCount = count
        for index in 0..<count { unsafe (counters + index).initialize(to: Counter()) }
    }

    deinit {
        unsafe counters.deinitialize(count: rowCount)
        unsafe counters.deallocate()
    }

    func add(at index: Int) {
        precondition(index >= 0 && index < rowCount)
        unsafe counters[index].add(1)
    }

    func count(at index: Int) -> Int {
        precondition(index >= 0 && index < rowCount)
        return unsafe counters[index].count
    }
}
