extension Schema {
    /// Olla's keys of an endpoint's check, each with its name here.
    static let ollaChecks = [
        "health_check_url": "path", "check_interval": "interval", "check_timeout": "timeout",
    ]
}

extension OllaTranslation {
    /// `health_check` of the keys that an endpoint has for it; nil where it has none.
    func healthCheck(_ entries: [YAMLEntry], of endpoint: YAMLNode) -> YAMLEntry? {
        guard let first = entries.first else { return nil }
        let moved = entries.compactMap { entry -> YAMLEntry? in
            guard let name = Schema.ollaChecks[entry.key.name] else { return nil }
            let key = YAMLKey(
                name: name, spelling: entry.key.spelling, location: entry.key.location)
            if name != "path" { return YAMLEntry(key: key, value: entry.value) }
            return checkPath(entry, of: endpoint).map { YAMLEntry(key: key, value: $0) }
        }
        let key = YAMLKey(
            name: "health_check", spelling: first.key.spelling, location: first.key.location)
        let node = YAMLNode(location: first.value.location, content: .mapping(moved))
        return YAMLEntry(key: key, value: node)
    }

    /// The path below the endpoint's url; nil where the check would ask somebody else.
    private func checkPath(_ entry: YAMLEntry, of endpoint: YAMLNode) -> YAMLNode? {
        guard case .scalar(var scalar) = entry.value.content else { return entry.value }
        var path = scalar.text
        if path.contains("://") {
            guard case .scalar(let url)? = endpoint.value(of: "url")?.content else { return nil }
            var base = url.text.hasSuffix("/") ? String(url.text.dropLast()) : url.text
            if base.hasSuffix("/v1") { base.removeLast(3) }
            guard path.hasPrefix(base) else {
                findings.report(
                    .ollaNoEffect, at: entry.key.location, entry.key.spelling,
                    "the endpoint itself is checked, below its url")
                return nil
            }
            path = String(path.dropFirst(base.count))
        }
        if !path.hasPrefix("/") { path = "/" + path }
        scalar.text = path
        var node = entry.value
        node.content = .scalar(scalar)
        return node
    }
}
