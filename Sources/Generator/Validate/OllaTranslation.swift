/// Turns a document in Olla's form into one in ingot's form; every value keeps its place.
///
/// Keys without effect are noted, unknown ones reported; values are checked later, with those of
/// ingot's own form.
struct OllaTranslation {
    let findings: Findings
    let keys: [String: OllaKey.Meaning]
    /// What has been moved, by section of ingot's form.
    private var sections: [String: [YAMLEntry]] = [:]
    private var top: [YAMLEntry] = []
    /// The key that endpoints without a list are asked for their models by; nil: they are not.
    private(set) var discovery: YAMLKey?

    static func pageForm(of root: YAMLNode, findings: Findings) -> YAMLNode? {
        var translation = OllaTranslation(findings: findings)
        translation.discovery = translation.discovery(root)
        translation.walk(root, path: "")
        translation.trustedProxies(root)
        translation.rateLimits(root)
        translation.crossOrigin(root)
        translation.balance(root)
        if translation.discovery == nil { translation.sections["discovery"] = nil }
        guard translation.top.contains(where: { $0.key.name == "endpoints" }) else {
            let place = root.entry(of: "discovery")?.key.location ?? root.location
            findings.report(
                .missingKey, at: place, "discovery.static.endpoints",
                help: "list the backends there, each with `name`, `url` and `type`")
            return nil
        }
        var entries = translation.top
        for (name, moved) in translation.sections.sorted(by: { $0.key < $1.key }) {
            guard let first = moved.first else { continue }
            let key = YAMLKey(name: name, spelling: name, location: first.key.location)
            let node = YAMLNode(location: first.key.location, content: .mapping(moved))
            entries.append(YAMLEntry(key: key, value: node))
        }
        return YAMLNode(location: root.location, content: .mapping(entries))
    }

