/// Encrypts the connections of one worker (TLS); made only where a YAML needs it.
///
/// A worker owns one and calls it from its own thread alone. Every call returns at once: a session
/// that needs bytes or room says so, and the event loop comes back to it.
public protocol TransportSecurity: AnyObject {
    /// Begins a session over a connected socket, as the client of endpoint number `endpoint`.
    ///
    /// - Returns: the session's number, 0 or more; nil: there is no memory for it.
    func connect(_ socket: Int32, endpoint: Int) -> Int32?

    /// Begins a session over an accepted socket, as the server; nil: there is no memory for it.
    func accept(_ socket: Int32) -> Int32?

    /// Moves the handshake on as far as the socket lets it.
    func handshake(_ session: Int32) -> HandshakeProgress

    /// Receives 1…`byteCount` plain bytes to `start`; whether more can be had at once, `isDrained`
    /// tells.
    func receive(
        _ session: Int32, into start: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes

    /// Whether the last call left nothing behind: what comes next, the event loop will tell.
    func isDrained(_ session: Int32) -> Bool

    /// Sends as many of `byteCount` plain bytes from `start` as the socket takes; the rest has to
    /// be sent by the next call, as it is.
    func send(
        _ session: Int32, from start: UnsafePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes

    /// Why a session that had been made came to nothing: the other side's refusal of what it was
    /// shown, which TLS 1.3 tells only now; nil: something else.
    func refusal(_ session: Int32) -> HandshakeFault?

    /// What broke the session, in OpenSSL's words; without addresses and secrets.
    func detail(_ session: Int32) -> String

    /// Ends the session, with a farewell (close_notify) unless `aborting`; the socket stays open.
    func close(_ session: Int32, aborting: Bool)
}

/// How far a handshake has come.
public enum HandshakeProgress: Sendable {
    case complete
    /// It waits for the socket.
    case waiting
    case failed(HandshakeFault)
}

/// What came of an attempt to move bytes over a layer above a socket.
public enum CarriedBytes: Sendable, Equatable {
    /// 1 or more bytes were moved.
    case bytes(Int)
    /// Nothing for now: the event loop will tell.
    case wouldBlock
    /// The other side has ended its half in the layer's own way.
    case end
    /// The connection is gone, or broke off without the layer's farewell.
    case failed
}

/// Why no secure connection came about.
public enum HandshakeFault: Sendable, Equatable {
    /// The certificate is past its end or before its beginning.
    case expired
    /// It is for another name.
    case wrongName
    /// No trusted authority stands behind it: self-signed, of an unknown authority, or with a link
    /// of its chain missing.
    case untrusted
    /// It is revoked, of a wrong purpose or otherwise not to be accepted.
    case unacceptable
    /// The two sides have no version or cipher in common.
    case noCommonProtocol
    /// The other side wants a certificate, or another one than it got.
    case refusedByPeer
    /// What came is no TLS, or breaks its rules.
    case malformed
    /// The connection ended in the middle of the handshake.
    case closed
}
