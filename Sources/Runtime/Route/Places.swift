/// The place that an exchange has at an endpoint: what counts it among the requests under way.
///
/// An exchange has one at most. It is taken with the choice of the endpoint and given back by
/// whatever comes first: the choice of another endpoint, or the end of the exchange.
extension Worker {
    /// Takes what a request needs at an endpoint that has limits or counts its requests; false:
    /// there is no room, and nothing was taken.
    mutating func mayServe(_ index: Int, at endpoint: Int) -> Bool {
        if endpoints[endpoint].pace.isLimited && !takeRoom(index, at: endpoint) { return false }
        if endpoints[endpoint].countsRequests {
            leavePlace(index)
            takePlace(index, at: endpoint)
        }
        return true
    }

    /// Counts an exchange that has no place among the endpoint's.
    mutating func takePlace(_ index: Int, at endpoint: Int) {
        loads.enter(endpoint)
        clients[index].exchange.place = Int32(endpoint)
    }

    /// Gives the exchange's place back, if it has one.
    mutating func leavePlace(_ index: Int) {
        let place = Int(clients[index].exchange.place)
        if place < 0 { return }
        clients[index].exchange.place = -1
        loads.leave(place)
    }

    /// An endpoint has begun to answer: notes how long that took, and a failure as a long time.
    mutating func noteLatency(_ index: Int, isFailure: Bool) {
        let start = clients[index].exchange.attemptStartedAt
        if start == 0 { return }
        clients[index].exchange.attemptStartedAt = 0
        let endpoint = clients[index].exchange.endpoint
        let now = Clock.monotonicNanoseconds()
        loads.note(
            endpoint, nanoseconds: now > start ? now - start : 0, isFailure: isFailure, now: now)
    }
}
