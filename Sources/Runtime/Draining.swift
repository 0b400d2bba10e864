/// The end of a worker: new connections are left to a successor, open exchanges run on, the rest
/// is told.
extension Worker {
    /// How long connections that are being made are waited for, and requests from clients that
    /// could not be told that their connection ends.
    private var handoverMilliseconds: Int { min(500, gateway.drain.timeoutMilliseconds) }

    /// Moves the drain on; called in each round once a stop has been asked for.
    mutating func drain() {
        if drainStartedAt == 0 { drainStartedAt = max(nowMilliseconds, 1) }
        let elapsed = nowMilliseconds - drainStartedAt
        let lag = UInt64(gateway.drain.lagMilliseconds)
        if elapsed < lag { return }
        if handoverEndsAt == 0 { beginHandover() }
        let isOver = elapsed >= lag + UInt64(gateway.drain.timeoutMilliseconds)
        if listener >= 0 && nowMilliseconds >= handoverEndsAt { closeListener(isLate: isOver) }
        if isOver { cutOpenExchanges() }
        if listener < 0 && clients.count == adminCount { isFinished = true }
    }

    /// How long a connection is kept between two requests: in a drain a client that has not been
    /// told has its next one answered if that is on its way already.
    var idleMilliseconds: Int {
        handoverEndsAt == 0
            ? gateway.timeouts.keepAliveMilliseconds : max(handoverMilliseconds, 1)
    }

    private mutating func beginHandover() {
        // Nobody else can listen at the file of a unix socket meanwhile.
        let wait = listenAddress.isUnix ? 0 : UInt64(handoverMilliseconds)
        handoverEndsAt = nowMilliseconds + wait
        turnAwayNew()
        for index in 0..<clients.indexLimit where clients.id(at: index) != nil {
            switch clients[index].phase {
            case .idle:
                armClient(index, milliseconds: idleMilliseconds)
            case .head where clients[index].input.isEmpty:
                armClient(index, milliseconds: idleMilliseconds)
            case .body, .upload, .waiting:
                clients[index].exchange.keepsAlive = false
                shared.drainedCount.add(1, ordering: .relaxed)
            case .answering:
                // Its head is written: the client takes the connection for one that goes on.
                shared.drainedCount.add(1, ordering: .relaxed)
            case .handshaking, .head, .flushing, .ending, .lingering:
                break
            }
        }
    }

    private mutating func cutOpenExchanges() {
        for index in 0..<clients.indexLimit {
            guard let id = clients.id(at: index) else { continue }
            if clients[index].exchange.serial != 0 {
                shared.cutCount.add(1, ordering: .relaxed)
                refuse(index, .draining, closing: true)
            }
            if clients.holds(id) { discardClient(index) }
        }
    }
}
