extension Schema {
    /// Keys that are planned or common elsewhere, and that this version does not have.
    ///
    /// They are refused, because a limit or a lock that does nothing is worse than none.
    static let unsupported: Set = [
        "hedge", "metrics", "queue", "store",
        "tokens_per_minute", "tracing", "usage",
        "server.http_version",
        "admin.socket", "admin.tls",
        "logging.format", "logging.level", "logging.output",
        "endpoints[].balance",
        "endpoints[].health_check_url", "endpoints[].hedge", "endpoints[].max_in_flight",
        "endpoints[].queue", "endpoints[].rate_limit.tokens_per_minute", "endpoints[].retry",
        "endpoints[].tokens_per_minute", "endpoints[].usage",
        "endpoints[].models[].capabilities", "endpoints[].models[].max_in_flight",
        "endpoints[].models[].rate_limit", "endpoints[].models[].weight",
    ]

    /// The sections that have a key of this name, in the words of a message.
    static func homes(of name: String) -> [String] {
        var homes: [String] = []
        collectHomes(of: name, in: root, path: "", into: &homes)
        return homes
    }

    private static func collectHomes(
        of name: String, in keys: [SchemaKey], path: String, into homes: inout [String]
    ) {
        for key in keys {
            if key.name == name { homes.append(path.isEmpty ? "the top level" : "`\(path)`") }
            let inner = path.isEmpty ? key.name : "\(path).\(key.name)"
            collectHomes(of: name, in: key.type.keys, path: inner, into: &homes)
        }
    }
}
