/// `Endpoints.swift`.
extension EmittedPackage {
    /// What fills `Endpoints.swift.template`, in the order of the YAML.
    static func endpoints(_ plan: Plan) -> Template.Scope {
        [
            "file": "\(SwiftText.comment(plan.file))",
            "index": .column(plan.endpoints.map(\.identifier), indent: 0),
            "endpoints": .scopes(plan.endpoints.map { endpoint($0, in: plan) }),
        ]
    }

    private static func endpoint(
        _ plan: EndpointPlan, in gateway: Plan
    ) -> Template.Scope {
        let endpoint = plan.endpoint
        let timeouts = endpoint.timeouts
        let further = reach(plan, in: gateway)
        let totalClock: Template.Scope = [
            "totalMilliseconds": .number(timeouts.totalMilliseconds)
        ]
        let tlsClock: Template.Scope = ["tlsMilliseconds": .number(timeouts.tlsMilliseconds)]
        return [
            "identifier": "\(plan.identifier)",
            "name": "\(SwiftText.comment(endpoint.name))",
            "place": "\(SwiftText.comment(gateway.file)):\(endpoint.line)",
            "kind": "\(endpoint.type.rawValue)",
            "nameLiteral": .literal(endpoint.name),
            "address": "\(address(endpoint.url.address))",
            "host": .literal(endpoint.url.hostField),
            "pathPrefix": .literal(endpoint.url.pathPrefix),
            "priority": .number(endpoint.priority),
            "headers": "\(Expression.column(endpoint.headers.map(rule), indent: 4))",
            "forwardsCredentials": "\(plan.forwardsCredentials)",
            "connectMilliseconds": .number(timeouts.connectMilliseconds),
            "tlsClock": .scopes(endpoint.tls == nil ? [] : [tlsClock]),
            "responseHeaderMilliseconds": .number(timeouts.responseHeaderMilliseconds),
            "streamIdleMilliseconds": .number(timeouts.streamIdleMilliseconds),
            "clockComma": "\(timeouts.totalMilliseconds == 0 ? "" : ",")",
            "totalClock": .scopes(timeouts.totalMilliseconds == 0 ? [] : [totalClock]),
            "comma": "\(further.isEmpty ? "" : ",")",
            "further": .arguments(further),
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

    /// A field with its value's pieces, in their order.
    private static func rule(_ header: Header) -> Expression {
        let name = Expression.text(SwiftText.literal(header.name))
        return .call("HeaderRule", [name] + header.value.map(part))
    }

    /// A value's piece as the runtime's `ValuePart` has it; secrets are only named.
    static func part(_ part: ValuePart) -> Expression {
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
