/// From an endpoint's answer to what the client gets.
extension Worker {
    /// Bytes of an error's body that are held at most to tell where it came from.
    private static var errorBodyByteLimit: Int { 65_536 }

    /// The answer's head, `head` of `scratch`, has come whole and is in `responseHead`.
    mutating func beginAnswer(_ upstream: Int, _ index: Int, head: Range<Int>) {
        let status = responseHead.status
        if judge != nil { hear(index, AttemptResult(status: status)) }
        if gateway.retry.statuses.contains(status) && mayRetry(index),
            let next = nextForRetry(index)
        {
            scratch.consume(head.lowerBound)
            hold(upstream, index)
            goOn(index, to: next)
            return
        }
        if clients[index].exchange.attemptStartedAt != 0 {
            noteLatency(index, isFailure: status >= 500 || status == 429)
        }
        if responseHead.isEventStream && isFirstEventAwaited(index) {
            awaitFirstEvent(upstream, index, head: head)
            return
        }
        acceptAnswer(upstream, index, head: head)
    }

    /// Takes the answer whose head, `head` of `scratch`, is in `responseHead`, for the client's.
    mutating func acceptAnswer(_ upstream: Int, _ index: Int, head: Range<Int>) {
        let status = responseHead.status
        if clients[index].exchange.held != .none { dropHeld(index) }
        upstreams[upstream].keepsAlive = responseHead.keepsAlive
        upstreams[upstream].framing = responseHead.framing
        if case .length(let length) = responseHead.framing {
            upstreams[upstream].bodyByteCountLeft = length
        }
        if mayTellOrigin(status) {
            upstreams[upstream].phase = .errorBody
            upstreams[upstream].errorHeadByteCount = head.count
            upstreams[upstream].errorBodyByteCount = 0
            armIdle(upstream)
            scratch.consume(head.lowerBound)
            collectError(upstream)
            return
        }
        upstreams[upstream].phase = .body
        startAnswer(upstream, index, head: head)
        relay(upstream, from: head.upperBound)
    }

    /// Whether the answer is an error that gets `olla_context`.
    private func mayTellOrigin(_ status: UInt16) -> Bool {
        guard status >= 400, responseHead.isJSON, !responseHead.hasContentCoding else {
            return false
        }
        switch responseHead.framing {
        case .none: return false
        case .length(let length): return length > 0 && length <= Worker.errorBodyByteLimit
        case .chunked, .untilClose: return true
        }
    }

    /// Starts the clock that runs between two reads of an answer.
    mutating func armIdle(_ upstream: Int) {
        let timeouts = endpoints[upstreams[upstream].endpoint].timeouts
        armAnswer(upstream, milliseconds: timeouts.streamIdleMilliseconds)
    }

    /// Writes the client's head to `out` and lets go of the request, which cannot be repeated now.
    private mutating func startAnswer(
        _ upstream: Int, _ index: Int, head: Range<Int>, bodyByteCount: Int? = nil
    ) {
        if clients[index].phase == .upload { clients[index].exchange.keepsAlive = false }
        clients[index].phase = .answering
        armClient(index, milliseconds: 0)
        clients[index].exchange.status = responseHead.status
        clients[index].exchange.isEventStream = responseHead.isEventStream
        chooseFraming(upstream, index, bodyByteCount: bodyByteCount)
        writeAnswerHead(index, head: head, bodyByteCount: bodyByteCount)
        releaseRequest(index)
    }

    private mutating func chooseFraming(_ upstream: Int, _ index: Int, bodyByteCount: Int?) {
        let framing: Exchange.AnswerFraming
        switch upstreams[upstream].framing {
        case .none:
            framing = .none
        case .length:
            framing = .length
        case .chunked, .untilClose:
            if bodyByteCount != nil {
                framing = .length
            } else if clients[index].exchange.minorVersion == 1 {
                framing = .chunked
            } else {
                framing = .close
                clients[index].exchange.keepsAlive = false
            }
        }
        clients[index].exchange.answerFraming = framing
    }

