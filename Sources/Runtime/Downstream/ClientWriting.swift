/// Towards a client's socket: what it does not take at once is kept, and the endpoint waits.
extension Worker {
    /// Sends `out`, then `range` of `scratch`, then `suffix`, and clears `out` and `suffix`.
    ///
    /// - Returns: false where the client is gone; its exchange is finished then.
    mutating func deliver(_ index: Int, _ range: Range<Int>) -> Bool {
        let total = out.count + range.count + suffix.count
        defer {
            out.removeAll()
            suffix.removeAll()
        }
        if total == 0 { return true }
        if !clients[index].output.isEmpty {
            keep(index, range, sent: 0)
            return true
        }
        switch sendNow(index, range, total: total) {
        case .bytes(let sent):
            if sent < total { keep(index, range, sent: sent) }
            return true
        case .wouldBlock:
            keep(index, range, sent: 0)
            return true
        case .end, .failed:
            clientGone(index)
            return false
        }
    }

    private mutating func sendNow(_ index: Int, _ range: Range<Int>, total: Int) -> IOResult {
        if clients[index].carrier != .plain { return sendThroughLayer(index, range, total: total) }
        let socket = clients[index].socket
        if total <= 12_288 && (out.count > 0 || suffix.count > 0) {
            out.append(scratch, range)
            out.append(suffix)
            let result = out.peekSend(to: socket)
            out.truncate(to: total - range.count - suffix.count)
            return result
        }
        if out.isEmpty && suffix.isEmpty {
            return scratch.peekSend(range, to: socket)
        }
        return Socket.send(socket, out, scratch, range, suffix)
    }

    /// Keeps what of the three pieces lies behind the first `sent` bytes.
    private mutating func keep(_ index: Int, _ range: Range<Int>, sent: Int) {
        clients[index].output.open(from: &buffers)
        var skip = sent
        clients[index].output.append(out, skipping: &skip)
        clients[index].output.append(scratch, range, skipping: &skip)
        clients[index].output.append(suffix, skipping: &skip)
        armClient(index, milliseconds: stallMilliseconds(index))
    }

    /// How long a client may take no byte at all of its answer.
    private func stallMilliseconds(_ index: Int) -> Int {
        let endpoint = clients[index].exchange.endpoint
        return endpoint < 0 ? 30_000 : endpoints[endpoint].timeouts.streamIdleMilliseconds
    }

    mutating func flushClient(_ index: Int) {
        guard let id = clients.id(at: index) else { return }
        let before = clients[index].output.count
        switch sendClientOutput(index) {
        case .bytes, .wouldBlock: break
        case .end, .failed:
            clientGone(index)
            return
        }
        if !clients[index].output.isEmpty {
            if clients[index].output.count < before {
                armClient(index, milliseconds: stallMilliseconds(index))
            }
            return
        }
        clients[index].output.close(into: &buffers)
        switch clients[index].phase {
        case .flushing:
            nextRequest(index)
        case .ending:
            endClient(index)
        case .answering, .upload, .waiting:
            if clients[index].phase != .upload { armClient(index, milliseconds: 0) }
            let upstream = clients[index].exchange.upstream
            if upstreams.holds(upstream) { readUpstream(Int(upstream.index)) }
        default:
            break
        }
        if clients.holds(id) { resumeClient(index) }
    }

    /// Goes on with a connection whose answer is written: with what has come meanwhile, or its end.
    mutating func resumeClient(_ index: Int) {
        guard let id = clients.id(at: index), clients[index].phase == .idle else { return }
        let isQuiet = clients[index].input.isEmpty && !clients[index].mayRead
        if isQuiet && !clients[index].hasEnded { return }
        advanceClient(index)
        if clients.holds(id) { readClient(index) }
        guard clients.holds(id), clients[index].hasEnded else { return }
        switch clients[index].phase {
        case .idle, .head, .body: clientEnded(index)
        default: break
        }
    }

    /// The answer is written, or is in `output`: on to the next request, or to the end.
    mutating func finishAnswer(_ index: Int) {
        let keepsAlive = clients[index].exchange.keepsAlive
        if !clients[index].output.isEmpty {
            clients[index].phase = keepsAlive ? .flushing : .ending
        } else if keepsAlive {
            nextRequest(index)
        } else {
            endClient(index)
        }
    }

    /// Makes the connection ready for its next request; the caller goes on with it.
    private mutating func nextRequest(_ index: Int) {
        clients[index].phase = .idle
        if clients[index].input.isEmpty { clients[index].input.close(into: &buffers) }
        armClient(index, milliseconds: idleMilliseconds)
    }

    /// Everything is written: ends the sending half and lets the client do the same.
    private mutating func endClient(_ index: Int) {
        endClientSession(index)
        if clients[index].hasEnded {
            discardClient(index)
            return
        }
        Socket.endSending(clients[index].socket)
        clients[index].phase = .lingering
        clients[index].input.close(into: &buffers)
        clients[index].lingeredByteCount = 0
        armClient(index, milliseconds: 2000)
        if clients[index].mayRead, let id = clients.id(at: index) {
            ready.append(EventToken(.client, id))
        }
    }
}
