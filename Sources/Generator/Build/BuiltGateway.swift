/// A gateway binary in its place.
struct BuiltGateway: Equatable {
    var path: String
    var byteCount: Int
    /// `sha256:` and 64 hexadecimal digits.
    var digest: String

    /// Copies the compiler's product; whoever starts `path` gets the old or the new binary whole.
    init(copying product: String, to path: String) throws(Failure) {
        guard Files.exists(product) else {
            throw .build("internal error of ingot: the compiler has left nothing at '\(product)'")
        }
        let bytes = try Files.read(product)
        try Files.replace(path, with: bytes, mode: 0o755)
        self.path = path
        byteCount = bytes.count
        digest = "sha256:" + Digest.sha256(bytes)
    }

    /// `gateway  9.1 MB  sha256:…`.
    var text: String {
        let tenths = (byteCount + 50_000) / 100_000
        return "\(path)  \(tenths / 10).\(tenths % 10) MB  \(digest)\n"
    }

    var json: JSON {
        .object([
            ("path", .string(path)),
            ("byte_count", .integer(byteCount)),
            ("digest", .string(digest)),
        ])
    }
}

/// How a gateway is to be built.
struct BuildOrder {
    var output: String
    var isStatic: Bool
    /// The folder of the runtime's sources; nil: found by itself.
    var runtime: String?
    /// The folder of the cache; nil: the user's.
    var cache: String?
    var isVerbose: Bool
}
