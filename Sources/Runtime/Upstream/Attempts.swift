/// How an attempt at an endpoint goes, as far as that says something about the endpoint.
enum AttemptResult {
    /// An answer has begun that is no failure.
    case began
    /// It has come whole.
    case ended
    /// No answer has begun, or one that is a failure.
    case failed
    /// An answer that has begun is never whole.
    case brokeOff
    /// It has told nothing: the client left, or the endpoint has no room.
    case nothing

    /// What it says about an endpoint that is tried again; nil: nothing.
    var isGood: Bool? {
        switch self {
        case .began, .ended: true
        case .failed, .brokeOff: false
        case .nothing: nil
        }
    }

    /// What an answer's status says: an error of the client's making shows that the endpoint works,
    /// 429 that it has enough to do, 408 that the request came too slowly. 501 is a request that it
    /// does not know; clients could otherwise put it out at will.
    init(status: UInt16) {
        switch status {
        case 408, 429, 501: self = .nothing
        case 500...: self = .failed
        default: self = .began
        }
    }
}

/// An attempt at an endpoint.
struct Trial: Equatable {
    /// Index of the endpoint; -1: there is none.
    var endpoint: Int32 = -1
    /// The time of its breaker that it tries the endpoint for; nil: it is no trial.
    var term: UInt8?
}

/// Hears how attempts go and takes endpoints out for it.
///
/// Its code is in a folder of its own, which packages that judge nothing are emitted without.
protocol EndpointJudge: Sendable {
    /// - Parameter now: monotonic milliseconds, here and below.
    func heard(_ result: AttemptResult, of trial: Trial, _ standings: Standings, now: UInt64)

    /// Claims a request's way past an open breaker; nil: it goes elsewhere.
    func takeTrial(_ endpoint: Int, _ standings: Standings, now: UInt64) -> Trial?

    /// Brings an endpoint back whose ejection is over.
    func returnWhoseTimeIsOver(_ endpoint: Int, _ standings: Standings, now: UInt64)
}

extension Worker {
    /// The exchange's attempt at its present endpoint has come to `result`.
    mutating func hear(_ index: Int, _ result: AttemptResult) {
        guard let judge else { return }
        let endpoint = Int32(clients[index].exchange.endpoint)
        let trial = clients[index].exchange.trial
        clients[index].exchange.heard = result
        if endpoint == trial.endpoint {
            clients[index].exchange.trial = Trial()
            judge.heard(result, of: trial, standings, now: nowMilliseconds)
            return
        }
        giveBackTrial(index)
        if endpoint < 0 { return }
        judge.heard(result, of: Trial(endpoint: endpoint), standings, now: nowMilliseconds)
    }

    /// Gives back a trial that has come to nothing.
    mutating func giveBackTrial(_ index: Int) {
        let trial = clients[index].exchange.trial
        if trial.endpoint < 0 { return }
        clients[index].exchange.trial = Trial()
        judge?.heard(.nothing, of: trial, standings, now: nowMilliseconds)
    }

    /// The answer is whole.
    mutating func hearEnd(_ index: Int) {
        if clients[index].exchange.heard == .began { hear(index, .ended) }
    }

    /// The attempt has failed for good: before its answer began, or in the middle of one that its
    /// status did not condemn already.
    mutating func hearFailure(_ index: Int, _ failure: UpstreamFailure = .closedEarly) {
        if judge == nil { return }
        if case .drain = failure { return }
        switch clients[index].exchange.heard {
        case .nothing: hear(index, .failed)
        case .began: hear(index, .brokeOff)
        case .ended, .failed, .brokeOff: break
        }
    }
}
