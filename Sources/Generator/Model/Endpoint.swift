/// One of `endpoints:`.
struct Endpoint: Equatable {
    /// 1…64 of letters, digits, `.`, `_`, `-`.
    var name: String
    var type: EndpointType
    var url: EndpointURL
    var priority: Int
    /// 1…1000: what it gets in relation to others of its priority.
    var weight = 1
    var models: ServedModels
    /// In YAML order; names are unique whatever their case.
    var headers: [Header]
    var timeouts: EndpointTimeouts
    /// Nil: it gets as many requests as come.
    var rateLimit: RateLimit?
    /// Nil: it is spoken to without TLS.
    var tls: EndpointTLS?
    /// Nil: the gateway connects to it by itself, and speaks HTTP/1.1.
    var egress: Egress?
    /// Nil: it is not asked whether it works.
    var healthCheck: HealthCheck?
    /// Where the endpoint begins in the YAML, for comments and `ingot routes`.
    var line: Int
}

/// The types of the page and of Olla; a type gives defaults, nothing else.
enum EndpointType: String, CaseIterable {
    case openAI = "openai"
    case openAICompatible = "openai-compatible"
    case ollama
    case lmStudio = "lm-studio"
    case vllm
    case vllmMLX = "vllm-mlx"
    case sglang
    case llamacpp
    case lmdeploy
    case lemonade
    case litellm
    case omlx
    case dmr
    case auto
}

/// Where an endpoint is.
struct EndpointURL: Equatable {
    /// As the YAML has it.
    var text: String
    /// Whether it begins with `https://`.
    var isSecure: Bool
    var address: Address
    /// What `Host` says; the port only where it is not the scheme's own.
    var hostField: String
    /// The url's path without a final slash or a final `/v1`: a route's path follows it.
    var pathPrefix: String

    enum Address: Equatable {
        case ipv4(String, port: UInt16)
        case ipv6(String, port: UInt16)
        case name(String, port: UInt16)
        case unix(String)

        /// The name or address that a certificate would be for; nil for a socket.
        var host: String? {
            switch self {
            case .ipv4(let host, _), .ipv6(let host, _): host
            case .name(let host, _): host.hasSuffix(".") ? String(host.dropLast()) : host
            case .unix: nil
            }
        }

        /// Nil for a socket.
        var port: UInt16? {
            switch self {
            case .ipv4(_, let port), .ipv6(_, let port), .name(_, let port): port
            case .unix: nil
            }
        }
    }
}

/// What an endpoint serves.
enum ServedModels: Equatable {
    /// No `models` key: whatever no list names.
    case anything
    /// In YAML order, 1 at least.
    case listed([ServedModel])
    /// `models: discover`: what it says that it has, at run time.
    case discovered
}

/// One entry of an endpoint's `models`.
struct ServedModel: Equatable {
    /// What clients say: `gpt-4o`, or a pattern with one final `*`: `gpt-4*`.
    var name: String
    /// What the endpoint calls it; nil: the same. Never with a pattern.
    var upstreamName: String?
    /// Seconds since 1970 in the model list.
    var created: Int
    var ownedBy: String

    var isPattern: Bool { name.hasSuffix("*") }
}

/// One of `aliases:` (Olla: `model_aliases`).
struct Alias: Equatable {
    var name: String
    /// Names of models, in the order of preference at each endpoint, 1 at least.
    var targets: [String]
}

/// One of an endpoint's `headers`, or what its `auth` becomes.
struct Header: Equatable {
    /// A field name as it is written to the wire.
    var name: String
    var value: [ValuePart]
    /// Whether it carries credentials: then the client's own are not passed on.
    var isCredential: Bool
}

/// A piece of a field value.
indirect enum ValuePart: Equatable {
    case text(String)
    case environment(String, default: String?)
    case file(String)
    case base64([ValuePart])
}
