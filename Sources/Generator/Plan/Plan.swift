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
    /// What the binary needs besides the core of the runtime.
    var parts: [RuntimePart]
    /// Whether any two endpoints of equal priority may serve a model.
    var balances: Bool
    /// What is compiled in of whom endpoints trust.
    var authorities: [AuthoritiesPlan]

    /// - Parameters:
    ///   - file: as the user named it; only its last component is kept.
    ///   - digest: of the bytes that `gateway` was read from.
    ///   - authorities: the system's, where the binary is to carry them.
    init(
        _ gateway: Gateway, file: String, digest: String, authorities: CertificateList? = nil
    ) {
        self.file = file.split(separator: "/").last.map(String.init) ?? file
        self.gateway = gateway
        self.digest = digest
        prefixes = ["/olla/openai-compatible", "/olla/openai"]
        routes = RoutePlan.all(of: gateway)
        var identifiers = Identifiers()
        endpoints = EndpointPlan.all(of: gateway, &identifiers)
        models = ModelPlan(gateway)
        balances = Equals(gateway, models).exist
        manifest = ""
        parts = gateway.runtimeParts
        self.authorities = AuthoritiesPlan.all(of: gateway, system: authorities, &identifiers)
        manifest = Manifest(of: self).json.pretty
    }
}
