/// Reaches endpoints that the runtime's own transport cannot: over an outgoing proxy, by HTTP/2.
///
/// An exchange talks to it as to a connection: it writes an HTTP/1.1 request and reads an HTTP/1.1
/// answer; how these travel is the transport's affair. A worker owns one and calls it from its own
/// thread alone; no call blocks.
public protocol WideTransport: AnyObject {
    /// Opens a channel for one request to endpoint number `endpoint`.
    ///
    /// - Parameter tag: what `takeReady` names the channel by.
    /// - Returns: the channel's number, 0 or more; nil: there is no memory for it.
    func open(endpoint: Int, tag: UInt64) -> Int32?

    /// Takes as many of the request's bytes as there is room for.
    func send(
        _ channel: Int32, from start: UnsafePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes

    /// Gives 1…`byteCount` bytes of the answer; `.end` behind its last one.
    func receive(
        _ channel: Int32, into start: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes

    /// Why a channel's `receive` said `.failed` before any byte of an answer.
    func fault(_ channel: Int32) -> WideFault

    /// Gives the channel up; a request that is under way is aborted.
    func close(_ channel: Int32)

    /// Tells that a watched descriptor is ready; -1: only time has passed.
    func advance(descriptor: Int32, readable: Bool, writable: Bool)

    /// Milliseconds until `advance` wants to be called without an event; nil: no call needed.
    func nextTimeoutMilliseconds() -> Int?

    /// What is to be watched from now on, since the last call; neither: nothing any more.
    func takeWatches() -> [(descriptor: Int32, reads: Bool, writes: Bool)]

    /// The tags of the channels whose state has changed since the last call.
    func takeReady() -> [UInt64]
}

/// Why a channel came to nothing before an answer began.
public enum WideFault: Sendable, Equatable {
    case unknownName
    case connectFailed
    case connectTimeout
    case proxyRefused
    case handshake(HandshakeFault)
    case closedEarly
    case malformedAnswer
}
