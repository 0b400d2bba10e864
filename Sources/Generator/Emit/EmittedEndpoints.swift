/// `Endpoints.swift`.
extension EmittedPackage {
    static func endpoints(_ plan: Plan) -> Template.Scope {
        [
            "file": "\(SwiftText.comment(plan.file))",
            "index": .scopes(plan.endpoints.map { ["identifier": "\($0.identifier)"] }),
            "endpoints": .scopes(plan.endpoints.map { endpoint($0, in: plan.file) }),
        ]
    }

    private static func endpoint(_ plan: EndpointPlan, in file: String) -> Template.Scope {
        let endpoint = plan.endpoint
        let timeouts = endpoint.timeouts
        return [
            "identifier": "\(plan.identifier)",
            "name": "\(SwiftText.comment(endpoint.name))",
            "place": "\(SwiftText.comment(file)):\(endpoint.line)",
            "kind": "\(endpoint.type.rawValue)",
            "nameLiteral": .literal(endpoint.name),
            "address": "\(address(endpoint.url.address))",
            "host": .literal(endpoint.url.hostField),
            "pathPrefix": .literal(endpoint.url.pathPrefix),
            "priority": .number(endpoint.priority),
            "headers": "\(headers(endpoint.headers))",
            "forwardsCredentials": "\(plan.forwardsCredentials)",
            "connectMilliseconds": .number(timeouts.connectMilliseconds),
            "responseHeaderMilliseconds": .number(timeouts.responseHeaderMilliseconds),
            "streamIdleMilliseconds": .number(timeouts.streamIdleMilliseconds),
        ]
    }

    private static func address(_ address: EndpointURL.Address) -> String {
        switch address {
        case .ipv4(let host, let port): ".ipv4(\(SwiftText.literal(host)), port: \(port))"
        case .ipv6(let host, let port): ".ipv6(\(SwiftText.literal(host)), port: \(port))"
        case .name(let host, let port): ".name(\(SwiftText.literal(host)), port: \(port))"
        case .unix(let path): ".unix(\(SwiftText.literal(path)))"
        }
    }

    /// One field a line.
    private static func headers(_ headers: [Header]) -> String {
        guard !headers.isEmpty else { return "[]" }
        let rules = headers.map { header in
            let name = Expression.text(SwiftText.literal(header.name))
            let rule = Expression.call("HeaderRule", [name] + header.value.map(part))
            return rule.layout(indent: 8, used: 1)
        }
        let lines = rules.flatMap { ($0 + ",").split(separator: "\n") }
        return "[\n" + lines.map { "    \($0)\n" }.joined() + "]"
    }

    private static func part(_ part: ValuePart) -> Expression {
        switch part {
        case .text(let text):
            return .call(".text", [.text(SwiftText.literal(text))])
        case .environment(let name, let fallback):
            let words =
                [SwiftText.literal(name)]
                + (fallback.map { ["default: \(SwiftText.literal($0))"] } ?? [])
            return .call(".environment", words.map(Expression.text))
        case .file(let path):
            return .call(".file", [.text(SwiftText.literal(path))])
        case .base64(let parts):
            return .call(".base64", [.array(parts.map(Self.part))])
        }
    }
}
