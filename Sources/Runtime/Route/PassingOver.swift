/// Endpoints that something keeps from serving, as a request's walk comes to them.
extension Worker {
    /// Whether the walk goes on past an endpoint because of its standing.
    mutating func isPassedOver(_ endpoint: Int, _ choice: inout Choice) -> Bool {
        standings.serves(endpoint) ? false : isOut(endpoint, &choice)
    }

    private mutating func isOut(_ endpoint: Int, _ choice: inout Choice) -> Bool {
        let standing = standings.standing(of: endpoint)
        if standing.contains(.disabled) {
            choice.hasPassedOver = true
            return true
        }
        if choice.isPanicking { return false }
        if !standing.subtracting(.warming).isEmpty {
            choice.hasPassedOver = true
            return true
        }
        guard let warmth = standings.warmth(of: endpoint, now: nowMilliseconds) else {
            return false
        }
        if random.next() & 0xff < warmth { return false }
        choice.spare = choice.candidate
        return true
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
