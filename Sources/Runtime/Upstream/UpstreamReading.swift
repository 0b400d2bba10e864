/// From an endpoint's socket to the pieces of its answer.
extension Worker {
    /// Bytes of an answer's head at most.
    static var headByteLimit: Int { 65_536 }

    mutating func upstreamEvent(_ upstream: Int, _ event: Event) {
        guard let id = upstreams.id(at: upstream) else { return }
        if event.isEnded { upstreams[upstream].hasEnded = true }
        switch upstreams[upstream].phase {
        case .connecting:
            if event.isWritable { attemptSettled(upstream) }
            return
        case .handshaking:
            handshakeEvent(upstream)
            return
        case .idle:
            if event.isReadable && !staysIdle(upstream, event) { closeUpstream(upstream) }
            return
        case .held:
            return
        case .head, .errorBody, .body, .firstEvent:
            break
        }
        // A layer may have to read before it can write, and the other way round.
        let isLayered = upstreams[upstream].carrier != .plain
        if (event.isWritable || isLayered) && !upstreams[upstream].output.isEmpty {
            flushUpstream(upstream)
        }
        if (event.isReadable || isLayered) && upstreams.holds(id) {
            upstreams[upstream].mayRead = true
            readUpstream(upstream)
        }
    }

    /// Sends what is left of the request; then the client may go on with its upload.
    mutating func flushUpstream(_ upstream: Int) {
        switch sendOutput(upstream) {
        case .bytes, .wouldBlock: break
        case .end, .failed:
            upstreams[upstream].output.removeAll()
            upstreams[upstream].mayRead = true
            upstreams[upstream].hasEnded = true
            guard let id = upstreams.id(at: upstream) else { return }
            ready.append(EventToken(.upstream, id))
            return
        }
        if !upstreams[upstream].output.isEmpty { return }
        upstreams[upstream].output.close(into: &buffers)
        let client = upstreams[upstream].client
        if clients.holds(client) && clients[Int(client.index)].phase == .upload {
            ready.append(EventToken(.client, client))
        }
    }

    /// Reads as long as there are bytes and the client takes them.
    mutating func readUpstream(_ upstream: Int) {
        guard let id = upstreams.id(at: upstream) else { return }
        var rounds = 0
        while upstreams.holds(id) && upstreams[upstream].mayRead && isClientTaking(upstream) {
            rounds += 1
            if rounds > 16 {
                ready.append(EventToken(.upstream, id))
                return
            }
            scratch.removeAll()
            if !upstreams[upstream].tail.isEmpty {
                scratch.append(upstreams[upstream].tail)
                upstreams[upstream].tail.close(into: &buffers)
                scratch.reserve(16_384)
            }
            let room = scratch.writableCount
            switch receiveScratch(upstream) {
            case .bytes(let count):
                if !upstreams[upstream].hasEnded && isDrained(upstream, count, of: room) {
                    upstreams[upstream].mayRead = false
                }
                upstreams[upstream].hasAnswered = true
                takeAnswer(upstream)
            case .wouldBlock:
                upstreams[upstream].mayRead = false
                keepTail(upstream, from: 0)
            case .end:
                upstreams[upstream].mayRead = false
                upstreamEnded(upstream, isReset: false)
                return
            case .failed:
                upstreams[upstream].mayRead = false
                upstreamEnded(upstream, isReset: true)
                return
            }
        }
    }

    private func isClientTaking(_ upstream: Int) -> Bool {
        let client = upstreams[upstream].client
        guard clients.holds(client) else { return upstreams[upstream].probe >= 0 }
        return clients[Int(client.index)].output.isEmpty
    }

    /// Keeps what of `scratch` is not whole yet for the next read.
    mutating func keepTail(_ upstream: Int, from offset: Int) {
        if offset >= scratch.count { return }
        upstreams[upstream].tail.open(from: &buffers)
        upstreams[upstream].tail.append(scratch, offset..<scratch.count)
    }

    /// The answer, or the next piece of it, is in `scratch`.
    private mutating func takeAnswer(_ upstream: Int) {
        switch upstreams[upstream].phase {
        case .head: takeAnswerHead(upstream)
        case .errorBody: collectError(upstream)
        case .body: relay(upstream, from: 0)
        case .firstEvent: takeFirstEvent(upstream)
        case .connecting, .handshaking, .idle, .held: closeUpstream(upstream)
        }
    }

    private mutating func takeAnswerHead(_ upstream: Int) {
        let client = upstreams[upstream].client
        guard clients.holds(client) else {
            withoutClient(upstream, .received(upstream))
            return
        }
        let index = Int(client.index)
        let limits = HeadLimits(
            headByteLimit: Worker.headByteLimit, fieldCountLimit: Worker.responseFieldLimit,
            targetByteLimit: 0)
        var offset = 0
        while true {
            let progress = responseHead.read(
                scratch, offset..<scratch.count,
                seen: offset == 0 ? upstreams[upstream].seenByteCount : 0,
                isAnswerToHead: clients[index].exchange.method == .head, limits: limits)
            switch progress {
            case .incomplete:
                upstreams[upstream].seenByteCount = scratch.count - offset
                keepTail(upstream, from: offset)
                return
            case .refused(let fault):
                upstreamFailed(upstream, .malformedAnswer(fault))
                return
            case .complete where responseHead.status == 101:
                upstreamFailed(upstream, .unaskedUpgrade)
                return
            case .complete(let byteCount) where responseHead.status < 200:
                offset += byteCount
                upstreams[upstream].seenByteCount = 0
                if offset == scratch.count { return }
            case .complete(let byteCount):
                upstreams[upstream].seenByteCount = 0
                beginAnswer(upstream, index, head: offset..<offset + byteCount)
                return
            }
        }
    }

    /// The endpoint has ended the connection, or broken it; what was kept of its answer is in
    /// `scratch`. Only an orderly end ends an answer without a length.
    private mutating func upstreamEnded(_ upstream: Int, isReset: Bool) {
        upstreams[upstream].hasEnded = true
        let isWhole = upstreams[upstream].framing == .untilClose && !isReset
        switch upstreams[upstream].phase {
        case .connecting, .handshaking:
            upstreamFailed(upstream, .closedEarly)
        case .idle, .held:
            closeUpstream(upstream)
        case .firstEvent:
            if isWhole {
                firstEventEnded(upstream)
            } else {
                upstreamFailed(upstream, .cut)
            }
        case .head where isWhole && upstreams[upstream].probe >= 0:
            withoutClient(upstream, .ended(upstream))
        case .head where upstreams[upstream].hasAnswered:
            upstreamFailed(upstream, .cut)
        case .head:
            if let failure = wideFailure(upstream) {
                upstreamFailed(upstream, failure)
            } else {
                upstreamFailed(upstream, isReset ? closedWithoutAnswer(upstream) : .closedEarly)
            }
        case .errorBody:
            if isWhole {
                answerError(upstream)
            } else {
                upstreamFailed(upstream, .cut)
            }
        case .body:
            if isWhole {
                endUntilClose(upstream)
            } else {
                upstreamFailed(upstream, .cut)
            }
        }
    }
}
