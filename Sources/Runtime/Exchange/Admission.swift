/// Rate limits on a request's way: at its entry, and at the endpoints of its model.
extension Worker {
    /// Whether a request, whose path without its prefix is `path`, comes from a client that may
    /// make it, and whether the limits of the client and of the whole gateway have room. Otherwise
    /// it is refused or, where it only asks what a browser may do, answered.
    ///
    /// The gateway's limit is looked at first and taken last, so that neither is spent on a request
    /// that another one stops. An address's limit is taken before a key is looked at, so that keys
    /// are not tried more often than that.
    mutating func mayEnter(_ index: Int, _ path: Range<Int>) -> Bool {
        if let crossOrigin = gateway.crossOrigin, crossOrigin.engine.enter(&self, index) {
            return false
        }
        let now = Clock.monotonicNanoseconds()
        if let rate = RateNotice(rates.peekGlobal(now: now), rates.globalPace, now: now) {
            refuse(index, .gatewayLimited(rate))
            return false
        }
        if let clients = rates.clients {
            let verdict = clients.take(clientAddress(index).rateKey, now: now)
            if let rate = RateNotice(verdict, clients.pace, now: now) {
                refuse(index, .clientLimited(rate))
                return false
            }
        }
        if let owners = gateway.clients, !owners.engine.admit(&self, index, path) { return false }
        if let rate = RateNotice(rates.takeGlobal(now: now), rates.globalPace, now: now) {
            refuse(index, .gatewayLimited(rate))
            return false
        }
        return true
    }

    /// Who asks: the peer or, behind trusted proxies, the last address before them.
    ///
    /// What stands left of that address is the client's own word and counts for nothing. Where a
    /// proxy names no address, the proxy itself is the client.
    private func clientAddress(_ index: Int) -> PeerAddress {
        var address = clients[index].peer
        if !clients[index].isFromTrustedProxy { return address }
        for number in (0..<requestHead.fields.count).reversed()
        where requestHead.fields[number].id == .xForwardedFor {
            var rest = requestHead.fields[number].value.range
            while let member = clients[index].input.takeLastMember(of: &rest) {
                guard let before = member else { return address }
                address = before
                let proxies = gateway.server.trustedProxies
                if !proxies.contains(where: { before.isInside($0) }) { return address }
            }
        }
        return address
    }

    /// Takes a request's room at an endpoint that has a limit; where there is none, notes which of
    /// those that were passed over has room first.
    mutating func takeRoom(_ index: Int, at endpoint: Int) -> Bool {
        let now = Clock.monotonicNanoseconds()
        let verdict = rates.take(endpoint: endpoint, endpoints[endpoint].pace, now: now)
        guard case .full(let roomAt, _) = verdict else { return true }
        let before = clients[index].exchange.limitedBy
        if before >= 0 {
            let other = rates.peek(endpoint: before, endpoints[before].pace, now: now)
            guard case .full(let otherAt, _) = other, roomAt < otherAt else { return false }
        }
        clients[index].exchange.limitedBy = endpoint
        return false
    }

    /// The refusal of a request whose walk has ended, where it was limits that have ended it: some
    /// endpoint was passed over for want of room, and more attempts were allowed.
    func limitRefusal(_ index: Int) -> Refusal? {
        let endpoint = clients[index].exchange.limitedBy
        let attempts = gateway.retry.attempts
        let isSpent = attempts > 0 && clients[index].exchange.choice.attempts >= attempts
        if endpoint < 0 || isSpent { return nil }
        let now = Clock.monotonicNanoseconds()
        let pace = endpoints[endpoint].pace
        let verdict = rates.peek(endpoint: endpoint, pace, now: now)
        let rate =
            RateNotice(verdict, pace, now: now)
            ?? RateNotice(limit: pace.requestsPerMinute, roomIn: 0, restIn: 0)
        let isNamed = !clients[index].exchange.modelName.isEmpty
        return .endpointsLimited(rate, namingModel: isNamed)
    }
}

/// What a client is told of a limit that has no room.
struct RateNotice {
    /// Requests a minute.
    let limit: Int
    /// Until the next request has room.
    let waitNanoseconds: UInt64
    /// Until a whole burst has room.
    let restNanoseconds: UInt64

    init(limit: Int, roomIn wait: UInt64, restIn rest: UInt64) {
        self.limit = limit
        waitNanoseconds = wait
        restNanoseconds = rest
    }

    /// Nil where there is room.
    init?(_ verdict: RateVerdict, _ pace: RatePace, now: UInt64) {
        guard case .full(let roomAt, let restAt) = verdict else { return nil }
        self.init(limit: pace.requestsPerMinute, roomIn: roomAt - now, restIn: restAt - now)
    }
}

extension ByteBuffer {
    /// Writes a limit's fields, each with its line end.
    mutating func append(_ rate: RateNotice) {
        let second: UInt64 = 1_000_000_000
        append("Retry-After: ")
        append(decimal: Int(max((rate.waitNanoseconds + second - 1) / second, 1)))
        append("\r\nX-RateLimit-Limit: ")
        append(decimal: rate.limit)
        append("\r\nX-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: ")
        let restsAt = Clock.unixMilliseconds() + rate.restNanoseconds / 1_000_000
        append(decimal: Int(restsAt / 1000 + 1))
        append("\r\n")
    }

    /// Takes the last member of a list of addresses off the end of `rest`.
    ///
    /// - Returns: nil where nothing is left; `.some(nil)` where the member is no address.
    func takeLastMember(of rest: inout Range<Int>) -> PeerAddress?? {
        lastAddress(bytes, of: &rest)
    }
}
