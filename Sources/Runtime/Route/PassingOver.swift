/// Endpoints that something keeps from serving, as a request's walk comes to them.
extension Worker {
    /// Whether the walk goes on past an endpoint because of its standing.
    mutating func isPassedOver(_ index: Int, _ endpoint: Int, _ choice: inout Choice) -> Bool {
        standings.serves(endpoint) ? false : isOut(index, endpoint, &choice)
    }

    private mutating func isOut(_ index: Int, _ endpoint: Int, _ choice: inout Choice) -> Bool {
        if mayNotServe(index, endpoint, &choice) {
            choice.hasPassedOver = true
            return true
        }
        guard let warmth = standings.warmth(of: endpoint, now: nowMilliseconds),
            random.next() & 0xff >= warmth
        else { return false }
        choice.spare = choice.candidate
        return true
    }

    /// Whether there is a reason to pass over the endpoint; an open breaker is none where the
    /// request becomes one of its trials.
    private mutating func mayNotServe(
        _ index: Int, _ endpoint: Int, _ choice: inout Choice
    ) -> Bool {
        var standing = standings.standing(of: endpoint)
        if standing.contains(.disabled) { return true }
        if choice.isPanicking { return false }
        if standing.contains(.unhealthy) { return true }
        guard let judge else { return !standing.subtracting(.warming).isEmpty }
        if standing.contains(.ejected) {
            judge.returnWhoseTimeIsOver(endpoint, standings, now: nowMilliseconds)
            standing = standings.standing(of: endpoint)
        }
        if standing.contains(.ejected) && mayPassEjected(choice) {
            choice.ejectedCount += 1
            return true
        }
        guard standing.contains(.breakerOpen) else { return false }
        giveBackTrial(index)
        guard let trial = judge.takeTrial(endpoint, standings, now: nowMilliseconds) else {
            return standings.standing(of: endpoint).contains(.breakerOpen)
        }
        clients[index].exchange.trial = trial
        return false
    }

    /// Whether one more of the model's endpoints may be passed over for being ejected.
    private func mayPassEjected(_ choice: Choice) -> Bool {
        let percent = gateway.health?.judging?.outlierDetection?.maximumPercent ?? 0
        return (choice.ejectedCount + 1) * 100 <= choice.candidateCount * percent
    }

    /// What is left when the walk has ended: an endpoint that warms up, or all of them once more
    /// where none is fit and the YAML says `panic: any`.
    mutating func lastResort(_ index: Int, _ ended: Choice) -> Int? {
        var choice = clients[index].exchange.choice
        let attempts = gateway.retry.attempts
        if ended.spare >= 0 && (attempts == 0 || ended.attempts < attempts) {
            choice = ended
            choice.candidate = ended.spare
            choice.spare = -1
            let endpoint = models[choice.candidate].endpoint
            let hasRoom = !endpoints[endpoint].asksFirst || mayServe(index, at: endpoint)
            if hasRoom { choice.attempts += 1 }
            clients[index].exchange.choice = choice
            return hasRoom ? endpoint : nil
        }
        choice.hasPassedOver = ended.hasPassedOver
        let isHopeless = ended.attempts == 0 && clients[index].exchange.limitedBy < 0
        choice.isPanicking =
            isHopeless && ended.hasPassedOver && !choice.isPanicking
            && gateway.health?.panic == .any
        clients[index].exchange.choice = choice
        return choice.isPanicking ? nextEndpoint(index) : nil
    }

    /// The refusal of a request for which there was no endpoint to ask.
    func standingRefusal(_ index: Int) -> Refusal? {
        let choice = clients[index].exchange.choice
        if choice.attempts > 0 || !choice.hasPassedOver { return nil }
        return .noneHealthy(namingModel: !clients[index].exchange.modelName.isEmpty)
    }
}
