/// A probe's connection, as requests have theirs: the endpoint's addresses in turn.
extension Worker {
    /// Opens a connection to the endpoint's next address, or waits until its name has one.
    mutating func connectProbe(_ number: Int) {
        let endpoint = probes[number].endpoint
        if nowMilliseconds >= probes[number].givenUpAt {
            endProbe(number, .failed(.upstream(.connectTimeout)))
            return
        }
        if endpoints[endpoint].hostName != nil && !hasAddresses(endpoint) {
            if endpoints[endpoint].isResolving {
                lookAgain(number, at: nowMilliseconds + Worker.probePauseMilliseconds)
            } else {
                endProbe(number, .failed(.upstream(.unknownName)))
            }
            return
        }
        let count = endpoints[endpoint].addresses.count
        while probes[number].addressesTried < count {
            let tried = probes[number].addressesTried
            probes[number].addressesTried = tried + 1
            let place = (endpoints[endpoint].addressIndex + tried) % count
            switch endpoints[endpoint].addresses[place].connect() {
            case .failure(let error): probes[number].lastFailure = .connectFailed(error)
            case .success(let (socket, isConnected)):
                openProbe(number, socket, isConnected: isConnected)
                return
            }
        }
        endProbe(number, .failed(.upstream(probes[number].lastFailure)))
    }

    private mutating func openProbe(_ number: Int, _ socket: Int32, isConnected: Bool) {
        let endpoint = probes[number].endpoint
        let timer = timers.add()
        let id = upstreams.insert(
            UpstreamConnection(
                socket: socket, endpoint: endpoint, timer: timer, isConnected: false))
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
        let limit = endpoints[endpoint].timeouts.connectMilliseconds
        let left = probeMillisecondsLeft(number)
        armUpstream(upstream, milliseconds: limit == 0 ? left : min(limit, left))
        if isConnected { connectionSettled(upstream) }
    }
}
