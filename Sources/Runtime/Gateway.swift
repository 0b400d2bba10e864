import Glibc

/// A gateway's life, from start to exit.
public enum Gateway {
    /// Serves until a signal ends it.
    public static func run(_ gateway: CompiledGateway) -> Never {
        exit(gateway.endpoints.isEmpty ? 1 : 0)
    }
}
