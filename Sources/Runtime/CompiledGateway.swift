/// All that one YAML became: the seam between emitted Swift and the runtime.
///
/// Plain values and plain functions. Emitted code makes one and hands it to `Gateway.run`; nothing
/// in it changes afterwards, and nothing in it can be wrong: the generator has seen to that.
public struct CompiledGateway: Sendable {
    public let manifest: Manifest
    public let server: Server
    public let limits: Limits
    public let timeouts: Timeouts
    public let retry: Retry
    public let drain: Drain
    public let accessLog: AccessLogFormat

    /// Path prefixes of clients, longest first, without a trailing slash: `/olla/openai`.
    public let prefixes: [StaticString]

    /// Every route below the prefixes; the value of `route` is an index in here.
    public let routes: [Route]

    /// The index in `routes` of a path whose prefix has been cut off, or nil.
    public let route: @Sendable (_ path: borrowing Span<UInt8>) -> Int?

    /// 1…65,535 endpoints in YAML order; an `EndpointIndex` counts in here.
    public let endpoints: [Endpoint]

    public let models: ModelDirectory

    /// Makes a resolver of host names for a worker; nil where no endpoint has a host name.
    public let names: (@Sendable () -> any NameResolver)?

    /// Makes what encrypts connections, once for all workers; nil where nothing is encrypted.
    public let security: (@Sendable (SecurityNeeds) -> any SecurityProvider)?

    /// Makes the wide transport of a worker; nil where no endpoint needs one.
    public let wide: WideProvider?

    /// How endpoints are asked for their models; nil where none is.
    public let discovery: Discovery?

    /// What is let in at all; nil: everything.
    public let rateLimits: RateLimits?

    /// Who may call; nil: everybody.
    public let clients: Clients?

    /// Which pages of other origins are answered; nil: browsers are told nothing.
    public let crossOrigin: CrossOrigin?

    /// What is done about endpoints that fail; nil: nothing but asking the next one.
    public let health: Health?

    /// How an endpoint is chosen among equals; nil where no two are for any model.
    public let balance: Balance?

    public init(
        manifest: Manifest,
        server: Server,
        limits: Limits,
        timeouts: Timeouts,
        retry: Retry,
        drain: Drain,
        accessLog: AccessLogFormat,
        prefixes: [StaticString],
        routes: [Route],
        route: @escaping @Sendable (_ path: borrowing Span<UInt8>) -> Int?,
        endpoints: [Endpoint],
        models: ModelDirectory,
        names: (@Sendable () -> any NameResolver)? = nil,
        security: (@Sendable (SecurityNeeds) -> any SecurityProvider)? = nil,
        wide: WideProvider? = nil,
        discovery: Discovery? = nil,
        rateLimits: RateLimits? = nil,
        clients: Clients? = nil,
        crossOrigin: CrossOrigin? = nil,
        health: Health? = nil,
        balance: Balance? = nil
    ) {
        self.manifest = manifest
        self.server = server
        self.limits = limits
        self.timeouts = timeouts
        self.retry = retry
        self.drain = drain
        self.accessLog = accessLog
        self.prefixes = prefixes
        self.routes = routes
        self.route = route
        self.endpoints = endpoints
        self.models = models
        self.names = names
        self.security = security
        self.wide = wide
        self.discovery = discovery
        self.rateLimits = rateLimits
        self.clients = clients
        self.crossOrigin = crossOrigin
        self.health = health
        self.balance = balance
    }
}

/// What the binary says of itself.
public struct Manifest: Sendable {
    /// The version of ingot that cast it: `0.1.0`.
    public let version: StaticString
    /// SHA-256 of the YAML as it was read: `sha256:` and 64 hexadecimal digits.
    public let digest: StaticString
    /// The whole manifest as one JSON object; names of secrets, never values.
    public let json: StaticString

    public init(version: StaticString, digest: StaticString, json: StaticString) {
        self.version = version
        self.digest = digest
        self.json = json
    }
}

/// Where clients are listened to.
public struct Server: Sendable {
    /// An IPv4 or IPv6 address, or `unix:/path`.
    public let host: StaticString
    /// 1…65,535; `INGOT_PORT` in the environment replaces it.
    public let port: UInt16
    /// Threads, each with its own loop; 0: one a core.
    public let workers: Int
    /// Client connections of all workers together; past it new ones wait in the kernel's backlog.
    public let maxConnections: Int
    /// Networks whose `X-Forwarded-For` is kept.
    public let trustedProxies: [Network]
    /// Networks that may ask the gateway's own routes; loopback where it is empty.
    public let adminNetworks: [Network]
    /// A port for the own routes alone; nil: clients' ports answer them.
    public let adminListener: Listener?
    /// What clients are shown of it; nil: they are listened to without TLS.
    public let tls: ServerTLS?

    public init(
        host: StaticString,
        port: UInt16,
        workers: Int,
        maxConnections: Int,
        trustedProxies: [Network],
        adminNetworks: [Network],
        adminListener: Listener?,
        tls: ServerTLS? = nil
    ) {
        self.host = host
        self.port = port
        self.workers = workers
        self.maxConnections = maxConnections
        self.trustedProxies = trustedProxies
        self.adminNetworks = adminNetworks
        self.adminListener = adminListener
        self.tls = tls
    }
}

/// The gateway's own certificate, in files that are read when it starts and on SIGHUP.
public struct ServerTLS: Sendable {
    /// The path of the certificate and what follows of its chain, as PEM.
    public let certificate: StaticString
    /// The path of the certificate's key, as PEM.
    public let key: StaticString

