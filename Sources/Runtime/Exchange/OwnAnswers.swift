/// Answers that the gateway writes by itself: refusals, models, its own routes.
extension Worker {
    /// Answers with an error of the gateway's own.
    ///
    /// - Parameter closing: the connection cannot go on, because what follows is not a request.
    mutating func refuse(_ index: Int, _ refusal: Refusal, closing: Bool = false) {
        abandonUpstream(index)
        if closing { clients[index].exchange.keepsAlive = false }
        if clients[index].exchange.isAnswered {
            breakAnswer(index, refusal)
            return
        }
        suffix.removeAll()
        writeErrorObject(index, refusal)
        answerOwn(
            index, status: refusal.status, type: "application/json", refusal: refusal,
            outcome: refusal.isDraining ? .drain : refusal.rate == nil ? .own : .limited)
    }

    /// Writes `{"error":…,"olla_context":…}` to `suffix`.
    mutating func writeErrorObject(_ index: Int, _ refusal: Refusal) {
        suffix.append("{\"error\":{\"message\":\"")
        suffix.append(refusal.message)
        if refusal.namesModel {
            suffix.append(" `")
            let name = clients[index].exchange.modelName
            suffix.append(jsonEscaped: clients[index].exchange.notes, name)
            suffix.append("`.")
        }
        let endpoint = clients[index].exchange.endpoint
        if refusal.namesEndpoint && endpoint >= 0 {
            suffix.append(" ")
            suffix.append(endpoints[endpoint].name)
            suffix.append(".")
        }
        suffix.append("\",\"type\":\"")
        suffix.append(refusal.kind)
        suffix.append("\",\"param\":")
        suffix.append(jsonStringOrNull: refusal.parameter)
        suffix.append(",\"code\":")
        suffix.append(jsonStringOrNull: refusal.code)
        suffix.append("},")
        writeContext(index)
        suffix.append("}")
    }

    /// Writes `"olla_context":{…}` to `suffix`.
    mutating func writeContext(_ index: Int) {
        let endpoint = clients[index].exchange.endpoint
        suffix.append("\"olla_context\":{\"endpoint\":")
        suffix.append(jsonStringOrNull: endpoint < 0 ? nil : endpoints[endpoint].name)
        suffix.append(",\"request_id\":\"")
        suffix.append(jsonEscaped: clients[index].exchange.notes, clients[index].exchange.requestID)
        suffix.append("\",\"timestamp\":\"")
        suffix.append(time: Clock.unixMilliseconds())
        suffix.append("\"}")
    }

    /// Answers with the body in `suffix`, and ends the exchange.
    mutating func answerOwn(
        _ index: Int, status: UInt16, type: StaticString, refusal: Refusal? = nil,
        outcome: Exchange.Outcome = .own
    ) {
        settleUnreadBody(index)
        clients[index].exchange.status = status
        let isHead = clients[index].exchange.method == .head
        writeOwnHead(index, status: status, type: type, refusal)
        if isHead { suffix.removeAll() }
        clients[index].exchange.sentByteCount = suffix.count
        clients[index].phase = .answering
        if deliver(index, 0..<0) { finishExchange(index, outcome) }
    }

    private mutating func writeOwnHead(
        _ index: Int, status: UInt16, type: StaticString, _ refusal: Refusal?
    ) {
        out.append("HTTP/1.1 ")
        out.append(Int(status), digitCount: 3)
        out.append(" ")
        out.append(reasonPhrase(status))
        out.append("\r\nDate: ")
        out.append(httpDate: Clock.unixMilliseconds())
        out.append("\r\nContent-Type: ")
        out.append(type)
        out.append("\r\nContent-Length: ")
        out.append(decimal: suffix.count)
        out.append("\r\n")
        if let allow = refusal?.allow {
            out.append("Allow: ")
            out.append(allow)
            out.append("\r\n")
        }
        if let seconds = refusal?.retryAfterSeconds {
            out.append("Retry-After: ")
            out.append(seconds)
            out.append("\r\n")
        }
        if let rate = refusal?.rate { out.append(rate) }
        if status == 401 { out.append("WWW-Authenticate: Bearer\r\n") }
        if status >= 400 { out.append("Cache-Control: no-store\r\n") }
        writeOwnFields(index)
        out.append("\r\n")
    }

    /// The request is dealt with: takes it out of the input, or gives the connection up where the
    /// rest of its body has not come.
    private mutating func settleUnreadBody(_ index: Int) {
        let head = clients[index].exchange.headByteCount
        guard clients[index].exchange.keepsAlive else { return }
        if clients[index].exchange.isBodyComplete {
            clients[index].input.consume(head + clients[index].exchange.heldByteCount)
            clients[index].exchange.headByteCount = 0
            return
        }
        if case .length(let length) = clients[index].exchange.framing, head > 0,
            clients[index].input.count >= head + length
        {
            clients[index].input.consume(head + length)
            clients[index].exchange.headByteCount = 0
        } else {
            clients[index].exchange.keepsAlive = false
        }
    }
}

extension ByteBuffer {
    /// A JSON string of text that needs no escapes, or null.
    mutating func append(jsonStringOrNull text: StaticString?) {
        guard let text else {
            append("null")
            return
        }
        append("\"")
        append(text)
        append("\"")
    }
}

/// The standard phrase of a status that the gateway gives by itself (RFC 9110 §15).
func reasonPhrase(_ status: UInt16) -> StaticString {
    switch status {
    case 200: "OK"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 417: "Expectation Failed"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: "Error"
    }
}
