/// A route below a prefix; its place in the plan is its index in the binary.
struct RoutePlan: Equatable {
    /// `/v1/chat/completions`, or with a final `*`: `/v1/*`.
    var path: String
    var action: Action

    /// What answers it; the raw value is the case's name in the runtime.
    enum Action: String {
        case forwardJSON
        case forwardForm
        case forwardAny
        case listModels
        case showModel
    }

    /// What a path begins with, where the route stands for more than one path.
    var prefix: String? { path.hasSuffix("*") ? String(path.dropLast()) : nil }

    /// `GET`, `POST` or `*`, for people.
    var method: String {
        switch action {
        case .listModels, .showModel: "GET"
        case .forwardJSON, .forwardForm: "POST"
        case .forwardAny: "*"
        }
    }

    var isForwarded: Bool { action != .listModels && action != .showModel }

    /// The page's eight in its order, one model of the list, then what the YAML adds.
    static func all(of gateway: Gateway) -> [RoutePlan] {
        let extra = gateway.extraRoutes.map { RoutePlan(path: $0.path, action: .forwardAny) }
        let rest = gateway.passthrough ? [RoutePlan(path: "/v1/*", action: .forwardAny)] : []
        return page + extra + rest
    }

    private static let page = [
        RoutePlan(path: "/v1/models", action: .listModels),
        RoutePlan(path: "/v1/chat/completions", action: .forwardJSON),
        RoutePlan(path: "/v1/completions", action: .forwardJSON),
        RoutePlan(path: "/v1/embeddings", action: .forwardJSON),
        RoutePlan(path: "/v1/images/generations", action: .forwardJSON),
        RoutePlan(path: "/v1/audio/transcriptions", action: .forwardForm),
        RoutePlan(path: "/v1/audio/translations", action: .forwardForm),
        RoutePlan(path: "/v1/moderations", action: .forwardJSON),
        RoutePlan(path: "/v1/models/*", action: .showModel),
    ]
}
