/// Turns host names into addresses on a worker's event loop; made only where a YAML needs one.
///
/// A worker owns one and calls it from its own thread alone.
public protocol NameResolver: AnyObject {
    /// Whether a question is under way.
    var isBusy: Bool { get }

    /// Asks for the addresses of `name`; the answer comes later through `takeAnswers`, or at once.
    func resolve(_ name: StaticString, tag: Int)

    /// Descriptors to be watched, and for what; asked after each call.
    func descriptors() -> [(descriptor: Int32, reads: Bool, writes: Bool)]

    /// Milliseconds until `advance` wants to be called without an event; nil: no call needed.
    func nextTimeoutMilliseconds() -> Int?

    /// Tells that a descriptor is ready; -1: only time has passed.
    func advance(descriptor: Int32, readable: Bool, writable: Bool)

    /// What has been found since the last call.
    func takeAnswers() -> [NameAnswer]
}

/// What became of one question.
public struct NameAnswer: Sendable {
    /// What the question was asked with.
    public let tag: Int
    /// In the order of preference; empty where the name could not be resolved.
    public let addresses: [ResolvedAddress]
    /// How long they hold, as the name's servers say.
    public let timeToLiveSeconds: Int
    /// Why there is none.
    public let failure: NameFailure

    public init(
        tag: Int, addresses: [ResolvedAddress], timeToLiveSeconds: Int,
        failure: NameFailure = .other
    ) {
        self.tag = tag
        self.addresses = addresses
        self.timeToLiveSeconds = timeToLiveSeconds
        self.failure = failure
    }
}

/// Why a name has no address.
public enum NameFailure: Sendable {
    /// There is no such name.
    case notFound
    /// There is, but without an address.
    case noAddress
    /// No server answered in time.
    case timeout
    /// No server could be reached, or each said that it cannot or will not tell.
    case serverFailure
    case other

    /// One word for logs.
    var text: StaticString {
        switch self {
        case .notFound: "not_found"
        case .noAddress: "no_address"
        case .timeout: "timeout"
        case .serverFailure: "server_failure"
        case .other: "other"
        }
    }
}

/// A 128-bit address in host order; IPv4 as `::ffff:0:0/96`.
public struct ResolvedAddress: Sendable, Equatable {
    /// The first and the last eight bytes.
    public let high: UInt64, low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}
