/// Reaches endpoints that the runtime's own transport cannot: over an outgoing proxy, by HTTP/2.
///
/// An exchange talks to it as to a connection: it writes an HTTP/1.1 request and reads an HTTP/1.1
/// answer; how these travel is the transport's affair. A worker owns one and calls it from its own
/// thread alone; no call blocks.
public protocol WideTransport: AnyObject {
    /// Takes other secrets into use, for the requests to come; else `targets` is as it was.
    func renew(_ targets: [WideTarget?])

    /// Opens a channel for one request to endpoint number `endpoint`.
    ///
    /// - Parameter tag: what `takeReady` names the channel by.
    /// - Returns: the channel's number, 0 or more; nil: there is no memory for it.
    func open(endpoint: Int, tag: UInt64) -> Int32?

    /// Takes as many of the request's bytes as there is room for; the first call has its head.
    func send(
        _ channel: Int32, from start: UnsafePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes

    /// Gives 1…`byteCount` bytes of the answer; `.end` behind its last one.
    func receive(
        _ channel: Int32, into start: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes

    /// Why a channel's `receive` said `.failed` before any byte of an answer.
    func fault(_ channel: Int32) -> WideFault

    /// The same in the transport's own words; without secrets.
    func detail(_ channel: Int32) -> String

    /// Gives the channel up; a request that is under way is aborted.
    func close(_ channel: Int32)

    /// Tells that a watched descriptor is ready; -1: only time has passed.
    func advance(descriptor: Int32, readable: Bool, writable: Bool)

    /// Milliseconds until `advance` wants to be called without an event; nil: no call needed.
    func nextTimeoutMilliseconds() -> Int?

    /// Appends what is to be watched otherwise than before the last call.
    func takeWatches(into watches: inout [WideWatch])

    /// Appends the tags of the channels whose state has changed since the last call.
    func takeReady(into tags: inout [UInt64])
}

/// What a descriptor of a wide transport is watched for, as long as it is ready.
public struct WideWatch: Sendable {
    /// A descriptor that the transport owns.
    public let descriptor: Int32
    /// Whether it was not watched until now.
    public let isNew: Bool
    /// Neither: it is not to be watched any more.
    public let reads: Bool, writes: Bool

    public init(descriptor: Int32, isNew: Bool, reads: Bool, writes: Bool) {
        self.descriptor = descriptor
        self.isNew = isNew
        self.reads = reads
        self.writes = writes
    }
}

/// Makes the wide transport of a worker; an endpoint that does not use it has nil in `targets`.
public typealias WideProvider = @Sendable (_ targets: [WideTarget?]) -> any WideTransport

/// What a wide transport has to know of an endpoint, its secrets read.
public struct WideTarget: Sendable {
    /// How it is reached; the value of a proxy's url is in `proxyURL`.
    public let profile: WideProfile
    /// Empty where the profile names none.
    public let proxyURL: [UInt8]
    /// nil: it is spoken to without TLS.
    public let tls: TLSProfile?
    /// The client's certificate and key, as PEM; empty where it has none.
    public let certificate: [UInt8], key: [UInt8]
    /// Until a connection stands, names, proxies and TLS included; 0: no limit.
    public let connectMilliseconds: Int
    /// How long a connection is kept unused; 0: no limit.
    public let idleMilliseconds: Int

    /// Whether the secrets of both are the same.
    public func hasSecrets(of other: WideTarget) -> Bool {
        proxyURL == other.proxyURL && certificate == other.certificate && key == other.key
    }
}

/// Why a channel came to nothing before an answer began.
public enum WideFault: Sendable, Equatable {
    case unknownName
    case connectFailed
    case connectTimeout
    /// The proxy gives no way to the endpoint, or wants other credentials.
    case proxyRefused
    case handshake(HandshakeFault)
    case closedEarly
    /// A connection that had served before was gone; the request can be sent again.
    case staleConnection
    case malformedAnswer
}
