/// Endpoints that are reached over the wide transport: a channel for each request, no pool.
extension Worker {
    /// Opens a channel and sends the request into it; false: it was tried before, or cannot be.
    mutating func connectWide(_ index: Int, _ endpoint: Int) -> Bool {
        if clients[index].exchange.race.tried != 0 { return false }
        clients[index].exchange.race.tried = 1
        let id = addWide(endpoint)
        let upstream = Int(id.index)
        join(index, upstream)
        if upstreams[upstream].carrier != .plain && sendRequest(index, upstream) { return true }
        clients[index].exchange.lastFailure = .closedEarly
        closeUpstream(upstream)
        return false
    }

    /// A connection with a channel of its own; its carrier is `.plain` where there is no memory.
    mutating func addWide(_ endpoint: Int) -> SlabID {
        let timer = timers.add()
        let id = upstreams.insert(
            UpstreamConnection(
                socket: -1, endpoint: endpoint, timer: timer, peer: .local, addressGeneration: 0))
        upstreams[Int(id.index)].phase = .head
        let token = EventToken(.upstream, id)
        timers.name(timer, token)
        if let channel = wide?.open(endpoint: endpoint, tag: token.raw) {
            upstreams[Int(id.index)].carrier = .wide(channel)
        }
        return id
    }

    /// Why a channel ended before any byte of an answer; nil: the connection is no channel.
    mutating func wideFailure(_ upstream: Int) -> UpstreamFailure? {
        guard case .wide(let channel) = upstreams[upstream].carrier, let wide else { return nil }
        let fault = wide.fault(channel)
        if case .handshake(let kind) = fault {
            tellHandshakeFault(upstreams[upstream].endpoint, wide.detail(channel), kind)
        }
        if fault == .staleConnection {
            // As with a pooled connection that had died: it is sent again, once.
            upstreams[upstream].servedCount = 1
            let client = upstreams[upstream].client
            if clients.holds(client) { clients[Int(client.index)].exchange.race.tried = 0 }
        }
        return UpstreamFailure(fault)
    }

    /// Moves the transport on, tells connections what has changed, and watches what it waits for.
    mutating func serveWide() {
        guard let wide else { return }
        var rounds = 0
        repeat {
            wide.advance(descriptor: -1, readable: false, writable: false)
            wide.takeReady(into: &wideReady)
            for tag in wideReady { channelReady(EventToken(raw: tag).id) }
            wideReady.removeAll(keepingCapacity: true)
            rounds += 1
        } while rounds < 4 && wide.nextTimeoutMilliseconds() == 0
        watchWide(wide)
    }

    private mutating func channelReady(_ id: SlabID) {
        guard upstreams.holds(id) else { return }
        let upstream = Int(id.index)
        if upstreams[upstream].phase == .held { return }
        if !upstreams[upstream].output.isEmpty { flushUpstream(upstream) }
        if !upstreams.holds(id) { return }
        upstreams[upstream].mayRead = true
        readUpstream(upstream)
    }

    private mutating func watchWide(_ wide: any WideTransport) {
        wide.takeWatches(into: &wideWatches)
        for watch in wideWatches {
            let token = EventToken(.wide, descriptor: watch.descriptor)
            loop.changeLevel(
                watch.descriptor, isNew: watch.isNew, reads: watch.reads, writes: watch.writes,
                as: token)
        }
        wideWatches.removeAll(keepingCapacity: true)
    }
}

extension UpstreamFailure {
    init(_ fault: WideFault) {
        switch fault {
        case .unknownName: self = .unknownName
        case .connectFailed: self = .connectFailed(.brokenLayer)
        case .connectTimeout: self = .connectTimeout
        case .proxyRefused: self = .proxyRefused
        case .handshake(let fault): self = .handshakeFailed(fault)
        case .closedEarly, .staleConnection: self = .closedEarly
        case .malformedAnswer: self = .malformedAnswer(.malformedStatusLine)
        }
    }
}

extension CompiledGateway {
    /// What the wide transport is told of each endpoint.
    func wideTargets(_ secrets: Secrets) -> [WideTarget?] {
        endpoints.map { WideTarget($0, secrets: secrets, timeouts: timeouts) }
    }
}

extension WideTarget {
    /// What the transport is told of `endpoint`; nil: it is reached by the runtime's own.
    init?(_ endpoint: Endpoint, secrets: Secrets, timeouts: Timeouts) {
        guard let profile = endpoint.wide else { return nil }
        self.profile = profile
        if case .url(let parts) = profile.proxy {
            proxyURL = parts.flatMap { part in
                let value = secrets.value(of: [part])
                if case .text = part { return value }
                return WideTarget.escaped(value)
            }
        } else {
            proxyURL = []
        }
        tls = endpoint.tls
        certificate = endpoint.tls?.certificate.map(secrets.value(of:)) ?? []
        key = endpoint.tls?.key.map(secrets.value(of:)) ?? []
        let isBounded = endpoint.timeouts.connectMilliseconds > 0
        let handshake = isBounded && endpoint.tls != nil ? endpoint.timeouts.tlsMilliseconds : 0
        connectMilliseconds = endpoint.timeouts.connectMilliseconds + handshake
        idleMilliseconds = timeouts.upstreamIdleMilliseconds
    }

    /// A user's name or password as it can stand in a url, whatever is in it (RFC 3986 §2.1).
    private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        let plain = Set("-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
        return bytes.flatMap { byte in
            plain.contains(byte)
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
}
