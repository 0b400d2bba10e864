/// A worker's lines on their way to the log: collected, and handed over in one piece.
struct AccessLog: ~Copyable {
    /// When lines are handed over at the latest.
    private static var flushMilliseconds: UInt64 { 200 }
    /// How much is collected at most before it is handed over.
    private static var flushByteCount: Int { 32_768 }

    let isOn: Bool
    var lines = ByteBuffer()
    private let sink: LogSink
    private var dueAt: UInt64 = 0

    init(format: AccessLogFormat, sink: LogSink) {
        self.sink = sink
        if case .off = format { isOn = false } else { isOn = true }
    }

    mutating func lineEnded(nowMilliseconds: UInt64) {
        if dueAt == 0 { dueAt = nowMilliseconds + AccessLog.flushMilliseconds }
        if lines.count >= AccessLog.flushByteCount { flush() }
    }

    /// Milliseconds until `flushIfDue` has something to do; nil: nothing is collected.
    func nextFlushMilliseconds(nowMilliseconds: UInt64) -> Int? {
        if dueAt == 0 { return nil }
        return dueAt > nowMilliseconds ? Int(dueAt - nowMilliseconds) : 0
    }

    mutating func flushIfDue(nowMilliseconds: UInt64) {
        if dueAt != 0 && nowMilliseconds >= dueAt { flush() }
    }

    mutating func flush() {
        dueAt = 0
        if lines.isEmpty { return }
        sink.take(lines.bytes)
        lines.removeAll()
    }

    /// Tells of something that is no exchange, on standard error.
    func event(_ event: StaticString, endpoint: StaticString) {
        EventLog.write(event, ["endpoint": .text("\(endpoint)")])
    }
}

extension Worker {
    /// Writes the exchange's line: no secret, no content, nothing that a client can forge.
    mutating func logExchange(_ index: Int, _ outcome: Exchange.Outcome) {
        if !log.isOn { return }
        let now = Clock.monotonicNanoseconds()
        log.lines.append("{\"time\":\"")
        log.lines.append(time: Clock.unixMilliseconds())
        log.lines.append("\",\"request_id\":\"")
        let requestID = clients[index].exchange.requestID
        log.lines.append(jsonEscaped: clients[index].exchange.notes, requestID)
        log.lines.append("\",\"client\":\"")
        log.lines.append(clients[index].peerText)
        if clients[index].exchange.caller >= 0, let owners = gateway.clients {
            log.lines.append("\",\"client_name\":\"")
            log.lines.append(owners.engine.name(Int(clients[index].exchange.caller)))
        }
        log.lines.append("\",\"method\":\"")
        log.lines.append(clients[index].exchange.method.text)
        logPlace(index)
        log.lines.append(",\"status\":")
        log.lines.append(decimal: Int(clients[index].exchange.status))
        log.lines.append(",\"outcome\":\"")
        log.lines.append(outcome.text)
        log.lines.append("\",\"attempts\":")
        log.lines.append(decimal: clients[index].exchange.choice.attempts)
        if let failure = clients[index].exchange.lastFailure {
            log.lines.append(",\"failure\":\"")
            log.lines.append(failure.text)
            log.lines.append("\"")
        }
        if clients[index].exchange.isOverBudget { log.lines.append(",\"over_budget\":true") }
        log.lines.append(",\"bytes_in\":")
        log.lines.append(decimal: clients[index].exchange.bodyByteCount)
        log.lines.append(",\"bytes_out\":")
        log.lines.append(decimal: clients[index].exchange.sentByteCount)
        log.lines.append(",\"head_ms\":")
        let started = clients[index].exchange.startedAt
        let answered = clients[index].exchange.answeredAt
        log.lines.append(milliseconds: answered > started ? answered - started : 0)
        log.lines.append(",\"total_ms\":")
        log.lines.append(milliseconds: now > started ? now - started : 0)
        log.lines.append("}\n")
        log.lineEnded(nowMilliseconds: nowMilliseconds)
    }

    /// Which route, model and endpoint it was; null where there was none.
    private mutating func logPlace(_ index: Int) {
        let route = clients[index].exchange.route
        log.lines.append("\",\"route\":")
        log.lines.append(jsonStringOrNull: route < 0 ? nil : gateway.routes[route].path)
        log.lines.append(",\"model\":")
        if clients[index].exchange.modelName.isEmpty {
            log.lines.append("null")
        } else {
            log.lines.append("\"")
            let name = clients[index].exchange.modelName
            log.lines.append(jsonEscaped: clients[index].exchange.notes, name)
            log.lines.append("\"")
        }
        let endpoint = clients[index].exchange.endpoint
        log.lines.append(",\"endpoint\":")
        log.lines.append(jsonStringOrNull: endpoint < 0 ? nil : endpoints[endpoint].name)
    }
}

extension RequestMethod {
    var text: StaticString {
        switch self {
        case .get: "GET"
        case .head: "HEAD"
        case .post: "POST"
        case .options: "OPTIONS"
        case .put: "PUT"
        case .delete: "DELETE"
        case .patch: "PATCH"
        case .other: "other"
        }
    }
}
