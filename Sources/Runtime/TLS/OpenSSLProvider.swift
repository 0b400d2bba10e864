import COpenSSL
import GatewayRuntime
import Synchronization

/// The contexts of a process: what the workers' sessions are made of.
final class OpenSSLProvider: SecurityProvider {
    let problems: [String]
    private let current: Mutex<ContextSet>
    /// The number of the newest set, so that workers need no lock to see that theirs is it.
    private let newest = Atomic(0)

    init(_ needs: SecurityNeeds) {
        let set = ContextSet(needs, number: 0)
        problems = set.problems
        current = Mutex(set)
    }

    var contexts: ContextSet { current.withLock { $0 } }

    func isNewest(_ set: ContextSet) -> Bool { newest.load(ordering: .acquiring) == set.number }

    func makeSecurity() -> any TransportSecurity { OpenSSLSessions(self) }

    func reload(_ needs: SecurityNeeds) -> [String] {
        current.withLock { held in
            let set = ContextSet(needs, number: held.number + 1)
            if !set.problems.isEmpty { return set.problems }
            held = set
            newest.store(set.number, ordering: .releasing)
            return []
        }
    }
}

/// Contexts for every endpoint that wants one and for clients; endpoints of one profile share one.
final class ContextSet: Sendable {
    /// An endpoint's context, and what its certificate has to be for.
    struct Target: Sendable {
        let context: SecurityContext
        let name: String
        let isAddress: Bool
    }

    let number: Int
    let problems: [String]
    /// In the order of the gateway's endpoints.
    let endpoints: [Target?]
    let server: SecurityContext?

    init(_ needs: SecurityNeeds, number: Int) {
        var problems: [String] = []
        var known: [ClientProfile: SecurityContext?] = [:]
        endpoints = needs.endpoints.map { endpoint in
            guard let endpoint else { return nil }
            let profile = ClientProfile(endpoint)
            let context =
                known[profile]
                ?? SecurityContext(profile, for: "endpoint '\(endpoint.name)'", &problems)
            known[profile] = .some(context)
            return context.map { Target($0, endpoint.profile) }
        }
        server = needs.server.flatMap { SecurityContext(server: $0, &problems) }
        self.problems = problems
        self.number = number
    }
}

extension ContextSet.Target {
    fileprivate init(_ context: SecurityContext, _ profile: TLSProfile) {
        self.context = context
        name = "\(profile.serverName)"
        isAddress = isAddressText(name)
    }
}

/// Whether the text is an IPv4 or IPv6 address and no host name: names have no colon, and a last
/// label that is no number.
private func isAddressText(_ text: String) -> Bool {
    let last = text.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
    return text.contains(":") || (!last.isEmpty && last.allSatisfy { $0.isASCII && $0.isNumber })
}
