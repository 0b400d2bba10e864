import CLinux

/// TLS towards endpoints: from a connected socket to a session that carries requests, and what such
/// a session wants to be asked where a plain socket tells by itself.
extension Worker {
    /// Takes a connected socket into use: for the request at once, or for its TLS session first.
    ///
    /// - Returns: why nothing came of it; nil: it is under way.
    mutating func start(_ upstream: Int) -> UpstreamFailure? {
        let endpoint = upstreams[upstream].endpoint
        guard endpoints[endpoint].isSecured, let security else { return beginHead(upstream) }
        let socket = upstreams[upstream].socket
        guard let session = security.connect(socket, endpoint: endpoint) else {
            return .connectFailed(Errno(code: ENOMEM))
        }
        upstreams[upstream].carrier = .secured(session)
        upstreams[upstream].phase = .handshaking
        armUpstream(upstream, milliseconds: handshakeMilliseconds(upstream))
        return advanceHandshake(upstream)
    }

    /// How long the handshake may take; 0: for ever. A probe's has to leave it time for the rest.
    private func handshakeMilliseconds(_ upstream: Int) -> Int {
        let limit = endpoints[upstreams[upstream].endpoint].timeouts.tlsMilliseconds
        let number = Int(upstreams[upstream].probe)
        if number < 0 { return limit }
        let left = probeMillisecondsLeft(number)
        return limit == 0 ? left : min(limit, left)
    }

    /// Sends the request for which the connection was opened: an exchange's or a probe's.
    private mutating func beginHead(_ upstream: Int) -> UpstreamFailure? {
        let client = upstreams[upstream].client
        guard clients.holds(client) else {
            withoutClient(upstream, .connected(upstream))
            return nil
        }
        upstreams[upstream].phase = .head
        return sendRequest(Int(client.index), upstream) ? nil : .closedEarly
    }

    /// The socket of a connection whose session begins has changed.
    mutating func handshakeEvent(_ upstream: Int) {
        if let failure = advanceHandshake(upstream) { upstreamFailed(upstream, failure) }
    }

    /// Moves the handshake on, and sends the request when it is complete.
    private mutating func advanceHandshake(_ upstream: Int) -> UpstreamFailure? {
        guard let id = upstreams.id(at: upstream),
            case .secured(let session) = upstreams[upstream].carrier, let security
        else {
            return .closedEarly
        }
        switch security.handshake(session) {
        case .waiting:
            return nil
        case .failed(let fault):
            let endpoint = upstreams[upstream].endpoint
            tellHandshakeFault(endpoint, security.detail(session), fault)
            return .handshakeFailed(fault)
        case .complete:
            // What came together with the handshake's last bytes has no event of its own.
            let mayRead = upstreams[upstream].hasEnded || !security.isDrained(session)
            if let failure = beginHead(upstream) { return failure }
            if mayRead && upstreams.holds(id) {
                upstreams[upstream].mayRead = true
                ready.append(EventToken(.upstream, id))
            }
            return nil
        }
    }

    /// Tells what kept a session from coming about, once a second and endpoint at most; not again
    /// of an endpoint of which checks have told that it is out.
    mutating func tellHandshakeFault(
        _ endpoint: Int, _ detail: String, _ fault: HandshakeFault? = nil
    ) {
        let toldAt = endpoints[endpoint].handshakeToldAt
        if toldAt != 0 && nowMilliseconds < toldAt + 1000 { return }
        if standings.standing(of: endpoint).contains(.unhealthy) { return }
        endpoints[endpoint].handshakeToldAt = nowMilliseconds
        EventLog.write(
            "tls_failed",
            [
                "endpoint": .text("\(endpoints[endpoint].name)"), "detail": .text(detail),
                "failure": .text("\(UpstreamFailure(fault).text)"),
            ])
    }

    /// Why a connection broke before any byte of an answer: from TLS 1.3 on a server tells only now
    /// that it does not take the certificate that it was shown.
    mutating func closedWithoutAnswer(_ upstream: Int) -> UpstreamFailure {
        guard case .secured(let session) = upstreams[upstream].carrier, let security,
            upstreams[upstream].servedCount == 0, let fault = security.refusal(session)
        else { return .closedEarly }
        tellHandshakeFault(upstreams[upstream].endpoint, security.detail(session), fault)
        return .handshakeFailed(fault)
    }

    /// Whether a read that gave `count` of `room` bytes left nothing behind.
    func isDrained(_ upstream: Int, _ count: Int, of room: Int) -> Bool {
        switch upstreams[upstream].carrier {
        case .plain: count < room
        case .secured(let session): security?.isDrained(session) ?? true
        case .wide: false
        }
    }

    /// Whether what has come on a pooled connection is of its session's own, such as a ticket, and
    /// neither an end nor a byte that nobody asked for.
    func staysIdle(_ upstream: Int, _ event: Event) -> Bool {
        if event.isEnded { return false }
        guard case .secured = upstreams[upstream].carrier else { return false }
        return isQuiet(upstream)
    }

    /// Whether nothing has come on a pooled connection that an exchange could stumble over.
    func isQuiet(_ upstream: Int) -> Bool {
        guard case .secured(let session) = upstreams[upstream].carrier, let security else {
            return Socket.isQuiet(upstreams[upstream].socket)
        }
        var byte: UInt8 = 0
        return unsafe security.receive(session, into: &byte, byteCount: 1) == .wouldBlock
    }
}

extension UpstreamFailure {
    /// nil: the time for it was over.
    fileprivate init(_ fault: HandshakeFault?) {
        self = fault.map { .handshakeFailed($0) } ?? .handshakeTimeout
    }
}
