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
    /// How many requests it gets; nil: as many as come.
    public let rateLimit: RateLimit?
    /// 1…1000: what it gets in relation to others of its priority.
    public let weight: Int
    /// What it has to show and what it is shown; nil: it is spoken to without TLS.
    public let tls: TLSProfile?
    /// How it is reached over the wide transport; nil: by the runtime's own.
    public let wide: WideProfile?
    /// The path of its model list, `pathPrefix` included, asked for at run time: `/v1/models`; nil:
    /// its models stand in the YAML.
    public let discovery: StaticString?
    /// How it is asked whether it works; nil: it is not.
    public let healthCheck: HealthCheck?

    public init(
        name: StaticString,
        address: Address,
        host: StaticString,
        pathPrefix: StaticString,
        priority: Int,
        headers: [HeaderRule],
        forwardsCredentials: Bool,
        timeouts: EndpointTimeouts,
        rateLimit: RateLimit? = nil,
        weight: Int = 1,
        tls: TLSProfile? = nil,
        wide: WideProfile? = nil,
        discovery: StaticString? = nil,
        healthCheck: HealthCheck? = nil
    ) {
        self.name = name
        self.address = address
        self.host = host
        self.pathPrefix = pathPrefix
        self.priority = priority
        self.headers = headers
        self.forwardsCredentials = forwardsCredentials
        self.timeouts = timeouts
        self.rateLimit = rateLimit
        self.weight = weight
        self.tls = tls
        self.wide = wide
        self.discovery = discovery
        self.healthCheck = healthCheck
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
    /// From there until its TLS handshake is complete.
    public let tlsMilliseconds: Int
    /// From the request's last byte to the answer's head.
    public let responseHeaderMilliseconds: Int
    /// Between two reads of an answer.
    public let streamIdleMilliseconds: Int
    /// From the request's head to the answer's last byte, whoever was asked before.
    public let totalMilliseconds: Int

    public init(
        connectMilliseconds: Int,
        tlsMilliseconds: Int = 10_000,
        responseHeaderMilliseconds: Int,
        streamIdleMilliseconds: Int,
        totalMilliseconds: Int = 0
    ) {
        self.connectMilliseconds = connectMilliseconds
        self.tlsMilliseconds = tlsMilliseconds
        self.responseHeaderMilliseconds = responseHeaderMilliseconds
        self.streamIdleMilliseconds = streamIdleMilliseconds
        self.totalMilliseconds = totalMilliseconds
    }
}

/// What the server of an https endpoint has to show, and what it is shown.
public struct TLSProfile: Sendable {
    public let authorities: Authorities
    /// The name or address that its certificate has to have; a name is also asked for (SNI).
    public let serverName: StaticString
    public let minimumVersion: TLSVersion
    /// The client's certificate and what follows of its chain, as PEM; nil: it has none.
    public let certificate: [ValuePart]?
    /// The certificate's key, as PEM.
    public let key: [ValuePart]?
    /// False: any certificate is taken, as `verify: false` asks for.
    public let verifies: Bool

    /// Whose certificates are trusted.
    public enum Authorities: Sendable {
        /// The machine's, where OpenSSL looks for them.
        case system
        /// These alone: PEM, compiled in.
        case pinned(StaticString)
    }

    public init(
        authorities: Authorities,
        serverName: StaticString,
        minimumVersion: TLSVersion,
        certificate: [ValuePart]?,
        key: [ValuePart]?,
        verifies: Bool
    ) {
        self.authorities = authorities
        self.serverName = serverName
        self.minimumVersion = minimumVersion
        self.certificate = certificate
        self.key = key
        self.verifies = verifies
    }
}

/// Versions of TLS that are spoken at all.
public enum TLSVersion: Sendable {
    case tls12
    case tls13
}

/// How an endpoint is reached over the wide transport.
public struct WideProfile: Sendable {
    /// Its scheme, host and port: `https://api.example.com:8443`.
    public let origin: StaticString
    public let proxy: Proxy
    public let version: HTTPVersion

    /// What connections go through.
    public enum Proxy: Sendable {
        case none
        /// `http://`, `https://` or `socks5h://`, with a name and password where it wants them.
        case url([ValuePart])
        /// `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, read when the gateway starts.
        case environment
    }

    /// Which HTTP is spoken.
    public enum HTTPVersion: Sendable {
        case http1
        /// HTTP/2 by ALPN; to an `http://` endpoint with prior knowledge.
        case http2
    }

    public init(origin: StaticString, proxy: Proxy, version: HTTPVersion) {
        self.origin = origin
        self.proxy = proxy
        self.version = version
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
