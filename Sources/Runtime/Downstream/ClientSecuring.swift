/// TLS towards clients: the handshake before the first request, and the bytes of a connection
/// whatever carries them.
extension Worker {
    /// Begins the session of a new connection.
    mutating func secureClient(_ index: Int) {
        guard let session = security?.accept(clients[index].socket) else {
            discardClient(index)
            return
        }
        clients[index].carrier = .secured(session)
        clients[index].phase = .handshaking
        advanceClientHandshake(index)
    }

    /// Moves the handshake on; when it is complete, requests are read.
    mutating func advanceClientHandshake(_ index: Int) {
        guard case .secured(let session) = clients[index].carrier, let security else { return }
        switch security.handshake(session) {
        case .waiting:
            break
        case .failed(let fault):
            // Whoever only looks whether the port is open is no fault.
            if fault != .closed { tellClientFault(index, security.detail(session)) }
            discardClient(index)
        case .complete:
            clients[index].phase = .head
            clients[index].mayRead = true
            readClient(index)
        }
    }

    /// Tells what kept a client's session from coming about, once a second and worker at most.
    mutating func tellClientFault(_ index: Int, _ detail: String) {
        clientFaultCount += 1
        if clientFaultToldAt != 0 && nowMilliseconds < clientFaultToldAt + 1000 { return }
        clientFaultToldAt = nowMilliseconds
        EventLog.write(
            "client_tls_failed",
            [
                "client": .text(clients[index].peer.text()), "detail": .text(detail),
                "count": .number(clientFaultCount - toldClientFaultCount),
            ])
        toldClientFaultCount = clientFaultCount
    }

    /// Receives into the room behind the last byte of the connection's `input`.
    mutating func receiveInput(_ index: Int) -> IOResult {
        guard case .secured(let session) = clients[index].carrier, let security else {
            return clients[index].input.receive(from: clients[index].socket)
        }
        return unsafe clients[index].input.receive {
            unsafe security.receive(session, into: $0, byteCount: $1)
        }
    }

    /// Whether a read that gave `count` of `room` bytes left nothing behind.
    func isInputDrained(_ index: Int, _ count: Int, of room: Int) -> Bool {
        guard case .secured(let session) = clients[index].carrier, let security else {
            return count < room
        }
        return security.isDrained(session)
    }

    /// Sends what waits in the connection's `output` and consumes what was taken.
    mutating func sendClientOutput(_ index: Int) -> IOResult {
        guard case .secured(let session) = clients[index].carrier, let security else {
            return clients[index].output.send(to: clients[index].socket)
        }
        return unsafe clients[index].output.send {
            unsafe security.send(session, from: $0, byteCount: $1)
        }
    }

    /// Sends `out`, `range` of `scratch` and `suffix` in one piece, so that framing takes no record
    /// of its own, and keeps them.
    mutating func sendThroughLayer(_ index: Int, _ range: Range<Int>, total: Int) -> IOResult {
        guard case .secured(let session) = clients[index].carrier, let security else {
            return .end
        }
        if out.isEmpty && suffix.isEmpty {
            return unsafe scratch.peekSend(range) {
                unsafe security.send(session, from: $0, byteCount: $1)
            }
        }
        out.append(scratch, range)
        out.append(suffix)
        let result = unsafe out.peekSend {
            unsafe security.send(session, from: $0, byteCount: $1)
        }
        out.truncate(to: total - range.count - suffix.count)
        return result
    }

    /// Says farewell, unless an answer broke off that could be taken for whole then. What still
    /// comes is not decrypted any more.
    mutating func endClientSession(_ index: Int) {
        guard case .secured(let session) = clients[index].carrier else { return }
        security?.close(session, aborting: clients[index].isCut)
        clients[index].carrier = .plain
    }
}
