/// The head of a request as an endpoint gets it.
extension Worker {
    /// Writes the head to `out`; the body is `addedByteCount` longer than what the client sent.
    mutating func writeRequestHead(_ index: Int, addedByteCount: Int) {
        let endpoint = clients[index].exchange.endpoint
        writeRequestLine(index, endpoint)
        out.append(endpoints[endpoint].hostLine)
        writeClientFields(index, endpoint)
        writeForwardedFields(index)
        writeRequestFraming(index, addedByteCount: addedByteCount)
        out.append(endpoints[endpoint].fields)
        out.append("\r\n")
    }

    private mutating func writeRequestLine(_ index: Int, _ endpoint: Int) {
        let path = requestHead.path.range
        let cut = path.lowerBound + clients[index].exchange.prefixByteCount
        out.append(clients[index].input, requestHead.methodRange.range)
        out.append(" ")
        out.append(endpoints[endpoint].pathPrefix)
        out.append(clients[index].input, cut..<path.upperBound)
        out.append(clients[index].input, requestHead.query.range)
        out.append(" HTTP/1.1\r\n")
    }

    /// Copies the fields that are passed on, neighbours in one piece.
    private mutating func writeClientFields(_ index: Int, _ endpoint: Int) {
        let end = clients[index].exchange.headByteCount - 2
        var run = 0..<0
        for number in 0..<requestHead.fields.count {
            let field = requestHead.fields[number]
            if !passesOn(field, index, endpoint) { continue }
            let isLast = number + 1 == requestHead.fields.count
            let next = isLast ? end : Int(requestHead.fields[number + 1].name.start)
            let start = Int(field.name.start)
            if run.upperBound == start {
                run = run.lowerBound..<next
            } else {
                out.append(clients[index].input, run)
                run = start..<next
            }
        }
        out.append(clients[index].input, run)
    }

    /// Whether the endpoint gets a client's field: what is for this connection alone, what speaks
    /// for the gateway, and what the endpoint sets for itself is left out.
    private func passesOn(_ field: Field, _ index: Int, _ endpoint: Int) -> Bool {
        switch field.id {
        case .connection, .keepAlive, .proxyPrefixed, .te, .trailer, .transferEncoding, .upgrade,
            .host, .contentLength, .expect, .cookie, .forwarded, .xForwardedFor, .xForwardedProto,
            .xForwardedHost, .via, .xRequestID, .ollaPrefixed, .steering:
            return false
        case .authorization, .xAPIKey, .apiKey:
            if !endpoints[endpoint].forwardsCredentials { return false }
        default:
            break
        }
        if requestHead.connectionNamesOthers
            && requestHead.isNamedByConnection(field, in: clients[index].input)
        {
            return false
        }
        return !endpoints[endpoint].setsField(field.name.range, of: clients[index].input)
    }

    private mutating func writeForwardedFields(_ index: Int) {
        let isTrusted = clients[index].isFromTrustedProxy
        out.append("X-Forwarded-For: ")
        if isTrusted { writeInbound(.xForwardedFor, index, separator: ", ") }
        out.append(clients[index].peerText)
        out.append("\r\nX-Forwarded-Proto: ")
        if !isTrusted || !writeInbound(.xForwardedProto, index) { out.append("http") }
        out.append("\r\nX-Forwarded-Host: ")
        if !isTrusted || !writeInbound(.xForwardedHost, index) {
            out.append(clients[index].input, requestHead.host.range)
        }
        out.append("\r\nVia: ")
        writeInbound(.via, index, separator: ", ")
        out.append("1.1 ingot\r\nX-Request-ID: ")
        out.append(clients[index].exchange.notes, clients[index].exchange.requestID)
        out.append("\r\n")
    }

    /// Copies the values of the client's fields of one name, each with `separator` behind it.
    @discardableResult
    private mutating func writeInbound(
        _ name: FieldName, _ index: Int, separator: StaticString = ""
    ) -> Bool {
        var isFound = false
        for number in 0..<requestHead.fields.count where requestHead.fields[number].id == name {
            let value = requestHead.fields[number].value.range
            out.append(clients[index].input, value)
            out.append(separator)
            isFound = true
            if separator.utf8CodeUnitCount == 0 { break }
        }
        return isFound
    }

    private mutating func writeRequestFraming(_ index: Int, addedByteCount: Int) {
        switch clients[index].exchange.framing {
        case .none:
            break
        case .chunked where !clients[index].exchange.isBodyComplete:
            out.append("Transfer-Encoding: chunked\r\n")
        case .chunked:
            writeLength(clients[index].exchange.bodyByteCount + addedByteCount)
        case .length(let length):
            writeLength(length + addedByteCount)
        }
    }

    private mutating func writeLength(_ byteCount: Int) {
        out.append("Content-Length: ")
        out.append(decimal: byteCount)
        out.append("\r\n")
    }
}

extension EndpointState {
    /// Whether the endpoint sets a field of this name itself.
    func setsField(_ name: borrowing Span<UInt8>) -> Bool {
        if fieldNameLengths & 1 << UInt64(min(name.count, 63)) == 0 { return false }
        for own in fieldNames where own.count == name.count {
            var index = 0
            while index < own.count && own[index] == name[index] | 0x20 { index += 1 }
            if index == own.count { return true }
        }
        return false
    }
}
