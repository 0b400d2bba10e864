import GatewayRuntime

/// TLS by OpenSSL, for gateways whose connections want it.
public enum OpenSSLSecurity {
    /// Makes the one provider of a process.
    @Sendable
    public static func provider(_ needs: SecurityNeeds) -> any SecurityProvider {
        OpenSSLProvider(needs)
    }
}
