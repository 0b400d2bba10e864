/// Sending a request once more: whether the budget allows it, and the answer that is passed on
/// where nobody has a better one.
extension Worker {
    /// Whether the model has an endpoint that this exchange has not come to yet; takes nothing.
    func hasFurther(_ index: Int) -> Bool {
        let choice = clients[index].exchange.choice
        return choice.spare >= 0 || hasFurther(choice)
    }

    /// Whether the request can be sent again, and to whom.
    func mayRetry(_ index: Int) -> Bool {
        clients[index].exchange.isRepeatable && clients[index].exchange.isBodyComplete
            && hasFurther(index)
    }

    /// Takes the next endpoint for a request that one has got already, and room in the budget; nil:
    /// no endpoint is left, or the budget is spent.
    ///
    /// An endpoint that was not reached has got nothing, so that going on from it is no retry.
    mutating func nextForRetry(_ index: Int) -> Int? {
        guard hasFurther(index) else { return nil }
        if let budget = rates.retries {
            let requests = shared.counters.reduce(0) { $0 + $1.requests.count }
            if !budget.take(requests: requests, nowMilliseconds: nowMilliseconds) {
                clients[index].exchange.isOverBudget = true
                counters.retriesOverBudget.add(1)
                return nil
            }
        }
        guard let next = nextEndpoint(index) else {
            rates.retries?.giveBack(nowMilliseconds: nowMilliseconds)
            return nil
        }
        counters.retries.add(1)
        return next
    }

    /// Keeps a refused answer, `scratch` from its head on, in its connection, unread from there on:
    /// it is the client's where no other endpoint answers. The one before it is dropped.
    mutating func hold(_ upstream: Int, _ index: Int) {
        dropHeld(index)
        upstreams[upstream].phase = .held
        upstreams[upstream].seenByteCount = 0
        upstreams[upstream].mayRead = false
        armUpstream(upstream, milliseconds: 0)
        keepTail(upstream, from: 0)
        clients[index].exchange.held = clients[index].exchange.upstream
        clients[index].exchange.upstream = .none
    }

    /// Lets go of the answer that is held for an exchange, if one is.
    mutating func dropHeld(_ index: Int) {
        let held = clients[index].exchange.held
        if upstreams.holds(held) { closeUpstream(Int(held.index)) }
    }

    /// Passes on the answer that is held; false: there is none.
    mutating func answerHeld(_ index: Int) -> Bool {
        let held = clients[index].exchange.held
        guard upstreams.holds(held) else { return false }
        let upstream = Int(held.index)
        clients[index].exchange.held = .none
        clients[index].exchange.upstream = held
        let endpoint = upstreams[upstream].endpoint
        leavePlace(index)
        if endpoints[endpoint].countsRequests { takePlace(index, at: endpoint) }
        clients[index].exchange.endpoint = endpoint
        takeTail(upstream)
        // What has come meanwhile has had its event already.
        upstreams[upstream].mayRead = true
        ready.append(EventToken(.upstream, held))
        guard let byteCount = readHeldHead(upstream) else { return false }
        acceptAnswer(upstream, index, head: 0..<byteCount)
        return true
    }

    /// Puts what a connection has kept of its answer into `scratch`.
    mutating func takeTail(_ upstream: Int) {
        scratch.removeAll()
        scratch.append(upstreams[upstream].tail)
        upstreams[upstream].tail.close(into: &buffers)
    }

    /// Parses the head at the start of `scratch`, which was found to be whole before.
    private mutating func readHeldHead(_ upstream: Int) -> Int? {
        let limits = HeadLimits(
            headByteLimit: Worker.headByteLimit, fieldCountLimit: Worker.responseFieldLimit,
            targetByteLimit: 0)
        let progress = responseHead.read(
            scratch, 0..<scratch.count, seen: 0, isAnswerToHead: false, limits: limits)
        guard case .complete(let byteCount) = progress else { return nil }
        return byteCount
    }
}
