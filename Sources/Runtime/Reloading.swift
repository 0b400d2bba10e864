/// What SIGHUP has read anew: secrets that come from files; everything else stays compiled in.
///
/// Only the main thread uses it. Each kind of file is all or nothing by itself: where one cannot be
/// used, all of its kind stay as they were, and one line says which and why.
struct Reloading {
    private let gateway: CompiledGateway
    private let shared: SharedState
    /// What the workers have, or will have at their next wake.
    private var secrets: Secrets

    init(_ gateway: CompiledGateway, _ shared: SharedState, _ secrets: Secrets) {
        self.gateway = gateway
        self.shared = shared
        self.secrets = secrets
    }

    /// Reads every kind of file anew; when a line tells of it, requests are written with the new.
    mutating func reload() {
        reloadSecrets()
    }

    private mutating func reloadSecrets() {
        let found = secrets.rereadingFiles(for: gateway.endpoints)
        if !found.problems.isEmpty {
            shared.failedReloadCount.add(1, ordering: .relaxed)
            EventLog.write("secrets_kept", ["problems": .list(found.problems)])
            return
        }
        let changed = found.changedFiles(since: secrets)
        secrets = found
        if !changed.isEmpty { shared.replaceSecrets(by: found) }
        shared.reloadCount.add(1, ordering: .relaxed)
        EventLog.write("secrets_reloaded", ["changed": .list(changed)])
    }
}
