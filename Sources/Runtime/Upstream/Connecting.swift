/// From a choice of endpoint to a connection that has the request, with failover on the way.
extension Worker {
    /// Sends the request to the first of its model's endpoints that takes it.
    mutating func forward(_ index: Int) {
        if clients[index].phase == .body {
            clients[index].phase = .waiting
            armClient(index, milliseconds: 0)
        }
        tryNext(index)
    }

    private mutating func tryNext(_ index: Int) {
        while let endpoint = nextEndpoint(index) {
            if go(index, to: endpoint) { return }
        }
        giveUp(index)
    }

    /// No endpoint is left: the client gets the answer that was refused last, else is told why
    /// there is none.
    private mutating func giveUp(_ index: Int) {
        if answerHeld(index) { return }
        let failure = clients[index].exchange.lastFailure ?? .closedEarly
        refuse(index, limitRefusal(index) ?? standingRefusal(index) ?? Refusal(failure))
    }

    /// Sends the request again, to `endpoint` or who comes after it.
    mutating func goOn(_ index: Int, to endpoint: Int) {
        if !go(index, to: endpoint) { tryNext(index) }
    }

    /// An endpoint that has got the request gave no answer to it: the next one may get it.
    private mutating func retry(_ index: Int) {
        if let next = nextForRetry(index) {
            goOn(index, to: next)
        } else {
            giveUp(index)
        }
    }

    private mutating func go(_ index: Int, to endpoint: Int) -> Bool {
        enter(index, endpoint)
        if attempt(index, endpoint) { return true }
        hearFailure(index)
        return false
    }

    /// Goes on with the model's next endpoint, as the present one could not be reached.
    mutating func retryElsewhere(_ index: Int) {
        hearFailure(index)
        tryNext(index)
    }

    /// Goes on with the endpoint whose addresses have come.
    mutating func retryHere(_ index: Int) {
        if !connect(index, clients[index].exchange.endpoint) { retryElsewhere(index) }
    }

    private mutating func enter(_ index: Int, _ endpoint: Int) {
        if measuresLatency {
            noteLatency(index, isFailure: true)
            clients[index].exchange.attemptStartedAt = now
        }
        clients[index].exchange.endpoint = endpoint
        clients[index].exchange.race = Race()
        clients[index].exchange.wasResent = false
        clients[index].exchange.heard = .nothing
        if nowMilliseconds >= endpoints[endpoint].resolution.refreshAt { resolve(endpoint) }
    }

    /// Whether the request is under way at `endpoint`, or will be when it is connected.
    private mutating func attempt(_ index: Int, _ endpoint: Int) -> Bool {
        while let upstream = takePooled(endpoint) {
            join(index, upstream)
            if sendRequest(index, upstream) { return true }
            closeUpstream(upstream)
        }
        return connect(index, endpoint)
    }

    mutating func join(_ index: Int, _ upstream: Int) {
        guard let client = clients.id(at: index), let id = upstreams.id(at: upstream) else {
            return
        }
        upstreams[upstream].client = client
        clients[index].exchange.upstream = id
    }

    /// An endpoint gave no usable answer: tries the next one where that can do no harm.
    mutating func upstreamFailed(_ upstream: Int, _ failure: UpstreamFailure) {
        let client = upstreams[upstream].client
        let wasPooled = upstreams[upstream].servedCount > 0
        let number = Int(upstreams[upstream].probe)
        let awaitedEvent = upstreams[upstream].phase == .firstEvent
        if failure.isOfHandshake { putBehind(upstream) }
        closeUpstream(upstream, aborting: true)
        guard clients.holds(client) else {
            if number >= 0 { probe?(&self, .failed(number, failure)) }
            return
        }
        let index = Int(client.index)
        let endpoint = clients[index].exchange.endpoint
        clients[index].exchange.lastFailure = failure
        if clients[index].exchange.isAnswered || !clients[index].exchange.isRepeatable {
            hearFailure(index, failure)
            refuse(index, Refusal(failure))
            resumeClient(index)
            return
        }
        switch failure {
        case .connectFailed, .handshakeFailed:
            if connect(index, endpoint) { return }
            retryElsewhere(index)
        case .closedEarly where wasPooled && !clients[index].exchange.wasResent:
            clients[index].exchange.wasResent = true
            if connect(index, endpoint) { return }
            retryElsewhere(index)
        case .unknownName, .connectTimeout, .proxyRefused, .handshakeTimeout:
            retryElsewhere(index)
        case .closedEarly, .headerTimeout:
            hearFailure(index)
            retry(index)
        case .cut where awaitedEvent, .idleTimeout where awaitedEvent:
            hearFailure(index, failure)
            retry(index)
        case .malformedAnswer, .unaskedUpgrade, .cut, .idleTimeout, .totalTimeout, .errorEvent,
            .emptyStream, .drain:
            hearFailure(index, failure)
            refuse(index, Refusal(failure))
        }
        if clients.holds(client) { resumeClient(index) }
    }

    /// The upstream connection's clock has run out.
    mutating func upstreamExpired(_ upstream: Int) {
        switch upstreams[upstream].phase {
        case .idle:
            closeUpstream(upstream)
        case .connecting:
            attemptExpired(upstream)
        case .handshaking:
            tellHandshakeFault(upstreams[upstream].endpoint, "it did not end in time")
            upstreamFailed(upstream, .handshakeTimeout)
        case _ where isTotalOver(upstream):
            upstreamFailed(upstream, .totalTimeout)
        case .head:
            upstreamFailed(upstream, .headerTimeout)
        case .firstEvent:
            firstEventExpired(upstream)
        case .errorBody, .body:
            upstreamFailed(upstream, .idleTimeout)
        case .held:
            break
        }
    }

    /// Starts the clock that ends the present wait for bytes of an answer, or the answer's total
    /// time before that; 0: only the latter.
    mutating func armAnswer(_ upstream: Int, milliseconds: Int) {
        let total = endpoints[upstreams[upstream].endpoint].timeouts.totalMilliseconds
        if total == 0 {
            armUpstream(upstream, milliseconds: milliseconds)
        } else {
            let left = totalMillisecondsLeft(upstream, of: total)
            armUpstream(upstream, milliseconds: milliseconds == 0 ? left : min(milliseconds, left))
        }
    }

    /// Whether the endpoint's total time is over for the exchange of a connection.
    private func isTotalOver(_ upstream: Int) -> Bool {
        let total = endpoints[upstreams[upstream].endpoint].timeouts.totalMilliseconds
        return total != 0 && totalMillisecondsLeft(upstream, of: total) == 1
    }

    /// How much of `total` is left since the request's head came; at least 1.
    private func totalMillisecondsLeft(_ upstream: Int, of total: Int) -> Int {
        let client = upstreams[upstream].client
        guard clients.holds(client) else { return total }
        let end = clients[Int(client.index)].exchange.startedAt / 1_000_000 + UInt64(total)
        return end > nowMilliseconds + 1 ? Int(end - nowMilliseconds) : 1
    }
}
