/// What a worker knows and keeps of one endpoint; all that can be prepared is prepared at start.
struct EndpointState: ~Copyable {
    let name: StaticString
    let priority: Int
    let forwardsCredentials: Bool
    let timeouts: EndpointTimeouts
    let pace: RatePace
    /// Whether requests under way are counted.
    let countsRequests: Bool
    /// Whether it may pass a request over, or has to be told of it.
    let asksFirst: Bool
    /// The path before a route's path.
    let pathPrefix: StaticString
    /// `Host: …` and its line end.
    let hostLine: ByteBuffer
    /// The fields that the endpoint sets, with their values, each with its line end; new ones when
    /// secrets have changed.
    private(set) var fields: ByteBuffer
    /// Their names in lower case: a client's fields of these names are not passed on.
    let fieldNames: [[UInt8]]
    /// Bit `n` is set where one of them has `n` bytes; 63 stands for that and more.
    let fieldNameLengths: UInt64
    /// `X-Olla-Endpoint` and `X-Olla-Backend-Type`, each with its line end.
    let answerFields: ByteBuffer
    /// A host name to resolve; nil where the address is known.
    let hostName: StaticString?
    let port: UInt16
    /// Whether it is reached over the wide transport, which finds addresses by itself.
    let isWide: Bool
    /// Whether its connections begin with a TLS handshake.
    let isSecured: Bool
    /// Milliseconds of the monotonic clock at which a failed handshake was last told of.
    var handshakeToldAt: UInt64 = 0

    /// Where it can be reached, as far as that is known.
    var addresses: AddressBook
    var resolution = Resolution()
    /// Clients that wait for the name's first addresses; each knows its place here.
    var waiting: [SlabID] = []

    /// The newest connection of the pool; -1: it is empty.
    var newestIdle: Int32 = -1
    var idleCount = 0

    init(_ endpoint: Endpoint, secrets: Secrets, countsRequests: Bool = false) {
        name = endpoint.name
        priority = endpoint.priority
        forwardsCredentials = endpoint.forwardsCredentials
        timeouts = endpoint.timeouts
        // A local: a closure over the unfinished `self`, which the right side of `||` is, has
        // fields destroyed that are not there yet (Swift 6.3).
        let pace = RatePace(endpoint.rateLimit)
        self.pace = pace
        self.countsRequests = countsRequests
        asksFirst = countsRequests || pace.isLimited
        pathPrefix = endpoint.pathPrefix
        var host = ByteBuffer(capacity: 64)
        host.append("Host: ")
        host.append(endpoint.host)
        host.append("\r\n")
        hostLine = host
        let names = endpoint.headers.map { rule in "\(rule.name)".utf8.map { $0 | 0x20 } }
        fields = EndpointState.lines(of: endpoint.headers, secrets)
        fieldNames = names
        fieldNameLengths = names.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
        var answer = ByteBuffer(capacity: 128)
        answer.append("X-Olla-Endpoint: ")
        answer.append(endpoint.name)
        answer.append("\r\nX-Olla-Backend-Type: openai\r\n")
        answerFields = answer
        isSecured = endpoint.tls != nil && endpoint.wide == nil
        isWide = endpoint.wide != nil
        if isWide {
            (hostName, port, addresses) = (nil, 0, AddressBook())
        } else {
            (hostName, port, addresses) = EndpointState.place(of: endpoint.address)
        }
    }

    /// Takes over secrets that have changed; what was written with the old ones stays as it is.
    mutating func setFields(_ rules: [HeaderRule], secrets: Secrets) {
        fields = EndpointState.lines(of: rules, secrets)
    }

    private static func lines(of rules: [HeaderRule], _ secrets: Secrets) -> ByteBuffer {
        var lines = ByteBuffer(capacity: 256)
        for rule in rules {
            lines.append(rule.name)
            lines.append(": ")
            for byte in secrets.value(of: rule.value) { lines.append(byte) }
            lines.append("\r\n")
        }
        return lines
    }

    private static func place(
        of address: Endpoint.Address
    ) -> (hostName: StaticString?, port: UInt16, addresses: AddressBook) {
        switch address {
        case .ipv4(let text, let port), .ipv6(let text, let port):
            let peer = PeerAddress(text: "\(text)")
            let book = peer.map { AddressBook($0, SocketAddress($0, port: port)) }
            return (nil, port, book ?? AddressBook())
        case .name(let name, let port):
            return (name, port, AddressBook())
        case .unix(let path):
            let book = SocketAddress(unixPath: "\(path)").map { AddressBook(.local, $0) }
            return (nil, 0, book ?? AddressBook())
        }
    }
}
