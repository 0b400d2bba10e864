/// The answer's body: every read is forwarded at once, framed so that each write ends a chunk.
extension Worker {
    /// Forwards what of the body stands in `scratch` from `offset` on, behind the head in `out`.
    mutating func relay(_ upstream: Int, from offset: Int) {
        let client = upstreams[upstream].client
        guard clients.holds(client) else {
            closeUpstream(upstream)
            return
        }
        let index = Int(client.index)
        switch upstreams[upstream].framing {
        case .none:
            if offset < scratch.count { upstreams[upstream].keepsAlive = false }
            if deliver(index, offset..<offset) { endAnswer(upstream) }
        case .length:
            relayLength(upstream, index, from: offset)
        case .chunked:
            relayChunks(upstream, index, from: offset)
        case .untilClose:
            deliverPiece(upstream, index, offset..<scratch.count)
        }
    }

    private mutating func relayLength(_ upstream: Int, _ index: Int, from offset: Int) {
        let count = min(scratch.count - offset, upstreams[upstream].bodyByteCountLeft)
        if offset + count < scratch.count { upstreams[upstream].keepsAlive = false }
        upstreams[upstream].bodyByteCountLeft -= count
        clients[index].exchange.sentByteCount += count
        if !deliver(index, offset..<offset + count) { return }
        if upstreams[upstream].bodyByteCountLeft == 0 {
            endAnswer(upstream)
        } else {
            armIdle(upstream)
        }
    }

    /// Forwards whole chunks as they are; where a read cuts one, makes one of what is there.
    private mutating func relayChunks(_ upstream: Int, _ index: Int, from offset: Int) {
        let before = upstreams[upstream].decoder
        var wholeEnd = offset
        var cursor = offset
        var byteCount = 0
        reading: while true {
            switch upstreams[upstream].decoder.next(scratch, from: cursor) {
            case .data(let range):
                byteCount += range.count
                cursor = range.upperBound
                wholeEnd = cursor + 2
            case .needMore:
                guard upstreams[upstream].decoder.isBetweenChunks,
                    isForwardedWhole(upstream, index, before)
                else { break reading }
                clients[index].exchange.sentByteCount += byteCount
                if deliver(index, offset..<wholeEnd) { armIdle(upstream) }
                return
            case .end(let next):
                guard isForwardedWhole(upstream, index, before) else { break reading }
                if next < scratch.count { upstreams[upstream].keepsAlive = false }
                clients[index].exchange.sentByteCount += byteCount
                writeLastChunk(index)
                if deliver(index, offset..<wholeEnd) { endAnswer(upstream) }
                return
            case .fault:
                breakFraming(upstream, index)
                return
            }
        }
        upstreams[upstream].decoder = before
        reframe(upstream, index, from: offset)
    }

    /// The endpoint's framing is broken; where nothing has been sent yet, the client gets an error
    /// instead of half an answer.
    private mutating func breakFraming(_ upstream: Int, _ index: Int) {
        if !out.isEmpty {
            out.removeAll()
            clients[index].exchange.answeredAt = 0
        }
        upstreamFailed(upstream, .cut)
    }

    /// Whether a piece that ends between two chunks can go to the client as it came.
    private func isForwardedWhole(_ upstream: Int, _ index: Int, _ before: ChunkDecoder) -> Bool {
        clients[index].exchange.answerFraming == .chunked && before.isBetweenChunks
            && !upstreams[upstream].decoder.hasExtension
    }

    /// Takes the framing off what has come and sends it as one chunk.
    private mutating func reframe(_ upstream: Int, _ index: Int, from offset: Int) {
        var end = offset
        var cursor = offset
        while true {
            switch upstreams[upstream].decoder.next(scratch, from: cursor) {
            case .data(let range):
                scratch.move(range, to: end)
                end += range.count
                cursor = range.upperBound
            case .needMore:
                deliverPiece(upstream, index, offset..<end)
                return
            case .end(let next):
                if next < scratch.count { upstreams[upstream].keepsAlive = false }
                deliverPiece(upstream, index, offset..<end, isLast: true)
                return
            case .fault:
                breakFraming(upstream, index)
                return
            }
        }
    }

    /// Sends a piece of the body, which is `range` of `scratch`, in the client's framing.
    mutating func deliverPiece(
        _ upstream: Int, _ index: Int, _ range: Range<Int>, isLast: Bool = false
    ) {
        clients[index].exchange.sentByteCount += range.count
        if clients[index].exchange.answerFraming == .chunked {
            if !range.isEmpty {
                out.append(hexadecimal: range.count)
                out.append("\r\n")
                suffix.append("\r\n")
            }
            if isLast { writeLastChunk(index) }
        }
        if !deliver(index, range) { return }
        if isLast {
            endAnswer(upstream)
        } else {
            armIdle(upstream)
        }
    }

    /// Writes the end of a chunked answer to `suffix`, with the time that all of it took.
    private mutating func writeLastChunk(_ index: Int) {
        suffix.append("0\r\nX-Olla-Response-Time: ")
        let end = Clock.monotonicNanoseconds()
        suffix.append(milliseconds: end - min(end, clients[index].exchange.startedAt))
        suffix.append("ms\r\n\r\n")
    }
}
