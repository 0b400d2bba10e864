/// New connections: several attempts may be under way for one exchange, each to another address;
/// the first that connects gets the request (RFC 8305, Happy Eyeballs).
///
/// `Exchange.upstream` is the newest attempt, and `older` leads from each to the one before it.
extension Worker {
    /// How long an attempt is alone before the next one is begun.
    private static var attemptDelayMilliseconds: UInt64 { 250 }
    /// Attempts under way for one exchange.
    private static var attemptLimit: Int { 4 }

    /// Begins to connect to `endpoint`; false: it has no address that is left to try.
    mutating func connect(_ index: Int, _ endpoint: Int) -> Bool {
        if endpoints[endpoint].isWide { return connectWide(index, endpoint) }
        if clients[index].exchange.race.deadline == 0 {
            let limit = endpoints[endpoint].timeouts.connectMilliseconds
            let deadline = limit == 0 ? 0 : nowMilliseconds + UInt64(limit)
            clients[index].exchange.race.deadline = deadline
        }
        if endpoints[endpoint].addresses.isEmpty { return waitForName(index, endpoint) }
        return beginAttempt(index, endpoint)
    }

    /// Begins to connect to the next address; false: there is none left, or each failed at once.
    private mutating func beginAttempt(_ index: Int, _ endpoint: Int) -> Bool {
        var race = clients[index].exchange.race
        while let place = endpoints[endpoint].addresses.next(
            &race, nowMilliseconds: nowMilliseconds)
        {
            clients[index].exchange.race = race
            let (peer, address) = endpoints[endpoint].addresses[place]
            switch address.connect() {
            case .failure(let error):
                clients[index].exchange.lastFailure = .connectFailed(error)
            case .success(let (socket, isConnected)):
                if open(index, endpoint, socket, peer, isConnected: isConnected) { return true }
            }
            endpoints[endpoint].addresses.putBehind(peer, nowMilliseconds: nowMilliseconds)
        }
        doubtAddresses(endpoint)
        return false
    }

    /// Gives a new socket its place; false: it failed at once.
    private mutating func open(
        _ index: Int, _ endpoint: Int, _ socket: Int32, _ peer: PeerAddress, isConnected: Bool
    ) -> Bool {
        let timer = timers.add()
        let id = upstreams.insert(
            UpstreamConnection(
                socket: socket, endpoint: endpoint, timer: timer, peer: peer,
                addressGeneration: endpoints[endpoint].addresses.generation))
        let upstream = Int(id.index)
        let token = EventToken(.upstream, id)
        timers.name(timer, token)
        joinRace(index, upstream)
        if let error = loop.watch(socket, as: token) {
            clients[index].exchange.lastFailure = .connectFailed(error)
            closeUpstream(upstream)
            return false
        }
        if isConnected {
            guard let failure = winRace(index, upstream) else { return true }
            clients[index].exchange.lastFailure = failure
            closeUpstream(upstream)
            return false
        }
        armAttempt(index, upstream)
        return true
    }

    /// Starts the clock of the newest attempt: to the next one where there is an address for it,
    /// else to the end of the time for all.
    private mutating func armAttempt(_ index: Int, _ upstream: Int) {
        let race = clients[index].exchange.race
        var due = race.deadline
        if endpoints[upstreams[upstream].endpoint].addresses.hasNext(race)
            && attemptCount(index) < Worker.attemptLimit
        {
            let next = nowMilliseconds + Worker.attemptDelayMilliseconds
            due = due == 0 ? next : min(due, next)
        }
        let left = due == 0 ? 0 : max(due, nowMilliseconds + 1) - nowMilliseconds
        armUpstream(upstream, milliseconds: Int(left))
    }

    private func attemptCount(_ index: Int) -> Int {
        let newest = clients[index].exchange.upstream
        var upstream = upstreams.holds(newest) ? Int32(newest.index) : -1
        var count = 0
        while upstream >= 0 {
            count += 1
            upstream = upstreams[Int(upstream)].older
        }
        return count
    }

    private mutating func joinRace(_ index: Int, _ upstream: Int) {
        guard let client = clients.id(at: index), let id = upstreams.id(at: upstream) else {
            return
        }
        let before = clients[index].exchange.upstream
        if upstreams.holds(before) {
            upstreams[upstream].older = Int32(before.index)
            upstreams[Int(before.index)].newer = Int32(upstream)
        }
        upstreams[upstream].client = client
        clients[index].exchange.upstream = id
    }

