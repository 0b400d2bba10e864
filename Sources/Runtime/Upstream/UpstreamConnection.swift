/// A connection to an endpoint: with an exchange, or in the pool of its endpoint.
struct UpstreamConnection: ~Copyable {
    enum Phase: Equatable {
        case connecting
        /// Its TLS session begins.
        case handshaking
        /// In the pool.
        case idle
        /// The request is sent, the answer's head has not come whole.
        case head
        /// The answer is an error whose body is collected, to tell where it came from.
        case errorBody
        /// The answer's body is forwarded.
        case body
        /// The head of an event stream has come, and is held until its first event.
        case firstEvent
        /// The answer is refused, and is kept unread in case that no other endpoint has one.
        case held
    }

    /// -1: its carrier needs none.
    let socket: Int32
    var carrier = Carrier.plain
    let endpoint: Int
    let timer: Int32
    /// Where it leads, and the generation of the endpoint's addresses that was seen to list that.
    let peer: PeerAddress
    var addressGeneration: UInt32
    /// Milliseconds of the monotonic clock; 0: none.
    var deadline: UInt64 = 0
    var phase: Phase
    /// The exchange's connection; `.none` in the pool.
    var client = SlabID.none
    /// The number of the probe that it is for; -1: none.
    var probe: Int32 = -1
    /// Request bytes that the socket has not taken yet.
    var output = ByteBuffer()
    /// What has come of a head or of an error's body that is not whole yet.
    var tail = ByteBuffer()
    /// Bytes of `tail` that were found to be no whole head.
    var seenByteCount = 0
    var mayRead = false
    var hasEnded = false
    /// Whether any byte of the answer has come.
    var hasAnswered = false
    /// Answers that came over it before this one.
    var servedCount = 0
    /// Whether its last answer was a stream; some servers close then, whatever they promised.
    var lastWasStream = false
    var framing = ResponseFraming.none
    var bodyByteCountLeft = 0
    var decoder = ChunkDecoder(isStrict: false)
    var keepsAlive = true
    /// The collected error, or the held stream: bytes of its head, and of its body so far.
    var errorHeadByteCount = 0
    var errorBodyByteCount = 0
    /// Monotonic milliseconds at which a held stream is let go.
    var firstEventDueAt: UInt64 = 0
    /// Neighbours in the pool, or among the attempts to connect for one exchange; -1: none.
    var newer: Int32 = -1
    var older: Int32 = -1

    init(
        socket: Int32, endpoint: Int, timer: Int32, peer: PeerAddress, addressGeneration: UInt32
    ) {
        self.socket = socket
        self.endpoint = endpoint
        self.timer = timer
        self.peer = peer
        self.addressGeneration = addressGeneration
        phase = .connecting
    }

    /// Whether a request can be written to it: it stands, its TLS session included.
    var isOpen: Bool { phase != .connecting && phase != .handshaking }
}

/// Why an endpoint gave no usable answer.
enum UpstreamFailure: Error {
    case unknownName
    case connectFailed(Errno)
    case connectTimeout
    /// The outgoing proxy gives no way to the endpoint.
    case proxyRefused
    /// It is connected to, but no TLS session came about.
    case handshakeFailed(HandshakeFault)
    case handshakeTimeout
    /// Closed or reset before the first byte of an answer.
    case closedEarly
    case headerTimeout
    /// What came is no HTTP answer.
    case malformedAnswer(ResponseFault)
    /// It changes to a protocol that nobody asked for.
    case unaskedUpgrade
    /// The answer broke off.
    case cut
    case idleTimeout
    /// The time that an answer may take in all is over.
    case totalTimeout
    /// A stream began with an event that is an error, or ended without any.
    case errorEvent
    case emptyStream
    case drain

    /// Whether the address was reached and no session came about there.
    var isOfHandshake: Bool {
        switch self {
        case .handshakeFailed, .handshakeTimeout: true
        default: false
        }
    }

    /// One word for logs.
    var text: StaticString {
        switch self {
        case .unknownName: "unknown_name"
        case .connectFailed: "connect_failed"
        case .connectTimeout: "connect_timeout"
        case .proxyRefused: "proxy_refused"
        case .handshakeFailed(let fault): fault.text
        case .handshakeTimeout: "tls_timeout"
        case .closedEarly: "closed_early"
        case .headerTimeout: "header_timeout"
        case .malformedAnswer, .unaskedUpgrade: "malformed_answer"
        case .cut: "cut"
        case .idleTimeout: "idle_timeout"
        case .totalTimeout: "total_timeout"
        case .errorEvent: "error_event"
        case .emptyStream: "empty_stream"
        case .drain: "drain"
        }
    }
}
