/// A client's connection and the one exchange that is under way on it.
struct ClientConnection: ~Copyable {
    /// Where a connection stands; what may be read and what an end means follows from it.
    enum Phase: Equatable {
        /// Its TLS session begins.
        case handshaking
        /// Between two requests; owns no buffer.
        case idle
        /// A head has begun.
        case head
        /// A body that can be sent again is being collected.
        case body
        /// A larger body is held until its model is known, then forwarded as it comes.
        case upload
        /// The request is with an endpoint, or on its way there.
        case waiting
        /// An answer is being written.
        case answering
        /// What is left of an answer is written, then the next request may come.
        case flushing
        /// What is left is written, then the connection is closed.
        case ending
        /// Nothing more is written; what still comes is thrown away, so that the answer arrives.
        case lingering
    }

    let socket: Int32
    /// Plain again once a session has said its farewell.
    var carrier = Carrier.plain
    let peer: PeerAddress
    /// The peer's address as text.
    let peerText: ByteBuffer
    /// What an endpoint is told of a peer that is no trusted proxy, up to the host it asked for.
    let forwardedFields: ByteBuffer
    /// Whether what it says of the client before it is believed.
    let isFromTrustedProxy: Bool
    /// Whether it came to the port of the own routes.
    let isAdmin: Bool
    let timer: Int32
    /// Milliseconds of the monotonic clock; 0: none.
    var deadline: UInt64 = 0
    var phase: Phase = .head
    /// What has come and is still needed: the request until its answer begins, and what follows it.
    var input = ByteBuffer()
    /// Bytes of `input` that were found to be no whole head yet.
    var seenByteCount = 0
    /// What the socket has not taken yet.
    var output = ByteBuffer()
    /// The socket may have bytes or an end that were not read.
    var mayRead = true
    /// The client has ended its half.
    var hasEnded = false
    /// Its answer broke off in a way that only a missing farewell of TLS can tell.
    var isCut = false
    /// Bytes thrown away while lingering.
    var lingeredByteCount = 0
    var exchange = Exchange()

    init(
        socket: Int32, peer: PeerAddress, isFromTrustedProxy: Bool, isSecured: Bool, isAdmin: Bool,
        timer: Int32
    ) {
        self.socket = socket
        self.peer = peer
        var text = ByteBuffer(capacity: 40)
        text.append(string: peer.text())
        var fields = ByteBuffer(capacity: 112)
        fields.append("X-Forwarded-For: ")
        fields.append(text)
        fields.append("\r\nX-Forwarded-Proto: ")
        fields.append(isSecured ? "https" : "http")
        fields.append("\r\nX-Forwarded-Host: ")
        peerText = text
        forwardedFields = fields
        self.isFromTrustedProxy = isFromTrustedProxy
        self.isAdmin = isAdmin
        self.timer = timer
    }
}
