/// One of `clients:`.
struct Client: Equatable {
    /// 1…64 of letters, digits, `.`, `_`, `-`.
    var name: String
    /// SHA-256 of its keys, 64 lower-case hexadecimal digits each; 1 at least, none of them another
    /// client's.
    var keyDigests: [String]
    /// Names that it may say, a pattern with its final star; empty: every one.
    var models: [String]
    /// Paths below the prefixes, likewise; empty: every one.
    var routes: [String]
    /// Nil: it may call as often as it likes.
    var rateLimit: RateLimit?

    /// What keys begin with that `ingot key new` makes, so that they are known for keys.
    static let keyPrefix = "ingot_"
}

/// `cors:`.
struct CrossOrigin: Equatable {
    /// As browsers write them, or with a star for the first labels of the host, or `*` alone.
    var origins: [String]
    var methods: [String]
    /// Empty: whichever a page asks for.
    var headers: [String]
    var exposed: [String]
    var sendsCredentials: Bool
    var maxAgeSeconds: Int

    static let usualMethods = ["GET", "POST", "OPTIONS"]

    /// What the gateway itself says in its answers.
    static let usualExposed = [
        "X-Olla-Request-ID", "X-Olla-Response-Time", "X-Olla-Endpoint", "X-Olla-Model",
        "X-Olla-Backend-Type", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining",
        "X-RateLimit-Reset",
    ]
}
