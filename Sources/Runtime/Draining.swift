/// The end of a worker: no new connections, open exchanges run on, the rest is told.
extension Worker {
    /// Moves the drain on; called in each round once a stop has been asked for.
    mutating func drain() {
        if drainStartedAt == 0 { drainStartedAt = max(nowMilliseconds, 1) }
        let elapsed = nowMilliseconds - drainStartedAt
        if listener >= 0 {
            if elapsed < UInt64(gateway.drain.lagMilliseconds) { return }
            beginDrain()
        }
        let limit = gateway.drain.lagMilliseconds + gateway.drain.timeoutMilliseconds
        if elapsed >= UInt64(limit) { cutOpenExchanges() }
        if clients.count == adminCount { isFinished = true }
    }

    private mutating func beginDrain() {
        closeListener()
        for index in 0..<clients.indexLimit where clients.id(at: index) != nil {
            switch clients[index].phase {
            case .handshaking, .idle:
                discardClient(index)
            case .head where clients[index].input.isEmpty:
                discardClient(index)
            case .body, .upload, .waiting, .answering:
                clients[index].exchange.keepsAlive = false
                shared.drainedCount.add(1, ordering: .relaxed)
            case .flushing:
                clients[index].phase = .ending
            case .head, .ending, .lingering:
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
