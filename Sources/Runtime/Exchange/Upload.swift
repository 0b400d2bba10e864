/// Bodies too large to be sent again: held until their model is known, then forwarded as they come.
extension Worker {
    /// Whether more of the body can be taken now: what is held has its bound, and what an endpoint
    /// has not taken yet is waited for.
    func wantsUploadBytes(_ index: Int) -> Bool {
        if clients[index].exchange.isBodyComplete { return false }
        if clients[index].exchange.model < 0 { return true }
        let upstream = clients[index].exchange.upstream
        return upstreams.holds(upstream) && upstreams[Int(upstream.index)].isOpen
            && upstreams[Int(upstream.index)].output.isEmpty
    }

    /// Takes what has come of the body; true: go on with the connection's next phase.
    mutating func advanceUpload(_ index: Int) -> Bool {
        if !takeUpload(index) { return true }
        scanHeld(index)
        let isAtEnd = clients[index].exchange.isBodyComplete
        let wasKnown = clients[index].exchange.model >= 0
        if !wasKnown && isModelTooFarBehind(index) {
            refuse(index, .modelTooFarBehind, closing: true)
            return true
        }
        if !modelIsKnown(index, atEnd: isAtEnd) {
            if clients[index].phase != .upload { return true }
            armClient(index, milliseconds: gateway.timeouts.clientBodyMilliseconds)
            return false
        }
        armClient(index, milliseconds: gateway.timeouts.clientBodyMilliseconds)
        if !wasKnown {
            forward(index)
            return clients[index].phase != .upload
        }
        let upstream = clients[index].exchange.upstream
        if upstreams.holds(upstream) && upstreams[Int(upstream.index)].isOpen {
            pumpUpload(index, Int(upstream.index))
        }
        return false
    }

    /// Whether more than may be held has come and the model does not stand in that.
    private func isModelTooFarBehind(_ index: Int) -> Bool {
        let limit = gateway.limits.heldByteLimit
        if clients[index].exchange.heldByteCount <= limit { return false }
        return clients[index].exchange.foundModelEnd.map { $0 > limit } ?? true
    }

    /// Counts what has come towards the body; false: the request was refused.
    private mutating func takeUpload(_ index: Int) -> Bool {
        guard case .length(let length) = clients[index].exchange.framing else {
            return clients[index].exchange.isBodyComplete || takeChunks(index)
        }
        let known = clients[index].exchange.headByteCount + clients[index].exchange.heldByteCount
        let missing = length - clients[index].exchange.bodyByteCount
        let taken = min(clients[index].input.count - known, missing)
        clients[index].exchange.heldByteCount += taken
        clients[index].exchange.bodyByteCount += taken
        clients[index].exchange.isBodyComplete = taken == missing
        return true
    }

    /// Sends the head, in `out`, and what is held of the body with the model's name in `suffix`.
    mutating func beginUpload(_ index: Int, _ upstream: Int, _ splice: Range<Int>) {
        let head = clients[index].exchange.headByteCount
        let held = clients[index].exchange.heldByteCount
        upstreams[upstream].output.open(from: &buffers)
        clients[index].exchange.isUploadChunked = !clients[index].exchange.isBodyComplete
        if isSentInChunks(index) {
            out.append(hexadecimal: held + suffix.count - splice.count)
            out.append("\r\n")
        }
        upstreams[upstream].output.append(out)
        let before = head..<head + splice.lowerBound
        let after = head + splice.upperBound..<head + held
        upstreams[upstream].output.append(clients[index].input, before)
        upstreams[upstream].output.append(suffix)
        upstreams[upstream].output.append(clients[index].input, after)
        if isSentInChunks(index) { upstreams[upstream].output.append("\r\n") }
        forgetSent(index, byteCount: head + held)
        clients[index].exchange.headByteCount = 0
        flushUpload(index, upstream)
    }

    /// Sends on what is held of the body.
    private mutating func pumpUpload(_ index: Int, _ upstream: Int) {
        let held = clients[index].exchange.heldByteCount
        if held > 0 {
            upstreams[upstream].output.open(from: &buffers)
            if isSentInChunks(index) {
                upstreams[upstream].output.append(hexadecimal: held)
                upstreams[upstream].output.append("\r\n")
            }
            upstreams[upstream].output.append(clients[index].input, 0..<held)
            if isSentInChunks(index) { upstreams[upstream].output.append("\r\n") }
            forgetSent(index, byteCount: held)
        }
        flushUpload(index, upstream)
    }

    private mutating func forgetSent(_ index: Int, byteCount: Int) {
        clients[index].input.consume(byteCount)
        clients[index].exchange.heldByteCount = 0
        clients[index].exchange.scannedByteCount = 0
        clients[index].exchange.isBodyPartlySent = true
        if clients[index].input.isEmpty { clients[index].input.close(into: &buffers) }
    }

    /// Whether the endpoint gets the body in chunks because its length was not told.
    private func isSentInChunks(_ index: Int) -> Bool {
        clients[index].exchange.framing == .chunked && clients[index].exchange.isUploadChunked
    }

    private mutating func flushUpload(_ index: Int, _ upstream: Int) {
        if clients[index].exchange.isBodyComplete {
            if isSentInChunks(index) { upstreams[upstream].output.append("0\r\n\r\n") }
            clients[index].phase = .waiting
            armClient(index, milliseconds: 0)
            let timeouts = endpoints[upstreams[upstream].endpoint].timeouts
            armAnswer(upstream, milliseconds: timeouts.responseHeaderMilliseconds)
        } else {
            armIdle(upstream)
        }
        flushUpstream(upstream)
    }
}
