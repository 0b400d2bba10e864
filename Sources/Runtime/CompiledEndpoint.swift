/// A backend that answers, as the YAML describes it.
public struct Endpoint: Sendable {
    /// Its name in `X-Olla-Endpoint`, logs and errors; safe as a field value.
    public let name: StaticString
    public let address: Address
    /// What `Host` says: `api.openai.com`, `127.0.0.1:8000`.
    public let host: StaticString
    /// The path of its url, cut so that a route's path follows: ``, `/openai`.
    public let pathPrefix: StaticString
    /// Higher is chosen first.
    public let priority: Int
    /// Set last, over whatever the client sent.
    public let headers: [HeaderRule]
    /// Whether a client's `Authorization`, `X-Api-Key` and `api-key` are passed on; false where
    /// the endpoint has credentials of its own.
    public let forwardsCredentials: Bool
    public let timeouts: EndpointTimeouts

    public init(
        name: StaticString,
        address: Address,
        host: StaticString,
        pathPrefix: StaticString,
        priority: Int,
        headers: [HeaderRule],
        forwardsCredentials: Bool,
        timeouts: EndpointTimeouts
    ) {
        self.name = name
        self.address = address
        self.host = host
        self.pathPrefix = pathPrefix
        self.priority = priority
        self.headers = headers
        self.forwardsCredentials = forwardsCredentials
        self.timeouts = timeouts
    }

    /// Where it is reached.
    public enum Address: Sendable {
        case ipv4(StaticString, port: UInt16)
        case ipv6(StaticString, port: UInt16)
        /// A host name, resolved at run time.
        case name(StaticString, port: UInt16)
        /// The path of a unix socket, 1…107 bytes.
        case unix(StaticString)
    }
}

/// The clocks of one endpoint, in milliseconds; 0: none.
public struct EndpointTimeouts: Sendable {
    /// Until a new connection stands.
    public let connectMilliseconds: Int
    /// From the request's last byte to the answer's head.
    public let responseHeaderMilliseconds: Int
    /// Between two reads of an answer.
    public let streamIdleMilliseconds: Int

    public init(
        connectMilliseconds: Int,
        responseHeaderMilliseconds: Int,
        streamIdleMilliseconds: Int
    ) {
        self.connectMilliseconds = connectMilliseconds
        self.responseHeaderMilliseconds = responseHeaderMilliseconds
        self.streamIdleMilliseconds = streamIdleMilliseconds
    }
}

/// A field that an endpoint sets on every request.
public struct HeaderRule: Sendable {
    /// A field name (RFC 9110 §5.6.2) as it is written to the wire.
    public let name: StaticString
    /// The parts of its value, in order.
    public let value: [ValuePart]

    public init(_ name: StaticString, _ value: ValuePart...) {
        self.name = name
        self.value = value
    }
}

/// A piece of a field value; what is secret is only named here and read when the gateway starts.
public enum ValuePart: Sendable {
    case text(StaticString)
    /// `${NAME}` or `${NAME:-default}`; nil: the start stops where the variable is missing.
    case environment(StaticString, default: StaticString? = nil)
    /// `${file:/path}`: the file's bytes without trailing line ends.
    case file(StaticString)
    /// What stands inside, in Base64: the credentials of `Basic`.
    indirect case base64([ValuePart])
}
