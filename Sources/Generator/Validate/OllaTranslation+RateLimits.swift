extension OllaTranslation {
    /// Limits of requests by the minute, each with Olla's one burst as far as it fits.
    mutating func rateLimits(_ root: YAMLNode) {
        guard let section = root.value(of: "server")?.entry(of: "rate_limits") else { return }
        let burst = section.value.entry(of: "burst_size")
        let homes = [
            ("global_requests_per_minute", "global"), ("per_ip_requests_per_minute", "per_client"),
        ]
        var limits = homes.compactMap { name, home -> YAMLEntry? in
            guard let entry = section.value.entry(of: name), !entry.value.isNull else { return nil }
            return limit(home, of: entry, burst: burst)
        }
        if let own = section.value.entry(of: "per_endpoint") { limits += endpointLimit(own) }
        if limits.isEmpty { return }
        let value = YAMLNode(location: section.value.location, content: .mapping(limits))
        move(section, value: value, to: "server.rate_limits")
    }

    /// `requests_per_minute` and `burst` under the name that they have here.
    private func limit(_ home: String, of entry: YAMLEntry, burst: YAMLEntry?) -> YAMLEntry {
        var count = entry.value
        if case .scalar(var scalar) = count.content, case .integer(let value) = scalar.reading,
            value < 0
        {
            scalar.text = "0"
            count.content = .scalar(scalar)
        }
        var entries = [renamed(entry, "requests_per_minute", value: count)]
        if let burst, !burst.value.isNull, let value = fitting(burst, count) {
            entries.append(renamed(burst, "burst", value: value))
        }
        let node = YAMLNode(location: entry.value.location, content: .mapping(entries))
        return renamed(entry, home, value: node)
    }

    /// Olla's burst where it leaves enough of the minute, else nil: the usual one holds then.
    private func fitting(_ burst: YAMLEntry, _ count: YAMLNode) -> YAMLNode? {
        guard case .scalar(let scalar) = burst.value.content,
            case .integer(let size) = scalar.reading, case .scalar(let whole) = count.content,
            case .integer(let perMinute) = whole.reading, perMinute > 0
        else { return burst.value }
        if size > 0 && 2 * size <= perMinute { return burst.value }
        findings.report(
            .ollaChanged, at: burst.value.location, burst.key.spelling,
            "\(RateLimit.usualBurst(of: perMinute))",
            "of \(perMinute) a minute a burst takes 1 to a half here")
        return nil
    }

    /// Olla's documentation has limits of endpoints, its program has none: they are kept here.
    private func endpointLimit(_ entry: YAMLEntry) -> [YAMLEntry] {
        guard case .mapping(let entries) = entry.value.content else { return [] }
        var limits: [YAMLEntry] = []
        for inner in entries {
            if inner.key.name == "default_requests_per_minute" && !inner.value.isNull {
                limits.append(limit("per_endpoint", of: inner, burst: nil))
            } else {
                findings.report(
                    .ollaIgnored, at: inner.key.location, inner.key.spelling,
                    "write `rate_limit` at the endpoint")
            }
        }
        return limits
    }

    private func renamed(_ entry: YAMLEntry, _ name: String, value: YAMLNode) -> YAMLEntry {
        let key = YAMLKey(name: name, spelling: entry.key.spelling, location: entry.key.location)
        return YAMLEntry(key: key, value: value)
    }
}
