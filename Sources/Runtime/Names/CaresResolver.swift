import CCares
import GatewayRuntime

/// Asks the system's name servers through c-ares.
public final class CaresResolver: NameResolver {
    public init() {}
    public func resolve(_ name: StaticString, tag: Int) {}
    public func descriptors() -> [(descriptor: Int32, reads: Bool, writes: Bool)] { [] }
    public func nextTimeoutMilliseconds() -> Int? { nil }
    public func advance(descriptor: Int32, readable: Bool, writable: Bool) {}
    public func takeAnswers() -> [NameAnswer] { [] }
}
