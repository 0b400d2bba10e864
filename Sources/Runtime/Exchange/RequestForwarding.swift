/// From a client's request to the bytes that an endpoint gets.
extension Worker {
    /// Sends the request to a connected endpoint; false: the connection turned out to be gone.
    mutating func sendRequest(_ index: Int, _ upstream: Int) -> Bool {
        restoreHead(index)
        let splice = modelSplice(index)
        writeRequestHead(index, addedByteCount: suffix.count - splice.count)
        defer {
            out.removeAll()
            suffix.removeAll()
        }
        upstreams[upstream].decoder = ChunkDecoder(isStrict: false)
        if clients[index].phase == .upload {
            beginUpload(index, upstream, splice)
            return true
        }
        clients[index].phase = .waiting
        let head = clients[index].exchange.headByteCount
        let end = head + clients[index].exchange.heldByteCount
        let before = head..<head + splice.lowerBound
        let after = head + splice.upperBound..<end
        let total = out.count + before.count + suffix.count + after.count
        let result: IOResult
        if upstreams[upstream].carrier == .plain || total <= Worker.recordByteCount {
            result = sendPieces(upstream, index, before, after, total: total)
        } else {
            keepRequest(index, upstream, before, after, sent: 0)
            result = sendKept(upstream, total: total)
        }
        switch result {
        case .bytes(let sent):
            if sent < total { keepRequest(index, upstream, before, after, sent: sent) }
        case .wouldBlock:
            keepRequest(index, upstream, before, after, sent: 0)
        case .end, .failed:
            return false
        }
        let timeouts = endpoints[upstreams[upstream].endpoint].timeouts
        armAnswer(upstream, milliseconds: timeouts.responseHeaderMilliseconds)
        return true
    }

    /// Parses the head anew where another request's has come in between.
    mutating func restoreHead(_ index: Int) {
        let serial = clients[index].exchange.serial
        if requestHeadSerial == serial { return }
        let count = clients[index].exchange.headByteCount
        let limits = HeadLimits(
            headByteLimit: gateway.limits.headByteLimit,
            fieldCountLimit: gateway.limits.fieldCountLimit,
            targetByteLimit: gateway.limits.targetByteLimit)
        _ = requestHead.read(
            clients[index].input, count: count, seen: 0, limits: limits)
        requestHeadSerial = serial
    }

    /// What of the body gives way to the bytes that this leaves in `suffix`: the model's name where
    /// the endpoint knows it by another, the place of a new member where a default stands in.
    private mutating func modelSplice(_ index: Int) -> Range<Int> {
        suffix.removeAll()
        let candidate = clients[index].exchange.choice.candidate
        let upstreamName = models[candidate].upstreamName
        let start = clients[index].exchange.modelStart
        let end = clients[index].exchange.modelEnd
        if start == end {
            return defaultModelSplice(index, upstreamName)
        }
        guard let upstreamName else { return start..<start }
        if clients[index].exchange.formScan != nil {
            suffix.append(upstreamName)
        } else {
            suffix.append(jsonEscapedText: upstreamName)
        }
        return start..<end
    }

    /// A body that names no model gets the default as its first member.
    private mutating func defaultModelSplice(_ index: Int, _ upstreamName: StaticString?)
        -> Range<Int>
    {
        let head = clients[index].exchange.headByteCount
        let held = clients[index].exchange.heldByteCount
        if clients[index].exchange.modelName.isEmpty || held == 0 { return 0..<0 }
        guard let place = clients[index].input.memberPlace(head..<head + held) else { return 0..<0 }
        suffix.append("\"model\":\"")
        if let upstreamName {
            suffix.append(jsonEscapedText: upstreamName)
        } else {
            let name = clients[index].exchange.modelName
            suffix.append(jsonEscaped: clients[index].exchange.notes, name)
        }
        suffix.append(place.isEmptyObject ? "\"" : "\",")
        return place.offset..<place.offset
    }

    private mutating func sendPieces(
        _ upstream: Int, _ index: Int, _ before: Range<Int>, _ after: Range<Int>, total: Int
    ) -> IOResult {
        if upstreams[upstream].carrier == .plain && total > 12_288 {
            return Socket.send(
                upstreams[upstream].socket, out, clients[index].input, before, suffix, after)
        }
        let headByteCount = out.count
        out.append(clients[index].input, before)
        out.append(suffix)
        out.append(clients[index].input, after)
        let result = sendOut(upstream)
        out.truncate(to: headByteCount)
        return result
    }

    /// What a layer takes in one piece, as TLS does in one record.
    private static var recordByteCount: Int { 16_384 }

    /// Sends a request that is in the connection's `output`, from where what is not taken now goes
    /// on; so a large one is gathered in memory that it alone uses.
    private mutating func sendKept(_ upstream: Int, total: Int) -> IOResult {
        switch sendOutput(upstream) {
        case .bytes, .wouldBlock:
            if upstreams[upstream].output.isEmpty {
                upstreams[upstream].output.close(into: &buffers)
            }
            return .bytes(total)
        case .end: return .end
        case .failed(let error): return .failed(error)
        }
    }

    private mutating func keepRequest(
        _ index: Int, _ upstream: Int, _ before: Range<Int>, _ after: Range<Int>, sent: Int
    ) {
        var skip = sent
        upstreams[upstream].output.open(from: &buffers)
        upstreams[upstream].output.append(out, skipping: &skip)
        upstreams[upstream].output.append(clients[index].input, before, skipping: &skip)
        upstreams[upstream].output.append(suffix, skipping: &skip)
        upstreams[upstream].output.append(clients[index].input, after, skipping: &skip)
    }
}

extension ByteBuffer {
    /// Where in the `range` a first member of the JSON object in it would stand.
    fileprivate func memberPlace(_ range: Range<Int>) -> (offset: Int, isEmptyObject: Bool)? {
        let body = bytes.extracting(range)
        guard let brace = firstIndex(after: 0, in: body), body[brace] == UInt8(ascii: "{"),
            let next = firstIndex(after: brace + 1, in: body)
        else { return nil }
        return (brace + 1, body[next] == UInt8(ascii: "}"))
    }
}

/// The first index from `start` on that holds no JSON white space; nil: there is none.
private func firstIndex(after start: Int, in bytes: borrowing Span<UInt8>) -> Int? {
    var index = start
    while index < bytes.count {
        switch bytes[index] {
        case 0x20, 0x09, 0x0a, 0x0d: index += 1
        default: return index
        }
    }
    return nil
}
