/// Host names of endpoints: asked for when the worker starts and again before their addresses
/// expire while requests come; nobody waits where older addresses are at hand.
extension Worker {
    mutating func resolveNames() {
        for endpoint in 0..<endpoints.count { resolve(endpoint) }
        serveNames()
    }

    /// Asks for the endpoint's addresses; the answer is taken at the end of the round.
    mutating func resolve(_ endpoint: Int) {
        guard let names, let name = endpoints[endpoint].hostName,
            !endpoints[endpoint].resolution.isAsking
        else { return }
        endpoints[endpoint].resolution.begin()
        names.resolve(name, tag: endpoint)
        watchNames()
    }

    /// No address of the endpoint can be connected to: they may be old.
    mutating func doubtAddresses(_ endpoint: Int) {
        if endpoints[endpoint].resolution.mayAskAgain(nowMilliseconds: nowMilliseconds) {
            resolve(endpoint)
        }
    }

    /// Lets a client wait for its endpoint's first addresses; false: there will be none.
    mutating func waitForName(_ index: Int, _ endpoint: Int) -> Bool {
        guard endpoints[endpoint].resolution.isAsking, let client = clients.id(at: index) else {
            clients[index].exchange.lastFailure = .unknownName
            return false
        }
        clients[index].exchange.race.waitingPlace = endpoints[endpoint].waiting.count
        endpoints[endpoint].waiting.append(client)
        let deadline = clients[index].exchange.race.deadline
        if deadline != 0 { namesDueAt = min(namesDueAt, deadline) }
        return true
    }

    /// Takes a client out of those that wait for a name, if it is one of them.
    mutating func stopWaiting(_ index: Int) {
        let place = clients[index].exchange.race.waitingPlace
        if place < 0 { return }
        let endpoint = clients[index].exchange.endpoint
        clients[index].exchange.race.waitingPlace = -1
        guard let last = endpoints[endpoint].waiting.popLast() else { return }
        if place == endpoints[endpoint].waiting.count { return }
        endpoints[endpoint].waiting[place] = last
        clients[Int(last.index)].exchange.race.waitingPlace = place
    }

    /// An event of one of the resolver's sockets.
    mutating func advanceNames(_ event: Event) {
        names?.advance(
            descriptor: event.token.descriptor, readable: event.isReadable,
            writable: event.isWritable)
        watchNames()
    }

    /// Moves the resolver on and takes what it has found; called in each round.
    mutating func serveNames() {
        guard let names else { return }
        if names.isBusy {
            names.advance(descriptor: -1, readable: false, writable: false)
            watchNames()
            for answer in names.takeAnswers() { takeAnswer(answer) }
        }
        if nowMilliseconds >= namesDueAt { serveNameClocks() }
    }

    private mutating func takeAnswer(_ answer: NameAnswer) {
        let endpoint = answer.tag
        if answer.addresses.isEmpty {
            endpoints[endpoint].resolution.failed(
                nowMilliseconds: nowMilliseconds, random: random.next())
            namesDueAt = min(namesDueAt, endpoints[endpoint].resolution.retryAt)
            if endpoints[endpoint].resolution.failureCount == 1 { tellFailure(answer) }
        } else {
            if endpoints[endpoint].resolution.failureCount > 0 { tellRecovery(endpoint) }
            endpoints[endpoint].resolution.succeeded(
                seconds: answer.timeToLiveSeconds, nowMilliseconds: nowMilliseconds,
                random: random.next())
            let isShorter = endpoints[endpoint].addresses.replace(
                with: answer.addresses.map { PeerAddress(high: $0.high, low: $0.low) },
                port: endpoints[endpoint].port, seed: random.next())
            if isShorter { closeUnlisted(endpoint) }
        }
        wake(endpoint)
    }

    /// Lets those who waited for the name go on, with its addresses or to another endpoint.
    private mutating func wake(_ endpoint: Int) {
        while let client = endpoints[endpoint].waiting.popLast() {
            if !clients.holds(client) { continue }
            let index = Int(client.index)
            clients[index].exchange.race.waitingPlace = -1
            if endpoints[endpoint].addresses.isEmpty {
                clients[index].exchange.lastFailure = .unknownName
                retryElsewhere(index)
            } else {
                retryHere(index)
            }
            if clients.holds(client) { resumeClient(index) }
        }
    }

    /// Asks anew for names that failed, and gives up on those that clients waited for too long.
    private mutating func serveNameClocks() {
        namesDueAt = .max
        var next = UInt64.max
        for endpoint in 0..<endpoints.count where endpoints[endpoint].hostName != nil {
            if endpoints[endpoint].resolution.retryAt <= nowMilliseconds { resolve(endpoint) }
            next = min(next, endpoints[endpoint].resolution.retryAt)
            for client in endpoints[endpoint].waiting where clients.holds(client) {
                let index = Int(client.index)
                let deadline = clients[index].exchange.race.deadline
                if deadline == 0 || clients[index].exchange.race.waitingPlace < 0 { continue }
                if deadline > nowMilliseconds {
                    next = min(next, max(deadline, nowMilliseconds + TimerWheel.tickMilliseconds))
                } else {
                    nameTimedOut(index, client)
                }
            }
        }
        namesDueAt = min(namesDueAt, next)
    }

    /// The name's addresses did not come within the time that a connection may take.
    private mutating func nameTimedOut(_ index: Int, _ client: SlabID) {
        stopWaiting(index)
        clients[index].exchange.lastFailure = .unknownName
        retryElsewhere(index)
        if clients.holds(client) { resumeClient(index) }
    }

    /// One line for the process when the name begins to fail, however many workers ask for it.
    private mutating func tellFailure(_ answer: NameAnswer) {
        guard shared.nameFailed(answer.tag) else { return }
        EventLog.write(
            "name_not_found",
            [
                "endpoint": .text("\(endpoints[answer.tag].name)"),
                "reason": .text("\(answer.failure.text)"),
                "addresses_kept": .number(endpoints[answer.tag].addresses.count),
            ])
    }

    /// And one when no worker fails any more.
    private mutating func tellRecovery(_ endpoint: Int) {
        guard shared.nameRecovered(endpoint) else { return }
        EventLog.write("name_found", ["endpoint": .text("\(endpoints[endpoint].name)")])
    }

    /// Watches the sockets that the resolver has now; called after each call that may change them,
    /// so that none is mistaken for another of the same number.
    private mutating func watchNames() {
        guard let names else { return }
        for descriptor in watchedNames { loop.unwatch(descriptor) }
        watchedNames.removeAll(keepingCapacity: true)
        for watch in names.descriptors() {
            let token = EventToken(.resolver, descriptor: watch.descriptor)
            if loop.watchLevel(
                watch.descriptor, reads: watch.reads, writes: watch.writes, as: token) == nil
            {
                watchedNames.append(watch.descriptor)
            }
        }
    }
}