    /// Takes an attempt out of its exchange's.
    mutating func leaveRace(_ upstream: Int) {
        let (newer, older) = (upstreams[upstream].newer, upstreams[upstream].older)
        upstreams[upstream].newer = -1
        upstreams[upstream].older = -1
        if older >= 0 { upstreams[Int(older)].newer = newer }
        if newer >= 0 {
            upstreams[Int(newer)].older = older
            return
        }
        let client = upstreams[upstream].client
        guard clients.holds(client) else { return }
        let next = older < 0 ? nil : upstreams.id(at: Int(older))
        clients[Int(client.index)].exchange.upstream = next ?? .none
    }

    /// The socket of an attempt has changed: it is connected, or has failed.
    mutating func attemptSettled(_ upstream: Int) {
        let error = Socket.connectError(upstreams[upstream].socket)
        if error != nil { putBehind(upstream) }
        let client = upstreams[upstream].client
        guard clients.holds(client) else {
            if let failure = error.map({ .connectFailed($0) }) ?? start(upstream) {
                upstreamFailed(upstream, failure)
            }
            return
        }
        if let error {
            attemptFailed(upstream, Int(client.index), error)
        } else if let failure = winRace(Int(client.index), upstream) {
            upstreamFailed(upstream, failure)
        }
    }

    /// Puts the address of an attempt behind the others for a while.
    mutating func putBehind(_ upstream: Int) {
        endpoints[upstreams[upstream].endpoint].addresses.putBehind(
            upstreams[upstream].peer, nowMilliseconds: nowMilliseconds)
    }

    /// An attempt is connected: ends the others and takes it into use.
    ///
    /// - Returns: why nothing came of it; nil: it is under way.
    private mutating func winRace(_ index: Int, _ upstream: Int) -> UpstreamFailure? {
        let endpoint = upstreams[upstream].endpoint
        endpoints[endpoint].addresses.connected(
            upstreams[upstream].peer, clients[index].exchange.race,
            nowMilliseconds: nowMilliseconds)
        while upstreams[upstream].newer >= 0 { closeUpstream(Int(upstreams[upstream].newer)) }
        while upstreams[upstream].older >= 0 { endSlowAttempt(Int(upstreams[upstream].older)) }
        clients[index].exchange.race.deadline = 0
        return start(upstream)
    }

    /// Ends an attempt that has had more time than another needed, or all that there was.
    private mutating func endSlowAttempt(_ upstream: Int) {
        putBehind(upstream)
        closeUpstream(upstream, aborting: true)
    }

    /// An attempt has failed: the next one is begun at once, or the others are waited for.
    private mutating func attemptFailed(_ upstream: Int, _ index: Int, _ error: Errno) {
        let client = upstreams[upstream].client
        let endpoint = upstreams[upstream].endpoint
        closeUpstream(upstream)
        clients[index].exchange.lastFailure = .connectFailed(error)
        if beginAttempt(index, endpoint) { return }
        if upstreams.holds(clients[index].exchange.upstream) { return }
        retryElsewhere(index)
        if clients.holds(client) { resumeClient(index) }
    }

    /// An attempt's clock has run out: the next one is begun, or the time for all is over.
    mutating func attemptExpired(_ upstream: Int) {
        let client = upstreams[upstream].client
        guard clients.holds(client) else {
            putBehind(upstream)
            upstreamFailed(upstream, .connectTimeout)
            return
        }
        let index = Int(client.index)
        let deadline = clients[index].exchange.race.deadline
        if deadline != 0 && nowMilliseconds >= deadline {
            connectTimedOut(index)
            return
        }
        let left = deadline == 0 ? 0 : deadline - nowMilliseconds
        armUpstream(upstream, milliseconds: Int(left))
        if attemptCount(index) < Worker.attemptLimit {
            _ = beginAttempt(index, upstreams[upstream].endpoint)
        }
    }

    /// No address was connected in time.
    private mutating func connectTimedOut(_ index: Int) {
        guard let client = clients.id(at: index) else { return }
        while upstreams.holds(clients[index].exchange.upstream) {
            endSlowAttempt(Int(clients[index].exchange.upstream.index))
        }
        clients[index].exchange.lastFailure = .connectTimeout
        doubtAddresses(clients[index].exchange.endpoint)
        retryElsewhere(index)
        if clients.holds(client) { resumeClient(index) }
    }
}
