/// What the server of an https endpoint has to show, and what it is shown.
struct EndpointTLS: Equatable {
    var authorities: Authorities
    /// The name or address that its certificate has to have; a name is also asked for (SNI).
    var serverName: String
    var minimumVersion: TLSVersion
    var identity: ClientIdentity?
    /// False: any certificate is taken.
    var verifies: Bool

    /// Whose certificates are trusted.
    enum Authorities: Equatable {
        case system
        /// The file as the YAML names it, and what it holds.
        case pinned(String, CertificateList)
    }

    /// Whether the machine that runs the gateway has a say in what is trusted.
    var trustsSystem: Bool { verifies && authorities == .system }
}

/// Versions of TLS that are spoken at all; the raw value is how the YAML has them.
enum TLSVersion: String, Equatable, CaseIterable {
    case tls12 = "1.2"
    case tls13 = "1.3"
}

/// The gateway's own certificate at an endpoint (mutual TLS); each a single reference.
struct ClientIdentity: Equatable {
    var certificate: ValuePart
    var key: ValuePart
}

/// `server.tls`: paths of files that the gateway reads when it starts.
struct ServerTLS: Equatable {
    var certificate: String
    var key: String
}
