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
        let failure = clients[index].exchange.lastFailure ?? .closedEarly
        refuse(index, limitRefusal(index) ?? standingRefusal(index) ?? Refusal(failure))
    }

    private mutating func go(_ index: Int, to endpoint: Int) -> Bool {
        enter(index, endpoint)
        return attempt(index, endpoint)
    }

    /// Goes on with the model's next endpoint.
    mutating func retryElsewhere(_ index: Int) { tryNext(index) }

    /// Goes on with the endpoint whose addresses have come.
    mutating func retryHere(_ index: Int) {
        if !connect(index, clients[index].exchange.endpoint) { tryNext(index) }
    }

    private mutating func enter(_ index: Int, _ endpoint: Int) {
        if measuresLatency {
            noteLatency(index, isFailure: true)
            clients[index].exchange.attemptStartedAt = now
        }
        clients[index].exchange.endpoint = endpoint
        clients[index].exchange.race = Race()
        clients[index].exchange.wasResent = false
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
            refuse(index, Refusal(failure))
            resumeClient(index)
            return
        }
        switch failure {
        case .connectFailed, .handshakeFailed:
            if connect(index, endpoint) { return }
            tryNext(index)
        case .closedEarly where wasPooled && !clients[index].exchange.wasResent:
            clients[index].exchange.wasResent = true
            if connect(index, endpoint) { return }
            tryNext(index)
        case .unknownName, .connectTimeout, .proxyRefused, .handshakeTimeout, .closedEarly,
            .headerTimeout:
            tryNext(index)
        case .malformedAnswer, .unaskedUpgrade, .cut, .idleTimeout, .drain:
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
        case .head:
            upstreamFailed(upstream, .headerTimeout)
        case .errorBody, .body:
            upstreamFailed(upstream, .idleTimeout)
        }
    }

    /// Passes over an answer whose status says that another endpoint, `next`, may do better.
    mutating func passOver(_ upstream: Int, _ index: Int, to next: Int) {
        closeUpstream(upstream)
        if !go(index, to: next) { tryNext(index) }
    }
}
