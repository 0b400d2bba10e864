import COpenSSL
import GatewayRuntime

/// One TLS session of OpenSSL's; whoever holds it closes it, once.
@safe
struct Session {
    private let pointer: OpaquePointer

    /// A session with an endpoint; nil: there is no memory for it.
    init?(_ target: ContextSet.Target, socket: Int32, tickets: Tickets) {
        let made = unsafe target.context.withPointer { context in
            unsafe ingot_tls_connect(
                context, socket, tickets.pointer, target.name, target.isAddress)
        }
        guard let made = unsafe made else { return nil }
        unsafe pointer = unsafe made
    }

    /// A session with a client; nil: there is no memory for it.
    init?(_ context: SecurityContext, socket: Int32) {
        let made = unsafe context.withPointer { unsafe ingot_tls_accept($0, socket) }
        guard let made = unsafe made else { return nil }
        unsafe pointer = unsafe made
    }

    func handshake() -> HandshakeProgress {
        switch unsafe ingot_tls_handshake(pointer) {
        case INGOT_TLS_DONE: .complete
        case INGOT_TLS_WAITING: .waiting
        default: .failed(fault)
        }
    }

    func receive(into start: UnsafeMutablePointer<UInt8>, byteCount: Int) -> CarriedBytes {
        unsafe CarriedBytes(ingot_tls_receive(pointer, start, byteCount))
    }

    func send(from start: UnsafePointer<UInt8>, byteCount: Int) -> CarriedBytes {
        unsafe CarriedBytes(ingot_tls_send(pointer, start, byteCount))
    }

    func close(aborting: Bool) { unsafe ingot_tls_close(pointer, aborting) }

    var isDrained: Bool { unsafe ingot_tls_is_drained(pointer) }

    /// What broke it.
    var fault: HandshakeFault {
        unsafe HandshakeFault(
            reason: ingot_tls_reason(pointer),
            verification: Int32(ingot_tls_verification(pointer)),
            wasAsked: ingot_tls_was_asked(pointer))
    }

    /// The same in OpenSSL's words.
    var detail: String { unsafe String(cString: ingot_tls_words(pointer)) }

    /// Whether it went on with an earlier one's secrets instead of certificates.
    var wasResumed: Bool { unsafe ingot_tls_was_resumed(pointer) }

    /// The version that is spoken: `TLSv1.3`.
    var version: String { unsafe String(cString: ingot_tls_version(pointer)) }
}

/// What resumes a worker's sessions with one endpoint; whoever holds it frees it, once, and after
/// the sessions.
@safe
struct Tickets {
    fileprivate let pointer: OpaquePointer

    /// nil: there is no memory for it.
    init?() {
        guard let made = unsafe ingot_tickets_make() else { return nil }
        unsafe pointer = unsafe made
    }

    func free() { unsafe ingot_tickets_free(pointer) }
}

extension CarriedBytes {
    /// From a count of bytes or an outcome.
    fileprivate init(_ result: Int) {
        switch result {
        case 1...: self = .bytes(result)
        case Int(INGOT_TLS_WAITING.rawValue): self = .wouldBlock
        case Int(INGOT_TLS_END.rawValue): self = .end
        default: self = .failed
        }
    }
}
