import GatewayRuntime

/// The TLS sessions of one worker, by OpenSSL.
final class OpenSSLSessions: TransportSecurity {
    private let provider: OpenSSLProvider
    private var contexts: ContextSet
    /// Sessions by their number; nil: the number is free.
    private var sessions: [Session?] = []
    private var free: [Int32] = []
    /// What resumes sessions, for each endpoint that has had one.
    private var tickets: [Tickets?]

    init(_ provider: OpenSSLProvider) {
        self.provider = provider
        contexts = provider.contexts
        tickets = Array(repeating: nil, count: contexts.endpoints.count)
    }

    deinit {
        for session in sessions { session?.close(aborting: true) }
        for held in tickets { held?.free() }
    }

    func connect(_ socket: Int32, endpoint: Int) -> Int32? {
        takeNewest()
        if tickets[endpoint] == nil { tickets[endpoint] = Tickets() }
        guard let target = contexts.endpoints[endpoint], let held = tickets[endpoint] else {
            return nil
        }
        return Session(target, socket: socket, tickets: held).map(keep)
    }

    func accept(_ socket: Int32) -> Int32? {
        takeNewest()
        guard let server = contexts.server else { return nil }
        return Session(server, socket: socket).map(keep)
    }

    /// Takes over what a reload has brought.
    private func takeNewest() {
        if !provider.isNewest(contexts) { contexts = provider.contexts }
    }

    /// Gives a session its number.
    private func keep(_ session: Session) -> Int32 {
        if let number = free.popLast() {
            sessions[Int(number)] = session
            return number
        }
        sessions.append(session)
        return Int32(sessions.count - 1)
    }

    /// The session behind a number that has been given out and not been closed.
    private subscript(number: Int32) -> Session {
        guard let session = sessions[Int(number)] else {
            preconditionFailure("a session was used after its end")
        }
        return session
    }

    func handshake(_ session: Int32) -> HandshakeProgress { self[session].handshake() }

    func receive(
        _ session: Int32, into start: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes {
        unsafe self[session].receive(into: start, byteCount: byteCount)
    }

    func isDrained(_ session: Int32) -> Bool { self[session].isDrained }

    func send(
        _ session: Int32, from start: UnsafePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes {
        unsafe self[session].send(from: start, byteCount: byteCount)
    }

    func refusal(_ session: Int32) -> HandshakeFault? {
        let fault = self[session].fault
        return fault == .refusedByPeer ? fault : nil
    }

    func detail(_ session: Int32) -> String { self[session].detail }

    func close(_ session: Int32, aborting: Bool) {
        self[session].close(aborting: aborting)
        sessions[Int(session)] = nil
        free.append(session)
    }

    /// Whether the session went on with an earlier one's secrets instead of certificates.
    func wasResumed(_ session: Int32) -> Bool { self[session].wasResumed }

    /// The version that is spoken: `TLSv1.3`.
    func version(_ session: Int32) -> String { self[session].version }
}
