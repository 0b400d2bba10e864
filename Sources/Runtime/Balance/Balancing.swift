/// One choice among equals: the part of a group that is looked at, and what of it is left to try.
///
/// A group of more than 64 is looked at in windows of 64, one after the other, so that a word
/// holds what an exchange has tried.
struct Window {
    let groupStart: Int
    let groupCount: Int
    /// Where in the group it begins; it goes on at the group's beginning.
    let offset: Int
    /// A bit for each place from `offset` on that was not tried; one at least is set.
    let open: UInt64
    /// Whether nothing of the group was tried yet.
    let isFirst: Bool
    /// What a sticky request is recognised by; 0: nothing.
    let key: UInt64
    let now: UInt64

    static var limit: Int { 64 }

    /// How many places it has.
    var count: Int { min(groupCount, Window.limit) }

    /// The index in the table of the candidate at `place`.
    func candidate(_ place: Int) -> Int {
        let index = offset + place
        return groupStart + (index < groupCount ? index : index - groupCount)
    }
}

/// A way to choose: the place of an open candidate in the window.
typealias Picking = @Sendable (inout Balancer, Window, borrowing ModelTable) -> Int
/// Where in a group of more than 64 the first window begins.
typealias Opening = @Sendable (inout Balancer, Choice, borrowing ModelTable) -> Int

extension Balance {
    init(
        countsRequests: Bool, measuresLatency: Bool = false,
        key: (@Sendable (inout Worker, _ client: Int) -> UInt64)? = nil,
        opening: @escaping Opening = { balancer, choice, _ in
            balancer.random.next(below: choice.groupCount)
        },
        picking: @escaping Picking
    ) {
        rule = BalanceRule(
            countsRequests: countsRequests, measuresLatency: measuresLatency, key: key,
            choose: { balancer, choice, models, version, now in
                balancer.choose(&choice, models, version: version, now: now, opening, picking)
            })
    }
}

extension Balancer {
    fileprivate mutating func choose(
        _ choice: inout Choice, _ models: borrowing ModelTable, version: Int, now: UInt64,
        _ opening: Opening, _ picking: Picking
    ) {
        if turns.version != version { restart(models, version: version) }
        let tried = choice.triedInGroup
        if tried == 0 {
            let isWhole = choice.groupCount <= Window.limit
            choice.offset = isWhole ? 0 : opening(&self, choice, models)
            choice.tried = 0
        } else if tried % Window.limit == 0 {
            choice.offset = (choice.offset + Window.limit) % choice.groupCount
            choice.tried = 0
        }
        let size = min(choice.groupCount - tried / Window.limit * Window.limit, Window.limit)
        let all = size == 64 ? UInt64.max : 1 << UInt64(size) - 1
        let window = Window(
            groupStart: choice.groupStart, groupCount: choice.groupCount, offset: choice.offset,
            open: all & ~choice.tried, isFirst: tried == 0, key: choice.foundKey, now: now)
        let place = picking(&self, window, models)
        choice.tried |= 1 << UInt64(place)
        choice.candidate = window.candidate(place)
    }

    /// Begins anew with other groups, each where chance will have it, so that workers do not begin
    /// at the same endpoint.
    private mutating func restart(_ models: borrowing ModelTable, version: Int) {
        var random = random
        turns = GroupTurns(models, version: version) { count in random.next(below: count) }
        self.random = random
    }
}
