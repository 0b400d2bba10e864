/// What a worker keeps to choose among endpoints of equal priority; the ways to do so are in
/// `Balance/`.
struct Balancer: ~Copyable {
    let loads: EndpointLoads
    /// By endpoint: 1…1000, what it gets in relation to others.
    let weights: Table<Int>
    /// By endpoint: a hash of its name, the same in every gateway.
    let nameHashes: Table<UInt64>
    var random = Random()
    var turns = GroupTurns()

    init(_ endpoints: [Endpoint], loads: EndpointLoads, random: Random = Random()) {
        self.loads = loads
        self.random = random
        weights = Table(count: endpoints.count) { index in endpoints[index].weight }
        nameHashes = Table(count: endpoints.count) { index in
            NameHash(Array("\(endpoints[index].name)".utf8).span, seed: 0).value
        }
    }
}

/// Whose turn it is in each group of equals: words of this worker's own.
///
/// Groups with the same endpoints have the same words, whichever models they are for.
struct GroupTurns: ~Copyable {
    /// For each candidate that begins a group of several, where the group's words begin.
    let starts: Table<Int32>
    var words: Table<Int>
    /// Which of the directories they are for; -1: none yet.
    let version: Int

    init() {
        starts = Table(count: 0) { _ in 0 }
        words = Table(count: 0) { _ in 0 }
        version = -1
    }

    /// - Parameter first: makes the first word of each group.
    init(_ models: borrowing ModelTable, version: Int, first: (_ groupCount: Int) -> Int) {
        var places = [Int32](repeating: -1, count: models.count)
        var known: [[Int]: Int32] = [:]
        var initial: [Int] = []
        var start = 0
        while start < models.count {
            let count = models[start].groupCount
            if count > 1 {
                let members = (start..<start + count).map { models[$0].endpoint }
                let place = known[members] ?? Int32(initial.count)
                if known.updateValue(place, forKey: members) == nil {
                    initial.append(first(count))
                    initial += [Int](repeating: 0, count: count - 1)
                }
                places[start] = place
            }
            start += count
        }
        starts = Table(count: places.count) { index in places[index] }
        words = Table(count: initial.count) { index in initial[index] }
        self.version = version
    }
}

extension Worker {
    /// Chooses one of the walk's present group that it has not come to yet.
    mutating func balance(_ choice: inout Choice, _ index: Int, by rule: BalanceRule) {
        if choice.key == 0, let key = rule.key { choice.setKey(key(&self, index)) }
        balancer?.take(&choice, models, version: directoryVersion, now: now, by: rule)
    }
}

extension Balancer {
    fileprivate mutating func take(
        _ choice: inout Choice, _ models: borrowing ModelTable, version: Int, now: UInt64,
        by rule: BalanceRule
    ) {
        rule.choose(&self, &choice, models, version, now)
    }
}

extension Choice {
    /// Notes what the request is recognised by; it is looked for once.
    fileprivate mutating func setKey(_ key: UInt64) { self.key = key == 0 ? 1 : key | 2 }

    /// 0: nothing.
    var foundKey: UInt64 { key > 1 ? key : 0 }
}
