/// From a probe's time to its request at the endpoint.
extension Worker {
    /// How soon something is looked at again that a probe waits for.
    static var probePauseMilliseconds: UInt64 { 50 }

    /// Plans a probe and its first time.
    mutating func addProbe(_ probe: Probe, inMilliseconds delay: UInt64) {
        let number = Int32(probes.count)
        timers.name(probe.timer, EventToken(.probe, descriptor: number))
        probes.append(probe)
        lookAgain(Int(number), at: nowMilliseconds + delay)
    }

    mutating func handleProbe(_ event: ProbeEvent) {
        switch event {
        case .start: break
        case .due(let number): probeDue(number)
        case .connected(let upstream): sendProbe(upstream)
        case .received(let upstream): receiveProbe(upstream)
        case .ended(let upstream): probeAnswered(upstream)
        case .failed(let number, let failure): probeFailed(number, failure)
        }
    }

    mutating func lookAgain(_ number: Int, at milliseconds: UInt64) {
        probes[number].dueAt = milliseconds
        timers.arm(probes[number].timer, deadlineMilliseconds: milliseconds)
    }

    private mutating func probeDue(_ number: Int) {
        if probes[number].dueAt > nowMilliseconds {
            timers.arm(probes[number].timer, deadlineMilliseconds: probes[number].dueAt)
        } else if probes[number].givenUpAt == 0 {
            beginProbe(number)
        } else if upstreams.holds(probes[number].upstream) {
            // The connection has a clock of its own.
            lookAgain(number, at: probes[number].givenUpAt + 1000)
        } else {
            connectProbe(number)
        }
    }

    private mutating func beginProbe(_ number: Int) {
        if drainStartedAt != 0 { return }
        let purpose = probes[number].purpose
        let busyCount = probes.count { $0.givenUpAt != 0 && $0.purpose == purpose }
        if busyCount >= purpose.limit {
            lookAgain(number, at: nowMilliseconds + Worker.probePauseMilliseconds)
            return
        }
        probes[number].givenUpAt = nowMilliseconds + UInt64(probes[number].timeoutMilliseconds)
        probes[number].race = Race()
        let endpoint = probes[number].endpoint
        if nowMilliseconds >= endpoints[endpoint].resolution.refreshAt { resolve(endpoint) }
        connectProbe(number)
    }

    private mutating func sendProbe(_ upstream: Int) {
        let number = Int(upstreams[upstream].probe)
        let endpoint = gateway.endpoints[probes[number].endpoint]
        if upstreams[upstream].carrier == .plain && (endpoint.tls != nil || endpoint.wide != nil) {
            // Credentials never leave over a bare socket where the YAML wants more.
            refuseProbe(upstream, .notExpected("no_carrier"))
            return
        }
        upstreams[upstream].phase = .head
        upstreams[upstream].decoder = ChunkDecoder(isStrict: false)
        probes[number].hasHead = false
        probes[number].body = []
        armUpstream(upstream, milliseconds: probeMillisecondsLeft(number))
        out.removeAll()
        writeProbe(number)
        defer { out.removeAll() }
        var sent = 0
        switch sendOut(upstream) {
        case .bytes(let count): sent = count
        case .wouldBlock: break
        case .end, .failed:
            upstreamFailed(upstream, .closedEarly)
            return
        }
        if sent == out.count { return }
        upstreams[upstream].output.open(from: &buffers)
        upstreams[upstream].output.append(out, skipping: &sent)
    }

    /// Writes the request to `out`, with the endpoint's own fields and credentials.
    private mutating func writeProbe(_ number: Int) {
        let endpoint = probes[number].endpoint
        out.append("GET ")
        out.append(probes[number].path)
        out.append(" HTTP/1.1\r\n")
        out.append(endpoints[endpoint].hostLine)
        let defaults: [(name: StaticString, value: StaticString)] = [
            ("Accept", "application/json"), ("User-Agent", "ingot"),
        ]
        for (name, value) in defaults where !endpoints[endpoint].setsField(named: name) {
            out.append(name)
            out.append(": ")
            out.append(value)
            out.append("\r\n")
        }
        out.append("Connection: close\r\n")
        out.append(endpoints[endpoint].fields)
        out.append("\r\n")
    }

    private mutating func probeFailed(_ number: Int, _ failure: UpstreamFailure) {
        probes[number].upstream = .none
        switch failure {
        case .connectFailed, .connectTimeout, .handshakeFailed: connectProbe(number, after: failure)
        default: endProbe(number, .failed(.upstream(failure)))
        }
    }

    /// Hands the outcome to whom it is for, and plans the next time.
    mutating func endProbe(_ number: Int, _ outcome: ProbeOutcome) {
        probes[number].givenUpAt = 0
        probes[number].upstream = .none
        probes[number].body = []
        if case .failed = outcome {
            probes[number].failureCount += 1
        } else {
            probes[number].failureCount = 0
        }
        let delay = probes[number].take(&self, number, outcome)
        lookAgain(number, at: nowMilliseconds + UInt64(delay))
    }
}

extension EndpointState {
    /// Whether the endpoint sets a field of this name itself.
    fileprivate func setsField(named name: StaticString) -> Bool {
        name.withUTF8Buffer { setsField(unsafe Span(_unsafeElements: $0)) }
    }
}

extension ProbeFailure {
    /// For logs: `connect_failed`, `status_401`.
    var text: String {
        switch self {
        case .upstream(let failure): "\(failure.text)"
        case .status(let status): "status_\(status)"
        case .notExpected(let word): "\(word)"
        }
    }
}
