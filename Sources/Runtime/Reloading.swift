/// What SIGHUP has read anew: secrets and certificates that come from files; everything else stays
/// compiled in.
///
/// Only the main thread uses it. All or nothing: where one file cannot be used, all stay as they
/// were, and one line says which and why.
struct Reloading {
    private let gateway: CompiledGateway
    private let shared: SharedState
    /// What the workers have, or will have at their next wake.
    private var secrets: Secrets
    private let security: (any SecurityProvider)?

    init(
        _ gateway: CompiledGateway, _ shared: SharedState, _ secrets: Secrets,
        _ security: (any SecurityProvider)?
    ) {
        self.gateway = gateway
        self.shared = shared
        self.secrets = secrets
        self.security = security
    }

    /// Reads every file anew; when a line tells of it, requests are written with the new values and
    /// handshakes begin with the new certificates.
    mutating func reload() {
        let found = secrets.rereadingFiles(for: gateway.endpoints)
        let problems = reloadSecurity(found)
        if !problems.isEmpty {
            shared.failedReloadCount.add(1, ordering: .relaxed)
            EventLog.write("secrets_kept", ["problems": .list(problems)])
            return
        }
        let changed = found.changedFiles(since: secrets)
        secrets = found
        if !changed.isEmpty { shared.replaceSecrets(by: found) }
        shared.reloadCount.add(1, ordering: .relaxed)
        EventLog.write("secrets_reloaded", ["changed": .list(changed)])
        if security != nil { EventLog.write("certificates_reloaded") }
    }

    /// Hands certificates and keys to TLS, for the sessions to come.
    ///
    /// - Returns: what is wrong with them or with the secrets; then nothing has changed.
    private func reloadSecurity(_ found: Secrets) -> [String] {
        var problems = found.problems
        guard let security else { return problems }
        let needs = SecurityNeeds(gateway, found, &problems)
        return problems.isEmpty ? security.reload(needs) : problems
    }
}
