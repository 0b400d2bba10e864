/// Connections to endpoints that wait for their next exchange, newest first.
extension Worker {
    /// Idle connections kept for one endpoint; the next one is closed instead.
    private static var idleLimit: Int { 1024 }

    /// Takes the newest connection that is still quiet; nil: the pool is empty.
    mutating func takePooled(_ endpoint: Int) -> Int? {
        while endpoints[endpoint].newestIdle >= 0 {
            let upstream = Int(endpoints[endpoint].newestIdle)
            if upstreams[upstream].lastWasStream && !isQuiet(upstream) {
                closeUpstream(upstream)
                continue
            }
            unpool(upstream)
            return upstream
        }
        return nil
    }

    /// Puts a connection whose answer is complete into its endpoint's pool, or closes it.
    mutating func release(_ upstream: Int) {
        detach(upstream)
        let endpoint = upstreams[upstream].endpoint
        if !upstreams[upstream].keepsAlive || upstreams[upstream].hasEnded
            || upstreams[upstream].mayRead || !upstreams[upstream].output.isEmpty
            || drainStartedAt != 0 || upstreams[upstream].socket < 0 || !isListed(upstream)
            || endpoints[endpoint].idleCount >= Worker.idleLimit
        {
            closeUpstream(upstream)
            return
        }
        upstreams[upstream].phase = .idle
        upstreams[upstream].servedCount += 1
        upstreams[upstream].output.close(into: &buffers)
        upstreams[upstream].tail.close(into: &buffers)
        let older = endpoints[endpoint].newestIdle
        upstreams[upstream].older = older
        upstreams[upstream].newer = -1
        if older >= 0 { upstreams[Int(older)].newer = Int32(upstream) }
        endpoints[endpoint].newestIdle = Int32(upstream)
        endpoints[endpoint].idleCount += 1
        armUpstream(upstream, milliseconds: gateway.timeouts.upstreamIdleMilliseconds)
    }

    /// Whether the connection leads where its endpoint still is.
    private mutating func isListed(_ upstream: Int) -> Bool {
        let endpoint = upstreams[upstream].endpoint
        let generation = endpoints[endpoint].addresses.generation
        if upstreams[upstream].addressGeneration == generation { return true }
        upstreams[upstream].addressGeneration = generation
        return endpoints[endpoint].addresses.lists(upstreams[upstream].peer)
    }

    /// Closes pooled connections to addresses that the endpoint's name no longer has.
    mutating func closeUnlisted(_ endpoint: Int) {
        var next = endpoints[endpoint].newestIdle
        while next >= 0 {
            let upstream = Int(next)
            next = upstreams[upstream].older
            if !isListed(upstream) { closeUpstream(upstream) }
        }
    }

    private mutating func unpool(_ upstream: Int) {
        let older = upstreams[upstream].older
        let newer = upstreams[upstream].newer
        let endpoint = upstreams[upstream].endpoint
        if newer >= 0 {
            upstreams[Int(newer)].older = older
        } else {
            endpoints[endpoint].newestIdle = older
        }
        if older >= 0 { upstreams[Int(older)].newer = newer }
        endpoints[endpoint].idleCount -= 1
        upstreams[upstream].phase = .head
        upstreams[upstream].hasAnswered = false
        upstreams[upstream].seenByteCount = 0
    }

    /// Loosens a connection, or an attempt to make one, from its exchange.
    private mutating func detach(_ upstream: Int) {
        let client = upstreams[upstream].client
        switch upstreams[upstream].phase {
        case .connecting: leaveRace(upstream)
        case .held where clients.holds(client): clients[Int(client.index)].exchange.held = .none
        case _ where clients.holds(client): clients[Int(client.index)].exchange.upstream = .none
        default: break
        }
        upstreams[upstream].client = .none
    }

    /// Closes a connection, in the pool or not, and forgets it.
    ///
    /// - Parameter aborting: with a reset, so that the endpoint stops its work at once.
    mutating func closeUpstream(_ upstream: Int, aborting: Bool = false) {
        guard let id = upstreams.id(at: upstream) else { return }
        if upstreams[upstream].phase == .idle { unpool(upstream) }
        detach(upstream)
        var connection = upstreams.remove(id)
        connection.output.close(into: &buffers)
        connection.tail.close(into: &buffers)
        timers.remove(connection.timer)
        if case .secured(let session) = connection.carrier {
            security?.close(session, aborting: aborting)
        }
        if case .wide(let channel) = connection.carrier { wide?.close(channel) }
        if connection.socket < 0 { return }
        if aborting {
            Socket.abort(connection.socket)
        } else {
            Socket.close(connection.socket)
        }
    }

    /// Ends what is under way at an endpoint, or awaited, for an exchange that will not take its
    /// answer.
    mutating func abandonUpstream(_ index: Int) {
        stopWaiting(index)
        while upstreams.holds(clients[index].exchange.upstream) {
            closeUpstream(Int(clients[index].exchange.upstream.index), aborting: true)
        }
        clients[index].exchange.upstream = .none
        dropHeld(index)
    }
}
