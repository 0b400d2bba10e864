/// Which pages of other origins a browser may let read the answers (Fetch Standard, CORS protocol).
public struct CrossOrigin: Sendable {
    /// The code that answers browsers. It is in a folder of its own, together with the only way to
    /// make a `CrossOrigin`, and packages of gateways that make none are emitted without it.
    let engine: CrossOriginEngine
}

/// What a worker calls where pages of other origins are answered.
struct CrossOriginEngine: Sendable {
    /// Notes where a request comes from; true: it was a preflight and is answered.
    let enter: @Sendable (inout Worker, Int) -> Bool
    /// Writes the fields of an answer to `out`.
    let writeFields: @Sendable (inout Worker, Int) -> Void
}

/// What an answer tells a browser.
enum OriginStanding: UInt8 {
    /// Nothing at all.
    case unasked
    /// The origin may not read it, or there is none; caches learn that others may.
    case stranger
    /// Every origin may read it.
    case anyone
    /// The origin that is noted may read it.
    case known
    /// It answers a preflight of `anyone` or of the origin that is noted.
    case preflightOfAnyone, preflightOfKnown
}
