/// The addresses of one endpoint, and which of them is to be connected to next (RFC 8305).
struct AddressBook {
    private struct Entry {
        let peer: PeerAddress
        let address: SocketAddress
        /// Monotonic milliseconds up to which others go before it.
        var isBehindUntil: UInt64 = 0

        var isSix: Bool { !peer.isIPv4 }
    }

    /// Addresses kept of one name; a bit each in `Race.tried`.
    static var limit: Int { 64 }
    /// How long an address that has failed is put behind the others.
    static var behindMilliseconds: UInt64 { 30_000 }
    /// How long IPv4 goes first where IPv6 was of no use.
    static var sixMemoryMilliseconds: UInt64 { 300_000 }

    private var entries: [Entry] = []
    /// Moves on with every change of the list.
    private(set) var generation: UInt32 = 0
    /// Counts connections, which go round the addresses.
    private var turn = 0
    private var isFourFirstUntil: UInt64 = 0

    init() {}

    /// The one address of an endpoint that has no name.
    init(_ peer: PeerAddress, _ address: SocketAddress) {
        entries = [Entry(peer: peer, address: address)]
    }

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }

    subscript(place: Int) -> (peer: PeerAddress, address: SocketAddress) {
        (entries[place].peer, entries[place].address)
    }

    func lists(_ peer: PeerAddress) -> Bool { entries.contains { $0.peer == peer } }

    /// Takes a name's new addresses, `limit` at most; what is known of those that stay is kept.
    ///
    /// - Parameter seed: where the round begins where there was no address before.
    /// - Returns: whether an address is gone.
    mutating func replace(with peers: [PeerAddress], port: UInt16, seed: UInt64) -> Bool {
        var wanted: [PeerAddress] = []
        for peer in peers where !wanted.contains(peer) && wanted.count < AddressBook.limit {
            wanted.append(peer)
        }
        let added = wanted.filter { !lists($0) }
        let stayingCount = wanted.count - added.count
        let isShorter = stayingCount < entries.count
        if added.isEmpty && !isShorter { return false }
        if entries.isEmpty { turn = Int(truncatingIfNeeded: seed >> 32) }
        entries.removeAll { !wanted.contains($0.peer) }
        entries += added.map { Entry(peer: $0, address: SocketAddress($0, port: port)) }
        generation &+= 1
        return isShorter
    }

    /// The place of the address to try next; nil: all were tried.
    ///
    /// Those that have not failed of late go first, IPv6 and IPv4 by turns and IPv6 at the
    /// beginning; inside a family they go round.
    mutating func next(_ race: inout Race, nowMilliseconds now: UInt64) -> Int? {
        if race.generation != generation { race.restart(generation) }
        if race.tried == 0 { turn += 1 }
        let wantsSix = race.lastWasSix.map { !$0 } ?? (now >= isFourFirstUntil)
        var best: Int?
        var bestRank: (behind: UInt64, isOtherFamily: Int) = (.max, .max)
        for step in entries.indices {
            let place = (turn % entries.count + step) % entries.count
            if race.hasTried(place) { continue }
            let until = entries[place].isBehindUntil
            let rank = (until > now ? until : 0, entries[place].isSix == wantsSix ? 0 : 1)
            if best == nil || rank < bestRank { (best, bestRank) = (place, rank) }
        }
        guard let best else { return nil }
        race.tried |= 1 << UInt64(best)
        race.lastWasSix = entries[best].isSix
        return best
    }

    /// Whether `next` would find one more.
    func hasNext(_ race: Race) -> Bool {
        race.generation != generation || race.triedCount < entries.count
    }

    /// Puts an address behind the others for a while: it has failed, or was overtaken.
    mutating func putBehind(_ peer: PeerAddress, nowMilliseconds now: UInt64) {
        guard entries.count > 1, let place = entries.firstIndex(where: { $0.peer == peer }) else {
            return
        }
        entries[place].isBehindUntil = now + AddressBook.behindMilliseconds
    }

    /// Remembers which address has connected, and whether IPv6 was tried in vain for it.
    mutating func connected(_ peer: PeerAddress, _ race: Race, nowMilliseconds now: UInt64) {
        guard entries.count > 1, let place = entries.firstIndex(where: { $0.peer == peer }) else {
            return
        }
        entries[place].isBehindUntil = 0
        if entries[place].isSix {
            isFourFirstUntil = 0
        } else if race.generation == generation
            && entries.indices.contains(where: { race.hasTried($0) && entries[$0].isSix })
        {
            isFourFirstUntil = now + AddressBook.sixMemoryMilliseconds
        }
    }
}

/// Where an exchange stands with connecting to its endpoint.
struct Race: Equatable {
    /// Monotonic milliseconds by which it has to be connected; 0: not begun, or no limit.
    var deadline: UInt64 = 0
    /// Bit `n` is set where address `n` of the book was tried.
    var tried: UInt64 = 0
    /// The generation of the book that `tried` speaks of.
    var generation: UInt32 = 0
    /// The family of the last one tried; nil: none was.
    var lastWasSix: Bool?
    /// Its place among those that wait for the endpoint's name; -1: it does not wait.
    var waitingPlace = -1

    var triedCount: Int { tried.nonzeroBitCount }

    func hasTried(_ place: Int) -> Bool { tried >> UInt64(place) & 1 == 1 }

    /// Begins again with another list of addresses.
    mutating func restart(_ generation: UInt32) {
        self.generation = generation
        tried = 0
        lastWasSix = nil
    }
}
