/// How an endpoint is asked whether it works.
struct HealthCheck: Equatable {
    /// Below the endpoint's url: `/health`, perhaps with a query.
    var path: String
    var intervalMilliseconds: Int
    var timeoutMilliseconds: Int
    var healthyAfter: Int
    var unhealthyAfter: Int
    /// 200…599, ascending; empty: 200 to 299, and 401, 403 and 429 do not count against it.
    var expected: [UInt16]
}

/// `outlier_detection:`; percentages and counts are 0 where they do not count.
struct OutlierDetection: Equatable {
    var consecutiveFailures: Int
    var failurePercent: Int
    var minimumRequests: Int
    var windowMilliseconds: Int
    var ejectionMilliseconds: Int
    var maximumPercent: Int
}

/// `breaker:`; likewise.
struct Breaker: Equatable {
    var failures: Int
    var failurePercent: Int
    var minimumRequests: Int
    var windowMilliseconds: Int
    var openMilliseconds: Int
    var trials: Int
}

/// `panic:`.
enum Panic: String, CaseIterable {
    case any
    case none
}

/// What is done about endpoints that fail, but for their checks.
struct Health: Equatable {
    var outlierDetection: OutlierDetection?
    var breaker: Breaker?
    var slowStartMilliseconds = 0
    var panic = Panic.none

    var isJudging: Bool { outlierDetection != nil || breaker != nil }
}

extension Gateway {
    var hasHealthChecks: Bool { endpoints.contains { $0.healthCheck != nil } }

    /// Whether anything here can take an endpoint out.
    var canLoseEndpoints: Bool { health.isJudging || hasHealthChecks }
}

extension EndpointType {
    /// What is asked for to see whether a server of this type works, below its url; nothing of it
    /// has a model work. LiteLLM's own `/health` asks every model a question.
    var healthPath: String {
        switch self {
        case .ollama, .auto: "/"
        case .vllm, .vllmMLX, .sglang, .llamacpp, .lmdeploy, .omlx: "/health"
        case .litellm: "/health/liveliness"
        case .lemonade: "/v1/health"
        case .openAI, .openAICompatible, .lmStudio, .dmr: "/v1/models"
        }
    }
}
