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

    /// Writes the client's request line without the prefix and behind the endpoint's own path.
    private mutating func writeRequestLine(_ index: Int, _ endpoint: Int) {
        let path = requestHead.path.range
        let cut = path.lowerBound + clients[index].exchange.prefixByteCount
        let method = requestHead.methodRange.range
        out.append(clients[index].input, method.lowerBound..<method.upperBound + 1)
        out.append(endpoints[endpoint].pathPrefix)
        if clients[index].exchange.minorVersion == 1 && requestHead.fields.count > 0 {
            let lineEnd = Int(requestHead.fields[0].name.start)
            out.append(clients[index].input, cut..<lineEnd)
        } else {
            out.append(clients[index].input, cut..<path.upperBound + requestHead.query.range.count)
            out.append(" HTTP/1.1\r\n")
        }
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
        if clients[index].isFromTrustedProxy {
            writeTrustedFields(index)
        } else {
            out.append(clients[index].forwardedFields)
            out.append(clients[index].input, requestHead.host.range)
        }
        out.append("\r\nVia: ")
        writeInbound(.via, index, separator: ", ")
        out.append("1.1 ingot\r\nX-Request-ID: ")
        out.append(clients[index].exchange.notes, clients[index].exchange.requestID)
        out.append("\r\n")
    }

    /// Passes on what a trusted proxy says of the client, and adds the proxy to it.
    private mutating func writeTrustedFields(_ index: Int) {
        out.append("X-Forwarded-For: ")
        writeInbound(.xForwardedFor, index, separator: ", ")
        out.append(clients[index].peerText)
        out.append("\r\nX-Forwarded-Proto: ")
        if !writeInbound(.xForwardedProto, index) {
            out.append(clients[index].carrier == .plain ? "http" : "https")
        }
        out.append("\r\nX-Forwarded-Host: ")
        if !writeInbound(.xForwardedHost, index) {
            out.append(clients[index].input, requestHead.host.range)
        }
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