    private init(findings: Findings) {
        self.findings = findings
        keys = Dictionary(
            Schema.olla.map { ($0.path, $0.meaning) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes every entry of a map to where it belongs.
    private mutating func walk(_ node: YAMLNode, path: String) {
        guard case .mapping(let entries) = node.content else {
            // Olla takes an empty section for one with nothing but defaults.
            if !node.isNull {
                findings.report(
                    .wrongType, at: node.location, "`\(path)`", "a map of keys", node.kind)
            }
            return
        }
        for entry in entries {
            let inner = path.isEmpty ? entry.key.name : "\(path).\(entry.key.name)"
            if let meaning = keys[inner] {
                take(entry, path: inner, meaning: meaning)
            } else if keys[inner + ".*"] != nil {
                note(entry.key, path: inner + ".*")
            } else if keys.keys.contains(where: { $0.hasPrefix(inner + ".") }) {
                walk(entry.value, path: inner)
            } else {
                reportUnknown(entry.key, path: path)
            }
        }
    }

    private mutating func take(_ entry: YAMLEntry, path: String, meaning: OllaKey.Meaning) {
        switch meaning {
        case .noEffect, .ignored:
            if isKnownWord(entry, path: path) { note(entry.key, path: path) }
        case .moved(let target):
            guard !entry.value.isNull else { return }
            if target == "endpoints" {
                move(entry, value: endpoints(entry.value), to: target)
            } else {
                move(entry, value: entry.value, to: target)
            }
        case .translated:
            if path == "server.idle_timeout" { keepAlive(entry) }
            if path == "server.request_limits.max_header_size" { head(entry) }
        }
    }

    mutating func move(_ entry: YAMLEntry, value: YAMLNode, to target: String) {
        let parts = target.split(separator: ".").map(String.init)
        let key = YAMLKey(
            name: parts.last ?? target, spelling: entry.key.spelling, location: entry.key.location)
        let moved = YAMLEntry(key: key, value: value)
        if parts.count == 2 {
            sections[parts[0], default: []].append(moved)
        } else {
            top.append(moved)
        }
    }

    /// Notes a key without effect.
    ///
    /// - Parameter path: as in the table of Olla's keys.
    func note(_ key: YAMLKey, path: String) {
        let whole = path.hasSuffix(".*") ? path.dropLast(2) : Substring(path)
        let shown = whole.split(separator: "[].").last.map(String.init) ?? key.name
        switch keys[path] {
        case .noEffect(let reason): findings.report(.ollaNoEffect, at: key.location, shown, reason)
        case .ignored(let reason): findings.report(.ollaIgnored, at: key.location, shown, reason)
        case .moved, .translated, nil: break
        }
    }

    /// A word that Olla would refuse is refused here as well.
    func isKnownWord(_ entry: YAMLEntry, path: String) -> Bool {
        guard let words = Schema.ollaWords[path], case .scalar(let scalar) = entry.value.content,
            !entry.value.isNull, !words.contains(scalar.text)
        else { return true }
        let help = Nearest.advice(for: scalar.text, among: words)
        findings.report(
            .unknownWord, at: entry.value.location, scalar.text, entry.key.spelling,
            help: help ?? "Olla knows \(words.map { "`\($0)`" }.joined(separator: ", "))")
        return false
    }

    /// Reports a key that Olla does not know either.
    func reportUnknown(_ key: YAMLKey, path: String) {
        let prefix = path.isEmpty ? "" : path + "."
        let known = Set(
            keys.keys.filter { $0.hasPrefix(prefix) }.compactMap {
                $0.dropFirst(prefix.count).split(separator: ".").first?
                    .split(separator: "[").first.map(String.init)
            }
        )
        .subtracting(["*"])
        let homes = keys.keys.filter { $0.hasSuffix("." + key.name) }.sorted()
            .map { "`\($0.dropLast(key.name.count + 1))`" }
        let help: String
        if let near = Nearest.advice(for: key.name, among: known.sorted()) {
            help = near
        } else if !homes.isEmpty {
            help = "`\(key.name)` belongs under \(homes.prefix(3).joined(separator: " or "))"
        } else {
            help = "known here: \(known.sorted().joined(separator: ", "))"
        }
        findings.report(.unknownKey, at: key.location, key.spelling, help: help)
    }
}

extension OllaTranslation {
    /// 0 means "as long as a read may take" to Olla; here that leaves the default.
    private mutating func keepAlive(_ entry: YAMLEntry) {
        guard case .scalar(let scalar) = entry.value.content, !entry.value.isNull,
            Units.milliseconds(scalar.text) != 0
        else { return }
        move(entry, value: entry.value, to: "timeouts.keep_alive")
    }

    /// Olla takes heads of any size; here they end at 1 MiB, and at 1 KiB below.
    private mutating func head(_ entry: YAMLEntry) {
        guard case .scalar(var scalar) = entry.value.content, !entry.value.isNull else {
            if !entry.value.isNull { move(entry, value: entry.value, to: "limits.head") }
            return
        }
        var value = entry.value
        if case .integer(let bytes) = scalar.reading {
            let bounded = bytes <= 0 ? Units.mebibyte : min(max(bytes, 8_192), Units.mebibyte)
            if bounded != bytes {
                findings.report(
                    .ollaChanged, at: value.location, entry.key.spelling,
                    Units.byteSize(bounded), "heads have 8KiB to 1MiB here")
                scalar.text = String(bounded)
                value.content = .scalar(scalar)
            }
        }
        move(entry, value: value, to: "limits.head")
    }

    /// Olla discovers models unless it is told not to; here it has to be told in some way.
    private func discovery(_ root: YAMLNode) -> YAMLKey? {
        guard let section = root.value(of: "discovery")?.entry(of: "model_discovery"),
            !section.value.isNull
        else { return nil }
        guard let enabled = section.value.value(of: "enabled"),
            case .scalar(let scalar) = enabled.content, !enabled.isNull
        else { return section.key }
        guard case .boolean(let isEnabled) = scalar.reading else {
            findings.report(.notABoolean, at: enabled.location, scalar.text, "enabled")
            return nil
        }
        return isEnabled ? section.key : nil
    }

    /// Proxies are trusted only if Olla was told so; then those listed, or its defaults.
    private mutating func trustedProxies(_ root: YAMLNode) {
        guard let limits = root.value(of: "server")?.value(of: "rate_limits"),
            let trust = limits.entry(of: "trust_proxy_headers"),
            case .scalar(let scalar) = trust.value.content, !trust.value.isNull
        else { return }
        guard case .boolean(let isTrusting) = scalar.reading else {
            findings.report(.notABoolean, at: trust.value.location, scalar.text, trust.key.spelling)
            return
        }
        guard isTrusting else { return }
        if let networks = limits.entry(of: "trusted_proxy_cidrs"), !networks.value.isNull {
            move(networks, value: networks.value, to: "server.trusted_proxies")
        } else {
            let texts = [
                "127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
            ]
            let nodes = texts.map { text in
                YAMLNode(
                    location: trust.value.location,
                    content: .scalar(YAMLScalar(text: text, isPlain: false)))
            }
            let list = YAMLNode(location: trust.value.location, content: .sequence(nodes))
            move(trust, value: list, to: "server.trusted_proxies")
        }
    }
}
