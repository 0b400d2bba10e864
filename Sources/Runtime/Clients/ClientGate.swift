/// All that is known about clients, shared by the workers: keys, rights, and how often each calls.
final class ClientGate: Sendable {
    let clients: [Client]
    let keys: KeyTable
    /// Of each client.
    let paces: [RatePace]
    /// The theoretical arrival time of each client's limit.
    private let arrivals: AtomicWords
    /// Requests of each client that were let in.
    private let admitted: AtomicWords
    /// Requests that came without a key of any of them.
    private let strangers = AtomicWords(count: 1, ownLines: true)

    init(_ clients: [Client]) {
        var random = Random()
        self.clients = clients
        let owned = clients.enumerated().flatMap { owner, client in
            client.keys.map { (digest: SIMD4<UInt64>(hexadecimal: $0), owner: owner) }
        }
        keys = KeyTable(owned, seed: random.next())
        paces = clients.map { RatePace($0.rateLimit) }
        arrivals = AtomicWords(count: clients.count, ownLines: true)
        admitted = AtomicWords(count: clients.count, ownLines: true)
    }

    /// Takes a request's room in the client's own limit.
    func take(_ client: Int, now: UInt64) -> RateVerdict {
        paces[client].isLimited ? arrivals.take(client, paces[client], now: now) : .taken
    }

    func countAdmitted(_ client: Int) { admitted.add(1, at: client) }

    func countStranger() { strangers.add(1, at: 0) }

    func admittedCount(of client: Int) -> Int { Int(admitted.load(client)) }

    var strangerCount: Int { Int(strangers.load(0)) }

    /// Whether the client may name a model of this name.
    func allows(_ client: Int, model name: borrowing Span<UInt8>) -> Bool {
        allows(clients[client].models, name)
    }

    /// Whether the client may call this path below a prefix.
    func allows(_ client: Int, route path: borrowing Span<UInt8>) -> Bool {
        allows(clients[client].routes, path)
    }

    private func allows(_ patterns: [StaticString], _ text: borrowing Span<UInt8>) -> Bool {
        if patterns.isEmpty { return true }
        for pattern in patterns where pattern.covers(text) { return true }
        return false
    }
}

extension StaticString {
    /// Whether `text` is this one or, where this one ends in a star, begins with what is before it.
    func covers(_ text: borrowing Span<UInt8>) -> Bool {
        let count = utf8CodeUnitCount
        let start = unsafe utf8Start
        let isPattern = unsafe count > 0 && start[count - 1] == UInt8(ascii: "*")
        let least = isPattern ? count - 1 : count
        guard isPattern ? text.count >= least : text.count == least else { return false }
        for index in 0..<least where unsafe start[index] != text[index] { return false }
        return true
    }
}
