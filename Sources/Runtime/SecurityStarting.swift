/// TLS when a gateway starts.
extension Gateway {
    /// What encrypts the gateway's connections; nil: nothing does, or nothing can, as `problems`
    /// says then.
    static func makeSecurity(
        _ gateway: CompiledGateway, _ secrets: Secrets, _ problems: inout [String]
    ) -> (any SecurityProvider)? {
        guard let make = gateway.security else { return nil }
        let provider = make(SecurityNeeds(gateway, secrets, &problems))
        problems += provider.problems
        return provider
    }
}
