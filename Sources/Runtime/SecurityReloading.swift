/// TLS when a gateway starts, and when it is told that its certificates have changed.
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

    /// Reads certificates and keys anew, for the sessions to come; where they have a fault, all
    /// stays as it was.
    static func reloadSecurity(_ gateway: CompiledGateway, _ security: (any SecurityProvider)?) {
        guard let security else {
            EventLog.write("hangup_ignored")
            return
        }
        let secrets = Secrets(for: gateway.endpoints)
        var problems = secrets.problems
        let needs = SecurityNeeds(gateway, secrets, &problems)
        if problems.isEmpty { problems = security.reload(needs) }
        if problems.isEmpty {
            EventLog.write("certificates_reloaded")
        } else {
            let text = problems.joined(separator: "; ")
            EventLog.write("certificates_kept", ["problems": .text(text)])
        }
    }
}
