/// What a gateway reads when it starts, by where it comes from; no value is ever known here.
struct SecretNeeds: Equatable {
    /// Variables of the environment, each once, in the order of the YAML.
    var variables: [Variable] = []
    /// Absolute paths of files with one secret each, each once, in the order of the YAML.
    var files: [String] = []
    /// The gateway's own certificate and key, as absolute paths; nil: it has none.
    var certificate: ServerTLS?

    struct Variable: Equatable {
        var name: String
        /// Whether a default stands in where it is not set.
        var isOptional: Bool
    }

    init(of gateway: Gateway) {
        for part in gateway.endpoints.flatMap(\.references) { add(part) }
        certificate = gateway.server.tls.map {
            ServerTLS(certificate: Self.absolute($0.certificate), key: Self.absolute($0.key))
        }
        if let certificate {
            files.removeAll { $0 == certificate.certificate || $0 == certificate.key }
        }
    }

    private mutating func add(_ part: ValuePart) {
        switch part {
        case .text: break
        case .base64(let parts): for part in parts { add(part) }
        case .file(let path):
            let path = Self.absolute(path)
            if !files.contains(path) { files.append(path) }
        case .environment(let name, let fallback):
            guard let known = variables.firstIndex(where: { $0.name == name }) else {
                variables.append(Variable(name: name, isOptional: fallback != nil))
                return
            }
            // One place without a default is enough to make it necessary.
            if fallback == nil { variables[known].isOptional = false }
        }
    }

    /// Services and containers start in the root folder.
    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "/\(path)"
    }
}
