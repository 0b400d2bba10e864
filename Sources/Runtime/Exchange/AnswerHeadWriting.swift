/// The head of an answer as the client gets it.
extension Worker {
    /// Writes the head to `out` from the endpoint's, which is `head` of `scratch`.
    ///
    /// - Parameter bodyByteCount: the body's length where it is not what the endpoint said.
    mutating func writeAnswerHead(_ index: Int, head: Range<Int>, bodyByteCount: Int?) {
        if responseHead.minorVersion == 0 { writeStatusLine(head) }
        writeEndpointFields(
            head: head, isLengthKept: bodyByteCount == nil,
            speaksOfOrigins: clients[index].exchange.origin == .unasked)
        switch clients[index].exchange.answerFraming {
        case .chunked:
            out.append("Transfer-Encoding: chunked\r\nTrailer: X-Olla-Response-Time\r\n")
        case .length:
            if let bodyByteCount {
                out.append("Content-Length: ")
                out.append(decimal: bodyByteCount)
                out.append("\r\n")
            }
        case .none, .close:
            break
        }
        if responseHead.isEventStream { out.append("X-Accel-Buffering: no\r\n") }
        writeOwnFields(index)
        out.append("\r\n")
    }

    /// Writes the status line of an endpoint that speaks HTTP/1.0.
    private mutating func writeStatusLine(_ head: Range<Int>) {
        out.append("HTTP/1.1 ")
        out.append(Int(responseHead.status), digitCount: 3)
        out.append(" ")
        out.append(scratch, responseHead.reason.range.moved(by: head.lowerBound))
        out.append("\r\n")
    }

    /// Copies the endpoint's fields that are passed on, neighbours in one piece, and before them
    /// the status line as it came.
    ///
    /// - Parameter speaksOfOrigins: whether what the endpoint tells browsers of other origins is
    ///   passed on, because the gateway itself says nothing.
    private mutating func writeEndpointFields(
        head: Range<Int>, isLengthKept: Bool, speaksOfOrigins: Bool
    ) {
        let end = head.count - 2
        let hasFields = responseHead.fields.count > 0
        let firstField = hasFields ? Int(responseHead.fields[0].name.start) : end
        var run = responseHead.minorVersion == 0 ? 0..<0 : 0..<firstField
        for number in 0..<responseHead.fields.count {
            let field = responseHead.fields[number]
            if !passesBack(field, head, isLengthKept: isLengthKept)
                || !speaksOfOrigins && isOfOrigins(field, head)
            {
                continue
            }
            let isLast = number + 1 == responseHead.fields.count
            let next = isLast ? end : Int(responseHead.fields[number + 1].name.start)
            let start = Int(field.name.start)
            if run.upperBound == start {
                run = run.lowerBound..<next
            } else {
                out.append(scratch, run.moved(by: head.lowerBound))
                run = start..<next
            }
        }
        out.append(scratch, run.moved(by: head.lowerBound))
    }

    private func passesBack(_ field: Field, _ head: Range<Int>, isLengthKept: Bool) -> Bool {
        switch field.id {
        case .connection, .keepAlive, .proxyPrefixed, .te, .trailer, .transferEncoding, .upgrade,
            .ollaPrefixed:
            return false
        case .accelBuffering:
            return !responseHead.isEventStream
        case .contentLength:
            return isLengthKept
        default:
            return !responseHead.connectionNamesOthers
                || !responseHead.isNamedByConnection(field, in: scratch.bytes.extracting(head))
        }
    }

    /// Whether it is an `Access-Control-…`.
    private func isOfOrigins(_ field: Field, _ head: Range<Int>) -> Bool {
        let name = field.name.range.moved(by: head.lowerBound)
        let prefix: StaticString = "access-control-"
        let count = prefix.utf8CodeUnitCount
        if field.id != .other || name.count <= count { return false }
        let start = ByteRange(name.lowerBound, name.lowerBound + count)
        return equals(scratch.bytes, start, prefix)
    }

    /// Writes the gateway's own fields of every answer, and whether the connection goes on.
    mutating func writeOwnFields(_ index: Int) {
        let endpoint = clients[index].exchange.endpoint
        if endpoint >= 0 {
            out.append(endpoints[endpoint].answerFields)
            if clients[index].exchange.modelIsVisible {
                out.append("X-Olla-Model: ")
                out.append(clients[index].exchange.notes, clients[index].exchange.modelName)
                out.append("\r\n")
            }
        }
        if clients[index].exchange.origin != .unasked {
            gateway.crossOrigin?.engine.writeFields(&self, index)
        }
        out.append("X-Olla-Request-ID: ")
        out.append(clients[index].exchange.notes, clients[index].exchange.requestID)
        out.append("\r\nX-Olla-Response-Time: ")
        let now = Clock.monotonicNanoseconds()
        clients[index].exchange.answeredAt = now
        out.append(milliseconds: now - min(now, clients[index].exchange.startedAt))
        out.append("ms\r\n")
        if !clients[index].exchange.keepsAlive {
            out.append("Connection: close\r\n")
        } else if clients[index].exchange.minorVersion == 0 {
            out.append("Connection: keep-alive\r\n")
        }
    }
}

extension Range<Int> {
    /// The same stretch, `distance` further on.
    func moved(by distance: Int) -> Range<Int> { lowerBound + distance..<upperBound + distance }
}
