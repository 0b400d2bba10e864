/// From a client's socket to the end of a request's head.
extension Worker {
    mutating func clientEvent(_ index: Int, _ event: Event) {
        guard let id = clients.id(at: index) else { return }
        if event.isEnded { clients[index].hasEnded = true }
        if clients[index].phase == .handshaking {
            advanceClientHandshake(index)
            return
        }
        // A layer may have to read before it can write, and the other way round.
        let isLayered = clients[index].carrier != .plain
        if (event.isWritable || isLayered) && !clients[index].output.isEmpty {
            flushClient(index)
            if !clients.holds(id) { return }
        }
        if !event.isReadable && !isLayered { return }
        clients[index].mayRead = true
        readClient(index)
        if clients.holds(id) && clients[index].hasEnded { clientEnded(index) }
    }

    /// Reads as long as the present phase wants bytes and there are any.
    mutating func readClient(_ index: Int) {
        guard let id = clients.id(at: index) else { return }
        var rounds = 0
        while clients.holds(id) && clients[index].mayRead && wantsBytes(index) {
            rounds += 1
            if rounds > 16 {
                ready.append(EventToken(.client, id))
                return
            }
            makeRoom(index)
            let room = clients[index].input.writableCount
            switch receiveInput(index) {
            case .bytes(let count):
                if !clients[index].hasEnded && isInputDrained(index, count, of: room) {
                    clients[index].mayRead = false
                }
                advanceClient(index)
            case .wouldBlock:
                clients[index].mayRead = false
                if clients[index].input.isEmpty { clients[index].input.close(into: &buffers) }
            case .end, .failed:
                clients[index].mayRead = false
                clients[index].hasEnded = true
                clientEnded(index)
                return
            }
        }
    }

    private func wantsBytes(_ index: Int) -> Bool {
        switch clients[index].phase {
        case .idle, .head, .body, .lingering: true
        case .upload: wantsUploadBytes(index)
        case .handshaking, .waiting, .answering, .flushing, .ending: false
        }
    }

    /// Room for what the present phase is waiting for; each has its bound.
    private mutating func makeRoom(_ index: Int) {
        clients[index].input.open(from: &buffers)
        switch clients[index].phase {
        case .body:
            if case .length(let length) = clients[index].exchange.framing {
                let whole = clients[index].exchange.headByteCount + length
                let missing = whole - clients[index].input.count
                clients[index].input.reserve(max(missing, 1))
            } else {
                clients[index].input.reserve(16_384)
            }
        case .upload:
            clients[index].input.reserve(65_536)
        case .lingering:
            clients[index].input.removeAll()
        default:
            clients[index].input.reserve(4096)
        }
    }

    /// The client has ended its half: whatever is under way for it ends as well.
    mutating func clientEnded(_ index: Int) {
        switch clients[index].phase {
        case .handshaking, .idle, .head, .lingering:
            discardClient(index)
        case .body, .upload, .waiting, .answering:
            clientGone(index)
        case .flushing, .ending:
            break
        }
    }

    /// The client has left in the middle: the endpoint is told at once.
    mutating func clientGone(_ index: Int) {
        finishExchange(index, .clientGone)
        discardClient(index)
    }

    /// Works off what has been read, until more bytes or an answer are needed.
    mutating func advanceClient(_ index: Int) {
        guard let id = clients.id(at: index) else { return }
        var goesOn = true
        while goesOn && clients.holds(id) {
            switch clients[index].phase {
            case .idle, .head: goesOn = readHead(index)
            case .body: goesOn = collectBody(index)
            case .upload: goesOn = advanceUpload(index)
            case .lingering: goesOn = linger(index)
            case .handshaking, .waiting, .answering, .flushing, .ending: goesOn = false
            }
        }
    }

    private mutating func readHead(_ index: Int) -> Bool {
        if clients[index].input.isEmpty { return false }
        let limits = HeadLimits(
            headByteLimit: gateway.limits.headByteLimit,
            fieldCountLimit: gateway.limits.fieldCountLimit,
            targetByteLimit: gateway.limits.targetByteLimit)
        let progress = requestHead.read(
            clients[index].input, count: clients[index].input.count,
            seen: clients[index].seenByteCount, limits: limits)
        switch progress {
        case .incomplete:
            clients[index].seenByteCount = clients[index].input.count
            if clients[index].phase == .idle {
                clients[index].phase = .head
                armClient(index, milliseconds: gateway.timeouts.clientHeaderMilliseconds)
            }
            return false
        case .complete(let byteCount):
            clients[index].seenByteCount = 0
            beginExchange(index, headByteCount: byteCount)
        case .refused(let fault):
            beginExchange(index)
            refuse(index, Refusal(fault), closing: true)
        }
        return true
    }

    /// Throws away what a refused client still sends, so that its answer is not lost to a reset.
    private mutating func linger(_ index: Int) -> Bool {
        clients[index].lingeredByteCount += clients[index].input.count
        clients[index].input.removeAll()
        if clients[index].lingeredByteCount > 1 << 20 { discardClient(index) }
        return false
    }

    /// The client's clock has run out.
    mutating func clientExpired(_ index: Int) {
        switch clients[index].phase {
        case .handshaking:
            tellClientFault(index, "it did not end in time")
            discardClient(index)
        case .idle, .lingering, .flushing, .ending:
            discardClient(index)
        case .head:
            if clients[index].input.isEmpty {
                discardClient(index)
            } else {
                beginExchange(index)
                refuse(index, .headerTimeout, closing: true)
            }
        case .upload where !wantsUploadBytes(index):
            armClient(index, milliseconds: gateway.timeouts.clientBodyMilliseconds)
        case .body, .upload:
            refuse(index, .bodyTimeout, closing: true)
        case .waiting:
            clientGone(index)
        case .answering:
            finishExchange(index, .clientGone)
            discardClient(index)
        }
    }
}
