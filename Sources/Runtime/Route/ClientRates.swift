/// The limits of clients by address, in a table whose size never changes.
///
/// An entry is two words: whose it is, and its theoretical arrival time. An address has its place
/// in one of the sets, which nobody can foresee without the seeds. An entry is given to another
/// address only while it is at rest, when it says no more than an empty one: so nobody gets rid of
/// a limit, his own or another's, by coming from many addresses. Where all of a set are in use,
/// further addresses share one more limit.
final class ClientRates: Sendable {
    let pace: RatePace
    private let seeds: (UInt64, UInt64)
    private let setCount: Int
    private let clients: AtomicWords
    private let arrivals: AtomicWords
    /// For each set, 1 while an entry is given to an address.
    private let claims: AtomicWords
    /// The limit of those who find no entry.
    private let shared = AtomicWords(count: 1, ownLines: true)

    static var setCount: Int { 2048 }
    static var setSize: Int { 8 }
    /// How often a set that is being changed is looked at again.
    private static var lookCount: Int { 64 }
    /// Stands for the arrival time of an entry that is being given away.
    private static var moving: UInt64 { .max }

    /// - Parameter setCount: a power of two.
    init(_ limit: RateLimit, seeds: (UInt64, UInt64), setCount: Int = ClientRates.setCount) {
        pace = RatePace(limit)
        self.seeds = seeds
        self.setCount = setCount
        clients = AtomicWords(count: setCount * ClientRates.setSize, initially: .max)
        arrivals = AtomicWords(count: setCount * ClientRates.setSize)
        claims = AtomicWords(count: setCount)
    }

    /// Takes a request's room in the limit of `client`, which is `PeerAddress.rateKey`.
    func take(_ client: UInt64, now: UInt64) -> RateVerdict {
        let set = set(of: client)
        for _ in 0..<ClientRates.lookCount {
            if let verdict = charge(client, set, now: now) { return verdict }
            if claims.replace(0, with: 1, at: set) {
                let isInserted = insert(client, set, now: now)
                claims.store(0, at: set)
                guard let isInserted else { break }
                if isInserted { return .taken }
            }
        }
        return shared.take(0, pace, now: now)
    }

    private func set(of client: UInt64) -> Int {
        let product = (client ^ seeds.0).multipliedFullWidth(by: seeds.1 | 1)
        return Int(truncatingIfNeeded: (product.high ^ product.low) & UInt64(setCount - 1))
    }

    private func entries(_ set: Int) -> Range<Int> {
        set * ClientRates.setSize..<(set + 1) * ClientRates.setSize
    }

    /// Takes room in the client's own entry; nil: it has none.
    private func charge(_ client: UInt64, _ set: Int, now: UInt64) -> RateVerdict? {
        for entry in entries(set) {
            while true {
                // Arrival times only grow, so that one that has stayed the same says that the entry
                // has stayed the client's.
                let arrival = arrivals.load(entry)
                guard arrival != ClientRates.moving, clients.load(entry) == client else { break }
                let verdict = pace.verdict(at: arrival, now: now)
                if verdict != .taken { return verdict }
                let next = max(arrival, now) + pace.interval
                if arrivals.replace(arrival, with: next, at: entry) { return .taken }
            }
        }
        return nil
    }

    /// Gives the client an entry with its first request in it, while the set is claimed.
    ///
    /// - Returns: false where it has one already; nil where all are in use.
    private func insert(_ client: UInt64, _ set: Int, now: UInt64) -> Bool? {
        if entries(set).contains(where: { clients.load($0) == client }) { return false }
        for entry in entries(set) {
            let arrival = arrivals.load(entry)
            if arrival > now { continue }
            if arrivals.replace(arrival, with: ClientRates.moving, at: entry) {
                clients.store(client, at: entry)
                arrivals.store(now + pace.interval, at: entry)
                return true
            }
        }
        return nil
    }
}

extension PeerAddress {
    /// Who it is to a limit of clients: the address of IPv4, the first 64 bits of IPv6, because
    /// whoever has one address of a network of that size has all of them.
    var rateKey: UInt64 { isIPv4 ? low : high }
}
