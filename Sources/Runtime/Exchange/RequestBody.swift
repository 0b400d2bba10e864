/// From the head to the end of a request's body, and the model that stands in it.
extension Worker {
    /// Collects a body that can be sent again; true: go on with the connection's next phase.
    mutating func collectBody(_ index: Int) -> Bool {
        switch clients[index].exchange.framing {
        case .none:
            bodyIsWhole(index)
            return true
        case .length(let length):
            let whole = clients[index].exchange.headByteCount + length
            if clients[index].input.count < whole {
                armClient(index, milliseconds: gateway.timeouts.clientBodyMilliseconds)
                return false
            }
            clients[index].exchange.heldByteCount = length
            clients[index].exchange.bodyByteCount = length
            clients[index].exchange.isBodyComplete = true
            bodyIsWhole(index)
            return true
        case .chunked:
            if !takeChunks(index) { return true }
            if clients[index].exchange.isBodyComplete {
                bodyIsWhole(index)
                return true
            }
            if clients[index].exchange.bodyByteCount > gateway.limits.repeatableByteLimit {
                clients[index].phase = .upload
                return true
            }
            armClient(index, milliseconds: gateway.timeouts.clientBodyMilliseconds)
            return false
        }
    }

    /// Strips the framing off what has come, so that the body lies whole behind the head.
    ///
    /// - Returns: false where the request was refused.
    mutating func takeChunks(_ index: Int) -> Bool {
        let start = clients[index].exchange.headByteCount
        var end = start + clients[index].exchange.heldByteCount
        var cursor = end
        while true {
            switch clients[index].nextChunk(from: cursor) {
            case .data(let range):
                clients[index].input.move(range, to: end)
                end += range.count
                clients[index].exchange.bodyByteCount += range.count
                cursor = range.upperBound
                let limit = gateway.limits.bodyByteLimit
                if limit > 0 && clients[index].exchange.bodyByteCount > limit {
                    refuse(index, .bodyTooLarge, closing: true)
                    return false
                }
            case .needMore:
                clients[index].input.truncate(to: end)
                clients[index].exchange.heldByteCount = end - start
                return true
            case .end(let next):
                let rest = next..<clients[index].input.count
                clients[index].input.move(rest, to: end)
                clients[index].input.truncate(to: end + rest.count)
                clients[index].exchange.heldByteCount = end - start
                clients[index].exchange.isBodyComplete = true
                return true
            case .fault:
                refuse(index, .malformedChunk, closing: true)
                return false
            }
        }
    }

    private mutating func bodyIsWhole(_ index: Int) {
        scanHeld(index)
        if modelIsKnown(index, atEnd: true) { forward(index) }
    }

    /// Shows the model scan what it has not seen of the held body.
    mutating func scanHeld(_ index: Int) {
        let start = clients[index].exchange.headByteCount
        let from = start + clients[index].exchange.scannedByteCount
        let range = from..<start + clients[index].exchange.heldByteCount
        clients[index].exchange.scannedByteCount = clients[index].exchange.heldByteCount
        if !range.isEmpty { clients[index].scan(range) }
    }

    /// Looks at what the scan has found; refuses the request where that settles it.
    ///
    /// - Returns: whether the model is known and has endpoints.
    mutating func modelIsKnown(_ index: Int, atEnd: Bool) -> Bool {
        let isForm = clients[index].exchange.formScan != nil
        switch scanOutcome(index, atEnd: atEnd) {
        case .searching:
            return false
        case .found:
            if clients[index].exchange.model >= 0 { return true }
            return takeModel(index, isForm: isForm)
        case .missing:
            return useDefaultModel(index)
        case .duplicate:
            refuse(index, .ambiguousModel)
        case .notString, .tooLong:
            refuse(index, .modelNotString)
        case .malformed:
            if allowsNoModel(index) { return useDefaultModel(index) }
            refuse(index, isForm ? .notForm : .notJSON)
        }
        return false
    }

    private mutating func scanOutcome(_ index: Int, atEnd: Bool) -> ModelOutcome {
        if clients[index].exchange.framing == .none { return .missing }
        if clients[index].exchange.formScan != nil {
            let outcome =
                atEnd
                ? clients[index].exchange.formScan?.finish()
                : clients[index].exchange.formScan?.outcome
            return outcome ?? .malformed
        }
        return atEnd
            ? clients[index].exchange.jsonScan.finish() : clients[index].exchange.jsonScan.outcome
    }

    /// Whether the route is one on which a body need not be JSON.
    private func allowsNoModel(_ index: Int) -> Bool {
        gateway.routes[clients[index].exchange.route].action == .forwardAny
    }

    /// Notes the model as the client spelt it and looks up who serves it.
    private mutating func takeModel(_ index: Int, isForm: Bool) -> Bool {
        let scan = clients[index].exchange.jsonScan
        let start = isForm ? clients[index].exchange.formScan?.valueStart ?? 0 : scan.valueStart
        let end = isForm ? clients[index].exchange.formScan?.valueEnd ?? 0 : scan.valueEnd
        clients[index].exchange.modelStart = start
        clients[index].exchange.modelEnd = end
        let head = clients[index].exchange.headByteCount
        let hasEscapes = !isForm && scan.valueHasEscapes
        if !clients[index].noteModel(head + start..<head + end, hasEscapes: hasEscapes) {
            refuse(index, .notJSON)
            return false
        }
        return lookUpModel(index)
    }

    private mutating func useDefaultModel(_ index: Int) -> Bool {
        if let name = gateway.models.defaultModel, clients[index].exchange.formScan == nil {
            clients[index].exchange.notes.append(name)
        } else if !allowsNoModel(index) {
            refuse(index, .missingModel)
            return false
        }
        return lookUpModel(index)
    }

    /// The entry of the model that is noted; nil: nothing serves it.
    func findModel(_ index: Int) -> Int? {
        let name = clients[index].exchange.modelName
        return clients[index].exchange.notes.index(name, in: modelIndex)
    }

    /// What a model that nothing serves is answered with: no endpoint has it, or not all have told
    /// for the first time yet.
    var unknownModel: Refusal {
        isFirstRoundOver ? .unknownModel : .modelNotKnownYet
    }

    /// Whether all endpoints that are asked for their models have answered or failed.
    var isFirstRoundOver: Bool {
        gateway.discovery == nil || directory?.isFirstRoundOver == true
    }

    private mutating func lookUpModel(_ index: Int) -> Bool {
        clients[index].exchange.modelIsVisible = clients[index].exchange.notes.isFieldValue(
            clients[index].exchange.modelName)
        if clients[index].exchange.caller >= 0, let owners = gateway.clients,
            !owners.engine.allowsModel(self, index)
        {
            refuse(index, owners.engine.modelRefusal)
            return false
        }
        guard let model = findModel(index) else {
            let isNamed = !clients[index].exchange.modelName.isEmpty
            refuse(index, isNamed ? unknownModel : .missingModel)
            return false
        }
        clients[index].exchange.model = model
        clients[index].exchange.choice = models.firstChoice(of: model)
        return true
    }
}