    /// Takes the request out of the client's input; what follows it stays.
    private mutating func releaseRequest(_ index: Int) {
        let held = clients[index].exchange.headByteCount + clients[index].exchange.heldByteCount
        clients[index].input.consume(held)
        clients[index].exchange.headByteCount = 0
        clients[index].exchange.heldByteCount = 0
        if clients[index].input.isEmpty { clients[index].input.close(into: &buffers) }
    }

    /// Adds what has come, in `scratch`, to the error that is collected in `tail`.
    mutating func collectError(_ upstream: Int) {
        let start = upstreams[upstream].errorHeadByteCount
        var end = start + upstreams[upstream].errorBodyByteCount
        switch upstreams[upstream].framing {
        case .none:
            end = start
        case .length(let length):
            if scratch.count > start + length { upstreams[upstream].keepsAlive = false }
            end = min(scratch.count, start + length)
            upstreams[upstream].errorBodyByteCount = end - start
            if end == start + length {
                answerCollected(upstream)
                return
            }
        case .untilClose:
            end = scratch.count
        case .chunked:
            var cursor = end
            reading: while true {
                switch upstreams[upstream].decoder.next(scratch, from: cursor) {
                case .data(let range):
                    scratch.move(range, to: end)
                    end += range.count
                    cursor = range.upperBound
                case .needMore:
                    break reading
                case .fault:
                    upstreamFailed(upstream, .cut)
                    return
                case .end(let next):
                    if next != scratch.count { upstreams[upstream].keepsAlive = false }
                    upstreams[upstream].errorBodyByteCount = end - start
                    scratch.truncate(to: end)
                    answerCollected(upstream)
                    return
                }
            }
        }
        scratch.truncate(to: end)
        upstreams[upstream].errorBodyByteCount = end - start
        if end - start > Worker.errorBodyByteLimit {
            forwardLongError(upstream)
        } else {
            keepTail(upstream, from: 0)
            armIdle(upstream)
        }
    }

    /// The collected error, in `scratch`, ended with the connection.
    mutating func answerError(_ upstream: Int) {
        upstreams[upstream].keepsAlive = false
        answerCollected(upstream)
    }

    /// Sends the collected error, head and body in `scratch`, with its origin in it.
    private mutating func answerCollected(_ upstream: Int) {
        guard let index = rereadHead(upstream) else { return }
        let head = 0..<upstreams[upstream].errorHeadByteCount
        let body = head.upperBound..<head.upperBound + upstreams[upstream].errorBodyByteCount
        suffix.removeAll()
        var cut = body.count
        if let place = insertionPoint(scratch.bytes.extracting(body)) {
            cut = place.offset
            if !place.isEmptyObject { suffix.append(",") }
            writeContext(index)
            suffix.append(scratch, body.lowerBound + cut..<body.upperBound)
        }
        let total = cut + suffix.count
        startAnswer(upstream, index, head: head, bodyByteCount: total)
        clients[index].exchange.sentByteCount = total
        let first = body.lowerBound..<body.lowerBound + cut
        if deliver(index, first) { endAnswer(upstream) }
    }

    /// Forwards an error that is too long to be held: what has come of it, then the rest.
    private mutating func forwardLongError(_ upstream: Int) {
        guard let index = rereadHead(upstream) else { return }
        let head = 0..<upstreams[upstream].errorHeadByteCount
        let body = head.upperBound..<scratch.count
        upstreams[upstream].phase = .body
        startAnswer(upstream, index, head: head)
        deliverPiece(upstream, index, body)
    }

    /// Parses the head of a collected error or held stream again; nil: its client is gone.
    mutating func rereadHead(_ upstream: Int) -> Int? {
        let client = upstreams[upstream].client
        guard clients.holds(client) else {
            closeUpstream(upstream)
            return nil
        }
        let count = upstreams[upstream].errorHeadByteCount
        let limits = HeadLimits(
            headByteLimit: count + 1, fieldCountLimit: Worker.responseFieldLimit,
            targetByteLimit: 0)
        _ = responseHead.read(
            scratch, 0..<count, seen: 0, isAnswerToHead: false, limits: limits)
        return Int(client.index)
    }
}
