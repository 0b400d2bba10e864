/// Host names of endpoints: asked for when the worker starts, again when they expire, and never
/// waited for where an older address is at hand.
extension Worker {
    /// How soon a name that could not be resolved is asked for again.
    private static var retryMilliseconds: UInt64 { 1000 }

    mutating func resolveNames() {
        for endpoint in 0..<endpoints.count { resolve(endpoint) }
        serveNames()
    }

    private mutating func resolve(_ endpoint: Int) {
        guard let name = endpoints[endpoint].hostName, !endpoints[endpoint].isResolving else {
            return
        }
        endpoints[endpoint].isResolving = true
        names?.resolve(name, tag: endpoint)
    }

    /// Whether `endpoint` has addresses to connect to; asks for new ones where they are old.
    mutating func hasAddresses(_ endpoint: Int) -> Bool {
        if nowMilliseconds >= endpoints[endpoint].addressesExpireAt {
            resolve(endpoint)
            serveNames()
        }
        return !endpoints[endpoint].addresses.isEmpty
    }

    /// Lets a client wait for its endpoint's first addresses; false: there will be none.
    mutating func waitForName(_ index: Int, _ endpoint: Int) -> Bool {
        guard endpoints[endpoint].isResolving, let client = clients.id(at: index) else {
            clients[index].exchange.lastFailure = .unknownName
            return false
        }
        endpoints[endpoint].waiting.append(client)
        armClient(index, milliseconds: endpoints[endpoint].timeouts.connectMilliseconds)
        return true
    }

    /// The name's addresses did not come within the time that a connection may take.
    mutating func nameTimedOut(_ index: Int) {
        guard let client = clients.id(at: index) else { return }
        let endpoint = clients[index].exchange.endpoint
        endpoints[endpoint].waiting.removeAll { $0 == client }
        clients[index].exchange.lastFailure = .unknownName
        clients[index].exchange.addressesTried = 0
        armClient(index, milliseconds: 0)
        retryElsewhere(index)
        if clients.holds(client) { resumeClient(index) }
    }

    /// Moves the resolver on and takes what it has found.
    mutating func serveNames() {
        guard let names, names.isBusy || !watchedNames.isEmpty else { return }
        names.advance(descriptor: -1, readable: false, writable: false)
        for answer in names.takeAnswers() { takeAnswer(answer) }
        watchNames()
    }

    private mutating func takeAnswer(_ answer: NameAnswer) {
        let endpoint = answer.tag
        endpoints[endpoint].isResolving = false
        if answer.addresses.isEmpty {
            endpoints[endpoint].addressesExpireAt = nowMilliseconds + Worker.retryMilliseconds
            log.event("name_not_found", endpoint: endpoints[endpoint].name)
        } else {
            let port = endpoints[endpoint].port
            endpoints[endpoint].addresses = answer.addresses.map {
                SocketAddress(PeerAddress(high: $0.high, low: $0.low), port: port)
            }
            endpoints[endpoint].addressIndex = 0
            endpoints[endpoint].addressesExpireAt =
                nowMilliseconds + UInt64(answer.timeToLiveSeconds) * 1000
        }
        let waiting = endpoints[endpoint].waiting
        endpoints[endpoint].waiting = []
        for client in waiting where clients.holds(client) {
            let index = Int(client.index)
            armClient(index, milliseconds: 0)
            if answer.addresses.isEmpty {
                clients[index].exchange.lastFailure = .unknownName
                retryElsewhere(index)
            } else {
                retryHere(index)
            }
            if clients.holds(client) { resumeClient(index) }
        }
    }

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
