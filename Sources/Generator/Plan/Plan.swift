/// Every decision about a gateway, as plain values that templates print.
struct Plan: Equatable {
    /// The YAML's name without its folders, for comments.
    var file: String
    var gateway: Gateway
    var prefixes: [String]
    var routes: [RoutePlan]
    var endpoints: [EndpointPlan]
    var models: ModelPlan
    /// `sha256:` and 64 hexadecimal digits: the YAML as it was read.
    var digest: String
    /// The manifest's text, pretty-printed.
    var manifest: String
    /// Whether an endpoint has a host name, so that the binary needs a resolver.
    var needsNames: Bool

    /// - Parameters:
    ///   - file: as the user named it; only its last component is kept.
    ///   - digest: of the bytes that `gateway` was read from.
    init(_ gateway: Gateway, file: String, digest: String) {
        self.file = file.split(separator: "/").last.map(String.init) ?? file
        self.gateway = gateway
        self.digest = digest
        prefixes = ["/olla/openai-compatible", "/olla/openai"]
        routes = RoutePlan.all(of: gateway)
        endpoints = EndpointPlan.all(of: gateway)
        models = ModelPlan(gateway)
        manifest = ""
        needsNames = gateway.endpoints.contains(where: \.hasHostName)
        manifest = Manifest(of: self).json.pretty
    }
}
