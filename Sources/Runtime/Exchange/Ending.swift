/// How exchanges end: whole, broken off, or given up; each is counted and logged once.
extension Worker {
    /// The endpoint has closed the connection, and that is how its answer ends.
    mutating func endUntilClose(_ upstream: Int) {
        let client = upstreams[upstream].client
        guard clients.holds(client) else {
            closeUpstream(upstream)
            return
        }
        scratch.removeAll()
        upstreams[upstream].keepsAlive = false
        deliverPiece(upstream, Int(client.index), 0..<0, isLast: true)
    }

    /// The answer is with the client, or on its way there: the endpoint's part is done.
    mutating func endAnswer(_ upstream: Int) {
        let client = upstreams[upstream].client
        guard clients.holds(client) else {
            closeUpstream(upstream)
            return
        }
        let index = Int(client.index)
        if !clients[index].exchange.isBodyComplete { upstreams[upstream].keepsAlive = false }
        upstreams[upstream].lastWasStream = upstreams[upstream].framing == .chunked
        if judge != nil { hearEnd(index) }
        release(upstream)
        finishExchange(index, .complete)
        if clients.holds(client) { resumeClient(index) }
    }

    /// Counts and logs the exchange and goes on to the connection's next request or its end.
    mutating func finishExchange(_ index: Int, _ outcome: Exchange.Outcome) {
        record(index, outcome)
        if outcome != .clientGone { finishAnswer(index) }
    }

    private mutating func record(_ index: Int, _ outcome: Exchange.Outcome) {
        if clients[index].exchange.serial == 0 { return }
        if judge != nil { giveBackTrial(index) }
        abandonUpstream(index)
        leavePlace(index)
        if clients[index].exchange.attemptStartedAt != 0 && outcome == .own {
            noteLatency(index, isFailure: true)
        }
        counters.count(outcome, status: clients[index].exchange.status)
        logExchange(index, outcome)
        clients[index].exchange.serial = 0
    }

    /// An answer that has begun cannot be finished: a stream's client is told why in a last event,
    /// and no client takes what it has for the whole.
    mutating func breakAnswer(_ index: Int, _ refusal: Refusal) {
        clients[index].exchange.keepsAlive = false
        clients[index].isCut = true
        if clients[index].exchange.isEventStream {
            suffix.removeAll()
            writeErrorObject(index, refusal)
            let byteCount = suffix.count + 8
            if clients[index].exchange.answerFraming == .chunked {
                out.append(hexadecimal: byteCount)
                out.append("\r\n")
            }
            out.append("data: ")
            suffix.append("\n\n")
            if clients[index].exchange.answerFraming == .chunked { suffix.append("\r\n") }
            if !deliver(index, 0..<0) { return }
        }
        finishExchange(index, Exchange.Outcome(refusal))
    }
}

extension Exchange.Outcome {
    /// What an answer that broke off counts as.
    init(_ refusal: Refusal) {
        switch refusal.status {
        case 503: self = .drain
        case 504: self = refusal.endsTotal ? .totalTimeout : .idleTimeout
        default: self = .upstreamCut
        }
    }
}
