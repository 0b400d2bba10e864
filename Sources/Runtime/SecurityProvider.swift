/// Makes what encrypts the connections of each worker; one a process, and any thread may call it.
public protocol SecurityProvider: AnyObject, Sendable {
    /// One sentence for each certificate, key or authority that cannot be used.
    var problems: [String] { get }

    /// The sessions of one worker.
    func makeSecurity() -> any TransportSecurity

    /// Takes other certificates and keys for the sessions to come; those under way go on.
    ///
    /// - Returns: what is wrong with them, in sentences; then all stays as it was.
    func reload(_ needs: SecurityNeeds) -> [String]
}

/// What TLS needs to know of a gateway: profiles from the YAML, bytes from files and variables.
public struct SecurityNeeds: Sendable {
    /// In the order of the gateway's endpoints; nil: it is spoken to without TLS.
    public let endpoints: [EndpointSecurity?]
    /// What clients are shown; nil: they are listened to without TLS.
    public let server: Identity?

    public init(endpoints: [EndpointSecurity?], server: Identity?) {
        self.endpoints = endpoints
        self.server = server
    }

    /// Reads the files of `gateway`'s own certificate; what cannot be read is added to `problems`.
    init(_ gateway: CompiledGateway, _ secrets: Secrets, _ problems: inout [String]) {
        endpoints = gateway.endpoints.map { endpoint in
            guard endpoint.wide == nil, let profile = endpoint.tls else { return nil }
            return EndpointSecurity(
                name: endpoint.name, profile: profile,
                identity: Identity(profile, secrets))
        }
        server = gateway.server.tls.flatMap { Identity($0, &problems) }
    }

    /// Whether there is anything to encrypt.
    var isEmpty: Bool { server == nil && endpoints.allSatisfy { $0 == nil } }
}

/// What TLS needs to know of an https endpoint.
public struct EndpointSecurity: Sendable {
    /// Its name, for problems.
    public let name: StaticString
    public let profile: TLSProfile
    /// nil: it is shown no certificate.
    public let identity: Identity?

    public init(name: StaticString, profile: TLSProfile, identity: Identity?) {
        self.name = name
        self.profile = profile
        self.identity = identity
    }
}

/// A certificate and its key, as PEM.
public struct Identity: Sendable, Hashable {
    /// With what follows of its chain.
    public let certificate: [UInt8]
    /// Without a passphrase.
    public let key: [UInt8]

    public init(certificate: [UInt8], key: [UInt8]) {
        self.certificate = certificate
        self.key = key
    }

    /// nil: the endpoint is shown no certificate, or a secret is missing, which has been told then.
    init?(_ profile: TLSProfile, _ secrets: Secrets) {
        guard let certificate = profile.certificate, let key = profile.key else { return nil }
        self.init(certificate: secrets.value(of: certificate), key: secrets.value(of: key))
        if !secrets.problems.isEmpty && (self.certificate.isEmpty || self.key.isEmpty) {
            return nil
        }
    }

    /// nil: a file cannot be read, which is added to `problems`.
    init?(_ tls: ServerTLS, _ problems: inout [String]) {
        var files: [[UInt8]] = []
        for path in ["\(tls.certificate)", "\(tls.key)"] {
            do throws(Errno) {
                files.append(try SmallFile.read(path, byteLimit: 65_536, isRegular: true))
            } catch {
                problems.append("file \(path) cannot be read: \(error.text) (server.tls)")
            }
        }
        guard files.count == 2 else { return nil }
        self.init(certificate: files[0], key: files[1])
    }
}
