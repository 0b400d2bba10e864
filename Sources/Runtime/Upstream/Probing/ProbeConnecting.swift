/// A probe's connection, as requests have theirs: the endpoint's addresses in turn.
extension Worker {
    /// How long an address is tried while there is another; one probe has one connection.
    private static var probeAddressMilliseconds: Int { 1000 }

    /// Opens a connection to the endpoint's next address, or waits until its name has one.
    ///
    /// - Parameter failure: what became of the address before.
    mutating func connectProbe(_ number: Int, after failure: UpstreamFailure = .closedEarly) {
        let endpoint = probes[number].endpoint
        if nowMilliseconds >= probes[number].givenUpAt {
            endProbe(number, .failed(.upstream(.connectTimeout)))
            return
        }
        if endpoints[endpoint].isWide {
            openWideProbe(number)
            return
        }
        if endpoints[endpoint].addresses.isEmpty {
            if endpoints[endpoint].resolution.isAsking {
                lookAgain(number, at: nowMilliseconds + Worker.probePauseMilliseconds)
            } else {
                endProbe(number, .failed(.upstream(.unknownName)))
            }
            return
        }
        var failure = failure
        while let place = endpoints[endpoint].addresses.next(
            &probes[number].race, nowMilliseconds: nowMilliseconds)
        {
            let (peer, address) = endpoints[endpoint].addresses[place]
            switch address.connect() {
            case .failure(let error):
                failure = .connectFailed(error)
                endpoints[endpoint].addresses.putBehind(peer, nowMilliseconds: nowMilliseconds)
            case .success(let (socket, isConnected)):
                openProbe(number, socket, peer, isConnected: isConnected)
                return
            }
        }
        doubtAddresses(endpoint)
        endProbe(number, .failed(.upstream(failure)))
    }

    /// Sends a probe's request into a channel of its own.
    private mutating func openWideProbe(_ number: Int) {
        if probes[number].race.tried != 0 {
            endProbe(number, .failed(.upstream(.connectFailed(.brokenLayer))))
            return
        }
        probes[number].race.tried = 1
        let id = addWide(probes[number].endpoint)
        upstreams[Int(id.index)].probe = Int32(number)
        probes[number].upstream = id
        lookAgain(number, at: probes[number].givenUpAt + 1000)
        withoutClient(Int(id.index), .connected(Int(id.index)))
    }

    private mutating func openProbe(
        _ number: Int, _ socket: Int32, _ peer: PeerAddress, isConnected: Bool
    ) {
        let endpoint = probes[number].endpoint
        let timer = timers.add()
        let id = upstreams.insert(
            UpstreamConnection(
                socket: socket, endpoint: endpoint, timer: timer, peer: peer,
                addressGeneration: endpoints[endpoint].addresses.generation))
        let upstream = Int(id.index)
        let token = EventToken(.upstream, id)
        timers.name(timer, token)
        upstreams[upstream].probe = Int32(number)
        probes[number].upstream = id
        lookAgain(number, at: probes[number].givenUpAt + 1000)
        if let error = loop.watch(socket, as: token) {
            upstreamFailed(upstream, .connectFailed(error))
            return
        }
        var left = probeMillisecondsLeft(number)
        let limit = endpoints[endpoint].timeouts.connectMilliseconds
        if limit != 0 { left = min(limit, left) }
        if endpoints[endpoint].addresses.hasNext(probes[number].race) {
            left = min(left, Worker.probeAddressMilliseconds)
        }
        armUpstream(upstream, milliseconds: left)
        if isConnected { attemptSettled(upstream) }
    }
}
