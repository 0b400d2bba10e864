/// What a YAML means, once nothing in it can be wrong any more.
///
/// Only `Validate` makes one. Every value is typed, bounded and complete: defaults are filled in,
/// names are unique, every reference has its target.
struct Gateway: Equatable {
    var server: Server
    var limits: Limits
    var timeouts: ClientTimeouts
    var retry: Retry
    var drain: Drain
    var balance = Balance()
    /// Nil: no endpoint discovers its models.
    var discovery: Discovery?
    var accessLog: AccessLog
    var health = Health()
    /// Further routes below the prefixes, besides the eight: `/v1/responses`.
    var extraRoutes: [ExtraRoute]
    /// Whether every path below `/v1/` is a route.
    var passthrough: Bool
    /// 1…65,535 in YAML order; names are unique.
    var endpoints: [Endpoint]
    /// In YAML order; names differ from each other and from every model.
    var aliases: [Alias]
    /// The model a request has that names none.
    var defaultModel: String?
    /// Who may call; empty: everybody.
    var clients: [Client] = []
    /// Nil: browsers are told nothing of other origins.
    var crossOrigin: CrossOrigin?
}

/// `server:` and what is asked of the gateway itself.
struct Server: Equatable {
    /// An IPv4 or IPv6 address or `unix:/path`; `localhost` has become `127.0.0.1`.
    var host: String
    var port: UInt16
    /// 0: one a core.
    var workers: Int
    var maxConnections: Int
    var trustedProxies: [Network]
    var rateLimits = RateLimits()
    /// Who may ask the gateway's own routes; empty: loopback.
    var adminNetworks: [Network]
    /// Where the gateway's own routes are served apart from clients; nil: on the same port.
    var adminListener: Listener?
    /// Nil: clients are listened to without TLS.
    var tls: ServerTLS?
    /// Who is asked for names, each with its port; empty: whom the machine's settings name.
    var nameServers: [String] = []
}

/// An address and port of this machine.
struct Listener: Equatable {
    /// An IPv4 or IPv6 address.
    var host: String
    var port: UInt16
}

/// A block of addresses in its 128-bit form; IPv4 as `::ffff:0:0/96`.
struct Network: Hashable {
    var high: UInt64
    var low: UInt64
    /// 0…128.
    var prefixLength: Int
    /// As the YAML has it: `10.0.0.0/8`.
    var text: String
}

/// `limits:`; bytes and counts.
struct Limits: Equatable {
    var headByteLimit: Int
    var fieldCountLimit: Int
    var targetByteLimit: Int
    /// 0: none.
    var bodyByteLimit: Int
    var repeatableByteLimit: Int
    var heldByteLimit: Int
}

/// The clocks of the client side; 0: none.
struct ClientTimeouts: Equatable {
    var clientHeaderMilliseconds: Int
    var clientBodyMilliseconds: Int
    var keepAliveMilliseconds: Int
    var upstreamIdleMilliseconds: Int
}

/// The clocks of an endpoint, its own or the gateway's; 0: none.
struct EndpointTimeouts: Equatable {
    var connectMilliseconds: Int
    var tlsMilliseconds: Int
    var responseHeaderMilliseconds: Int
    var streamIdleMilliseconds: Int
    var totalMilliseconds = 0
}

/// `retry:`.
struct Retry: Equatable {
    /// 0: every endpoint of the model once.
    var attempts: Int
    /// 400…599, ascending, without repetition.
    var statuses: [UInt16]
    /// 1…100; nil: no bound.
    var budgetPercent: Int? = 20
    var awaitsFirstEvent = true
}

/// `drain:`.
struct Drain: Equatable {
    var lagMilliseconds: Int
    var timeoutMilliseconds: Int
}

/// `logging.access`.
enum AccessLog: String, Equatable, CaseIterable {
    case json
    case off
}

/// One of `routes:`.
struct ExtraRoute: Equatable {
    /// Begins with `/v1/`; no query, no dot segment, no empty segment.
    var path: String
}
