import Synchronization

/// What keeps an endpoint from its share of the requests, a bit each; none: it serves.
struct Standing: OptionSet, Hashable, Sendable {
    let rawValue: UInt64

    /// Its health checks fail.
    static let unhealthy = Standing(rawValue: 1)
    /// Too many requests to it have failed: it is left alone for a while.
    static let ejected = Standing(rawValue: 2)
    /// Too many have failed: only trials get to it.
    static let breakerOpen = Standing(rawValue: 4)
    /// An operator has taken it out.
    static let disabled = Standing(rawValue: 8)
    /// It has come back and gets a growing share; no reason to pass over it for good.
    static let warming = Standing(rawValue: 16)

    /// Each reason to pass over an endpoint, with its word in `/internal/status`.
    static let reasons: [(reason: Standing, word: StaticString)] = [
        (.unhealthy, "unhealthy"), (.ejected, "ejected"), (.breakerOpen, "breaker_open"),
        (.disabled, "disabled"),
    ]
}

/// How every endpoint stands, one atomic word each, shared by all workers.
///
/// A word is 0 while its endpoint serves, so that a request looks at one word. The low 8 bits are a
/// `Standing`, the others the monotonic milliseconds at which warming began.
final class Standings: Sendable {
    /// Why an endpoint is out, for people.
    struct Note {
        let reason: Standing
        let sinceUnixMilliseconds: UInt64
        /// A word for logs: `status_503`; empty: nothing more is known.
        let detail: String
    }

    private struct Record {
        var notes: [Note] = []
        var changedAtUnixMilliseconds: UInt64 = 0
        /// What the last health check found; empty: there was none.
        var check = ""
    }

    /// Whether anything can take an endpoint out; otherwise nothing may be set.
    let isWatched: Bool
    let slowStartMilliseconds: UInt64
    /// Hears how attempts go; nil: nobody does.
    let judge: (any EndpointJudge)?
    private let words: AtomicWords
    /// Only those that something has changed at; changes are made under this lock, looks are not.
    private let records = Mutex<[Int: Record]>([:])

    init(
        endpointCount: Int, isWatched: Bool, slowStartMilliseconds: Int = 0,
        judge: (any EndpointJudge)? = nil
    ) {
        self.isWatched = isWatched
        self.judge = judge
        self.slowStartMilliseconds = UInt64(slowStartMilliseconds)
        words = AtomicWords(count: isWatched ? endpointCount : 0, ownLines: true)
    }

    convenience init(for gateway: CompiledGateway) {
        self.init(
            endpointCount: gateway.endpoints.count, isWatched: gateway.canLoseEndpoints,
            slowStartMilliseconds: gateway.health?.slowStartMilliseconds ?? 0,
            judge: gateway.health?.judging?.make(gateway.endpoints.map(\.name)))
    }

    func serves(_ endpoint: Int) -> Bool { words.load(endpoint) == 0 }

    func standing(of endpoint: Int) -> Standing {
        isWatched ? Standing(word: words.load(endpoint)) : []
    }

    /// Takes an endpoint out for one more reason; false: it was out for that already.
    @discardableResult
    func set(_ reason: Standing, of endpoint: Int, because detail: String = "") -> Bool {
        change(endpoint) { standing, record in
            if standing.contains(reason) { return nil }
            record.notes.append(
                Note(
                    reason: reason, sinceUnixMilliseconds: record.changedAtUnixMilliseconds,
                    detail: detail))
            return standing.union(reason).subtracting(.warming).rawValue
        }
    }

    /// Takes a reason away; with the last one the endpoint begins to warm up.
    ///
    /// - Parameter now: monotonic milliseconds.
    /// - Returns: false where the endpoint was not out for that reason.
    @discardableResult
    func clear(_ reason: Standing, of endpoint: Int, now: UInt64) -> Bool {
        change(endpoint) { standing, record in
            if !standing.contains(reason) { return nil }
            record.notes.removeAll { $0.reason == reason }
            let rest = standing.subtracting(reason)
            if !rest.isEmpty || slowStartMilliseconds == 0 { return rest.rawValue }
            return now << 8 | Standing.warming.rawValue
        }
    }

    /// How much of its share an endpoint that warms up gets by now: 1…255 of 256; nil: all.
    func warmth(of endpoint: Int, now: UInt64) -> UInt64? {
        let word = words.load(endpoint)
        guard Standing(word: word) == .warming else { return nil }
        let elapsed = now - min(now, word >> 8)
        if elapsed < slowStartMilliseconds {
            return max(elapsed * 256 / slowStartMilliseconds, Standings.leastWarmth)
        }
        _ = words.replace(word, with: 0, at: endpoint)
        return nil
    }

    /// A tenth: what an endpoint gets at once, so that it is asked at all.
    private static var leastWarmth: UInt64 { 26 }

    /// Why an endpoint is out, the oldest reason first, and since when it stands as it does; 0:
    /// since the start.
    func notes(of endpoint: Int) -> (notes: [Note], changedAtUnixMilliseconds: UInt64) {
        records.withLock { records in
            let record = records[endpoint] ?? Record()
            return (record.notes, record.changedAtUnixMilliseconds)
        }
    }

    /// Keeps a word for what a check has found; false: the one before found the same.
    func noteCheck(_ word: String, of endpoint: Int) -> Bool {
        records.withLock { records in
            let before = records[endpoint, default: Record()].check
            records[endpoint, default: Record()].check = word
            return before != word
        }
    }

    /// What the last check of an endpoint has found: `ok`, `status_401`; empty: there was none.
    func check(of endpoint: Int) -> String {
        records.withLock { records in records[endpoint]?.check ?? "" }
    }

    /// Puts the word that `next` makes of an endpoint's standing in its place; nil leaves it.
    private func change(
        _ endpoint: Int, _ next: (Standing, inout Record) -> UInt64?
    ) -> Bool {
        guard isWatched else { return false }
        return records.withLock { records in
            let before = records[endpoint] ?? Record()
            while true {
                let word = words.load(endpoint)
                var record = before
                record.changedAtUnixMilliseconds = Clock.unixMilliseconds()
                guard let new = next(Standing(word: word), &record) else { return false }
                // Only the end of warming comes in between.
                if words.replace(word, with: new, at: endpoint) {
                    records[endpoint] = record
                    return true
                }
            }
        }
    }
}

extension Standing {
    fileprivate init(word: UInt64) { self.init(rawValue: word & 0xff) }
}
