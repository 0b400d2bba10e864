/// What clients with keys are told: refusals, and the models that they may name.
extension Refusal {
    static var missingKey: Refusal {
        invalid(
            401, "invalid_api_key",
            "You did not provide an API key: send it as `Authorization: Bearer KEY`.")
    }
    static var unknownKey: Refusal {
        invalid(401, "invalid_api_key", "Incorrect API key provided.")
    }
    static var severalKeys: Refusal {
        invalid(401, "invalid_api_key", "The request shows keys of more than one client.")
    }
    static var routeNotAllowed: Refusal {
        invalid(403, "insufficient_permissions", "This API key may not call this route.")
    }
    /// As OpenAI answers a key whose project may not use a model, whether or not there is one.
    static var modelNotAllowed: Refusal {
        var refusal = invalid(
            403, "model_not_found", "This API key has no access to the model", parameter: "model")
        refusal.namesModel = true
        return refusal
    }
    static func ownRateLimited(_ rate: RateNotice) -> Refusal {
        limited(
            429, "rate_limit_exceeded",
            "Rate limit reached: too many requests with this client's API keys.", rate)
    }
}

extension Worker {
    /// Writes the list of the models that the exchange's client may name to `suffix`.
    mutating func writeModels(_ index: Int, of gate: ClientGate) {
        let client = Int(clients[index].exchange.caller)
        var name: [UInt8] = []
        var isFirst = true
        suffix.append("{\"object\":\"list\",\"data\":[")
        for model in listedModels {
            let before = suffix.count
            suffix.append(isFirst ? "\n" : ",\n")
            let start = suffix.count
            if appendObject(of: model), suffix.readID(from: start, into: &name),
                gate.allows(client, model: name.span)
            {
                isFirst = false
            } else {
                suffix.truncate(to: before)
            }
        }
        suffix.append("\n]}")
    }

    /// The entries that are listed, in the order of the list.
    private var listedModels: [Int] {
        guard let directory else { return Array(0..<gateway.models.objectRanges.count / 2) }
        return directory.objects.indices
            .filter { !directory.objects[$0].isEmpty }
            .sorted { directory.objects[$0].lowerBound < directory.objects[$1].lowerBound }
    }

    /// Writes how often each client was let in to `suffix`.
    mutating func writeMetrics(of gate: ClientGate) {
        writeHead(
            "ingot_client_requests_total", "counter", "Requests let in, by their client.")
        for (client, entry) in gate.clients.enumerated() {
            suffix.append("ingot_client_requests_total{client=\"")
            suffix.append(entry.name)
            suffix.append("\"} ")
            suffix.append(decimal: gate.admittedCount(of: client))
            suffix.append("\n")
        }
        writeMetric(
            "ingot_unauthorized_total", "counter", "Requests without a key of any client.",
            gate.strangerCount)
    }
}

extension ByteBuffer {
    /// Reads the id of the model whose object begins at `start`; false: it has none.
    fileprivate func readID(from start: Int, into name: inout [UInt8]) -> Bool {
        let object = bytes.extracting(start..<count)
        let opening: StaticString = "{\"id\":\""
        guard startsWith(object, opening) else { return false }
        let first = opening.utf8CodeUnitCount
        var end = first
        while end < object.count, object[end] != UInt8(ascii: "\"") {
            end += object[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        name.removeAll(keepingCapacity: true)
        return end < object.count && decodeJSONString(object.extracting(first..<end), into: &name)
    }
}
