import CLinux
import Glibc

/// Taking connections: each worker has a listening socket of its own on the same port.
extension Worker {
    /// Leaves clients that have not begun to connect to another process that listens here: they ask
    /// again after a second, and find nobody else by then.
    func turnAwayNew() {
        if listener >= 0 && !listenAddress.isUnix { _ = ingot_turn_away(listener) }
    }

    /// Takes whoever waits, and closes the listening socket: the kernel would reset them.
    ///
    /// - Parameter isLate: whether it is closed even if some cannot be taken.
    mutating func closeListener(isLate: Bool) {
        acceptClients()
        if isAcceptPaused && !isLate { return }
        loop.unwatch(listener)
        Socket.close(listener)
        listener = -1
    }

    /// Takes what is waiting; stops, and tries again soon, where there is no room for more.
    mutating func acceptClients() {
        while listener >= 0 {
            if !shared.reserveConnection(limit: gateway.server.maxConnections) {
                pauseAccepting()
                return
            }
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let socket = unsafe ingot_accept(listener, &address, &length)
            if socket < 0 {
                shared.releaseConnection()
                switch ingot_errno() {
                case EAGAIN: resumeAccepting()
                case EMFILE, ENFILE, ENOBUFS, ENOMEM: pauseAccepting()
                case EINTR, ECONNABORTED: continue
                default: break
                }
                return
            }
            admit(socket, from: PeerAddress(address), isAdmin: false)
        }
    }

    /// Takes connections to the port of the own routes: never paused, but few at a time.
    mutating func acceptAdmins() {
        while adminListener >= 0 {
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let socket = unsafe ingot_accept(adminListener, &address, &length)
            if socket < 0 { return }
            if adminCount >= Worker.adminLimit {
                Socket.close(socket)
            } else {
                adminCount += 1
                admit(socket, from: PeerAddress(address), isAdmin: true)
            }
        }
    }

    /// Connections to the port of the own routes at most; a further one is closed.
    private static var adminLimit: Int { 64 }

    private mutating func pauseAccepting() {
        if isAcceptPaused { return }
        isAcceptPaused = true
        loop.unwatch(listener)
    }

    private mutating func resumeAccepting() {
        if !isAcceptPaused { return }
        isAcceptPaused = false
        _ = loop.watchLevel(listener, as: EventToken(.listener, descriptor: listener))
    }

    private mutating func admit(_ socket: Int32, from peer: PeerAddress, isAdmin: Bool) {
        if !listenAddress.isUnix {
            Socket.set(socket, level: Int32(IPPROTO_TCP), option: TCP_NODELAY, to: 1)
        }
        let timer = timers.add()
        let isSecured = gateway.server.tls != nil
        let isTrusted = gateway.server.trustedProxies.contains { peer.isInside($0) }
        let id = clients.insert(
            ClientConnection(
                socket: socket, peer: peer, isFromTrustedProxy: isTrusted, isSecured: isSecured,
                isAdmin: isAdmin, timer: timer))
        let token = EventToken(.client, id)
        timers.name(timer, token)
        if loop.watch(socket, as: token) != nil {
            discardClient(Int(id.index))
            return
        }
        counters.connections.add(1)
        armClient(Int(id.index), milliseconds: gateway.timeouts.clientHeaderMilliseconds)
        if isSecured {
            secureClient(Int(id.index))
        } else {
            readClient(Int(id.index))
        }
    }

    /// Ends a client connection and forgets it; its exchange must have been finished.
    mutating func discardClient(_ index: Int) {
        guard let id = clients.id(at: index) else { return }
        var connection = clients.remove(id)
        connection.input.close(into: &buffers)
        connection.output.close(into: &buffers)
        timers.remove(connection.timer)
        if case .secured(let session) = connection.carrier {
            security?.close(session, aborting: connection.phase != .idle)
        }
        Socket.close(connection.socket)
        if connection.isAdmin {
            adminCount -= 1
        } else {
            shared.releaseConnection()
        }
    }
}