    public init(certificate: StaticString, key: StaticString) {
        self.certificate = certificate
        self.key = key
    }
}

/// An address of this machine and a port.
public struct Listener: Sendable {
    /// An IPv4 or IPv6 address.
    public let host: StaticString
    /// 1…65,535.
    public let port: UInt16

    public init(host: StaticString, port: UInt16) {
        self.host = host
        self.port = port
    }
}

/// A block of addresses: `10.0.0.0/8`, `fd00::/8`. IPv4 is held as `::ffff:0:0/96`.
public struct Network: Sendable, Equatable {
    /// The high and low halves of the 128-bit address, in host order.
    public let high: UInt64, low: UInt64
    /// 0…128, counted in the 128-bit form: `10.0.0.0/8` has 104.
    public let prefixLength: Int

    public init(high: UInt64, low: UInt64, prefixLength: Int) {
        self.high = high
        self.low = low
        self.prefixLength = prefixLength
    }

    /// The block of an IPv4 address, prefix length 0…32: `Network(10, 0, 0, 0, prefixLength: 8)`.
    public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, prefixLength: Int) {
        let address = UInt64(a) << 24 | UInt64(b) << 16 | UInt64(c) << 8 | UInt64(d)
        self.init(high: 0, low: 0xffff_0000_0000 | address, prefixLength: 96 + prefixLength)
    }
}

/// Bounds in bytes and counts; each has a stated answer when it is passed.
public struct Limits: Sendable {
    /// Request head, request line included: 431.
    public let headByteLimit: Int
    /// Fields of one head: 431.
    public let fieldCountLimit: Int
    /// Request target: 414.
    public let targetByteLimit: Int
    /// Request body: 413. 0: no limit.
    public let bodyByteLimit: Int
    /// A body up to this is held until the answer's head is here, so that it can be sent again.
    public let repeatableByteLimit: Int
    /// What is held at most of a larger body until its model is known: 413.
    public let heldByteLimit: Int

    public init(
        headByteLimit: Int,
        fieldCountLimit: Int,
        targetByteLimit: Int,
        bodyByteLimit: Int,
        repeatableByteLimit: Int,
        heldByteLimit: Int
    ) {
        self.headByteLimit = headByteLimit
        self.fieldCountLimit = fieldCountLimit
        self.targetByteLimit = targetByteLimit
        self.bodyByteLimit = bodyByteLimit
        self.repeatableByteLimit = repeatableByteLimit
        self.heldByteLimit = heldByteLimit
    }
}

/// Each its own clock, in milliseconds; 0: none.
public struct Timeouts: Sendable {
    /// From the first byte of a request, or the opening of a connection, to the end of its head.
    public let clientHeaderMilliseconds: Int
    /// Between two reads of a request body.
    public let clientBodyMilliseconds: Int
    /// Between two requests of a client connection.
    public let keepAliveMilliseconds: Int
    /// How long a pooled upstream connection is kept unused.
    public let upstreamIdleMilliseconds: Int

    public init(
        clientHeaderMilliseconds: Int,
        clientBodyMilliseconds: Int,
        keepAliveMilliseconds: Int,
        upstreamIdleMilliseconds: Int
    ) {
        self.clientHeaderMilliseconds = clientHeaderMilliseconds
        self.clientBodyMilliseconds = clientBodyMilliseconds
        self.keepAliveMilliseconds = keepAliveMilliseconds
        self.upstreamIdleMilliseconds = upstreamIdleMilliseconds
    }
}

/// When a request is tried at another endpoint.
public struct Retry: Sendable {
    /// Endpoints tried at most for one request; 0: each of the model's once.
    public let attempts: Int
    /// Answers with these statuses are passed over while another endpoint is left.
    public let statuses: [UInt16]
    /// How many of a hundred requests may be sent once more; nil: any number.
    public let budgetPercent: Int?
    /// Whether an event stream is held until its first event, while another endpoint is left.
    public let awaitsFirstEvent: Bool

    public init(
        attempts: Int, statuses: [UInt16], budgetPercent: Int? = nil,
        awaitsFirstEvent: Bool = false
    ) {
        self.attempts = attempts
        self.statuses = statuses
        self.budgetPercent = budgetPercent
        self.awaitsFirstEvent = awaitsFirstEvent
    }
}

/// How a gateway ends on SIGTERM.
public struct Drain: Sendable {
    /// How long new connections are still taken after readiness says 503.
    public let lagMilliseconds: Int
    /// How long open exchanges may run on; then they end with an error event.
    public let timeoutMilliseconds: Int

    public init(lagMilliseconds: Int, timeoutMilliseconds: Int) {
        self.lagMilliseconds = lagMilliseconds
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}

/// One line an exchange on standard output, or none.
public enum AccessLogFormat: Sendable {
    case json
    case off
}

/// What a client may call below a prefix.
public struct Route: Sendable {
    /// Its path without the prefix, `/v1/chat/completions`, or with a final `*`: `/v1/*`.
    public let path: StaticString
    public let action: Action

    /// What answers it.
    public enum Action: Sendable {
        /// `POST` (every method where `anyMethod`) to an endpoint; the model is in the JSON body.
        case forwardJSON
        /// `POST` to an endpoint; the model is a field of the form.
        case forwardForm
        /// Any method to an endpoint; the model is looked for where a body has one.
        case forwardAny
        /// `GET`, answered by the gateway: every model.
        case listModels
        /// `GET`, answered by the gateway: the model that the rest of the path names.
        case showModel
    }

    public init(_ path: StaticString, _ action: Action) {
        self.path = path
        self.action = action
    }
}
