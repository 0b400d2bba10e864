/// Reads nodes as the schema says, and reports every value that is not as it says.
struct SchemaReader {
    let findings: Findings

    /// The keys of a map.
    ///
    /// - Parameters:
    ///   - path: of the section in the schema: `endpoints[].auth`; empty at the top.
    ///   - owner: the key whose value it is; nil at the top.
    func section(_ node: YAMLNode, keys: [SchemaKey], path: String, owner: YAMLKey?) -> Section? {
        guard case .mapping(let entries) = node.content else {
            reportType(of: node, key: owner, words: "a map of keys")
            return nil
        }
        var section = Section(location: node.location, keys: keys)
        for entry in entries {
            let name = entry.key.name
            let inner = path.isEmpty ? name : "\(path).\(name)"
            if let key = keys.first(where: { $0.name == name }) {
                if entry.value.isNull {
                    reportNoValue(of: key, at: entry)
                    continue
                }
                section[name] = setting(entry.value, as: key.type, path: inner, key: entry.key)
            } else if Schema.unsupported.contains(inner) {
                let shown = inner.split(separator: "[].").last.map(String.init) ?? name
                findings.report(.notSupported, at: entry.key.location, shown)
            } else {
                reportUnknown(entry.key, keys: keys)
            }
        }
        let missing = keys.filter { $0.presence == .required && node.entry(of: $0.name) == nil }
        for key in missing {
            findings.report(
                .missingKey, at: node.location, key.name,
                help: "add `\(key.name): \(key.example)`")
        }
        return section
    }

    /// One value; nil when it has been reported.
    func setting(_ node: YAMLNode, as type: SchemaType, path: String, key: YAMLKey) -> Setting? {
        value(node, as: type, path: path, key: key).map { Setting(key: key, value: $0, node: node) }
    }

    private func value(
        _ node: YAMLNode, as type: SchemaType, path: String, key: YAMLKey
    ) -> Setting.Value? {
        switch type {
        case .section(let keys):
            return section(node, keys: keys, path: path, owner: key).map { .section($0) }
        case .list(let item, let least):
            return list(node, of: item, atLeast: least, path: path, key: key)
        case .listOrWord(let item, let least, let word):
            if case .scalar(let scalar) = node.content {
                if scalar.text == word { return .text(word) }
                let near = Nearest.advice(for: scalar.text, among: [word])
                reportType(of: node, key: key, words: "`\(word)` or a list", help: near)
                return nil
            }
            return list(node, of: item, atLeast: least, path: path, key: key)
        case .map(let format, let value):
            return map(node, keyed: format, to: value, path: path, key: key)
        case .sectionOrWord(let keys, _):
            if case .mapping = node.content {
                return section(node, keys: keys, path: path, owner: key).map { .section($0) }
            }
            return scalar(node, as: type, words: type.words, key: key)
        case .textOrSection(let format, let keys):
            if case .mapping = node.content {
                return section(node, keys: keys, path: path, owner: key).map { .section($0) }
            }
            return scalar(node, as: .text(format), words: type.words, key: key)
        case .choiceOrSection(let words, let synonyms, let keys):
            if case .mapping = node.content {
                return section(node, keys: keys, path: path, owner: key).map { .section($0) }
            }
            let choice = SchemaType.choice(words, synonyms: synonyms)
            return scalar(node, as: choice, words: type.words, key: key)
        case .textOrList(let format):
            if case .sequence = node.content {
                return list(node, of: .text(format), atLeast: 1, path: path, key: key)
            }
            return scalar(node, as: .text(format), words: type.words, key: key).map {
                .list([Setting(key: key, value: $0, node: node)])
            }
        default:
            return scalar(node, as: type, words: type.words, key: key)
        }
    }

    private func list(
        _ node: YAMLNode, of item: SchemaType, atLeast least: Int, path: String, key: YAMLKey
    ) -> Setting.Value? {
        guard case .sequence(let nodes) = node.content else {
            let words = SchemaType.list(of: item, atLeast: least).words
            reportType(of: node, key: key, words: words)
            return nil
        }
        if nodes.count < least {
            findings.report(
                .emptyList, at: node.location, key.spelling,
                help: "add an item, or leave out the key")
            return nil
        }
        return .list(nodes.compactMap { setting($0, as: item, path: path + "[]", key: key) })
    }

    private func map(
        _ node: YAMLNode, keyed format: TextFormat, to type: SchemaType, path: String, key: YAMLKey
    ) -> Setting.Value? {
        guard case .mapping(let entries) = node.content else {
            let words = SchemaType.map(key: format, value: type).words
            reportType(of: node, key: key, words: words)
            return nil
        }
        return .map(
            entries.compactMap { setting($0.value, as: type, path: path + "{}", key: $0.key) })
    }

    private func scalar(
        _ node: YAMLNode, as type: SchemaType, words: String, key: YAMLKey
    ) -> Setting.Value? {
        guard case .scalar(let scalar) = node.content, !node.isNull else {
            reportType(of: node, key: key, words: words)
            return nil
        }
        return ScalarReader(findings: findings, key: key, node: node, scalar: scalar).value(
            as: type)
    }

    private func reportType(
        of node: YAMLNode, key: YAMLKey?, words: String, help advice: String? = nil
    ) {
        if node.isNull, let key {
            findings.report(.noValue, at: node.location, key.spelling, help: "write \(words)")
            return
        }
        var help = advice
        let wantsList = words.hasPrefix("a list") || words.hasSuffix("a list")
        switch node.content {
        case .scalar(let scalar) where help == nil && wantsList:
            help = "write `[\(scalar.text)]`"
        case .mapping where words.hasPrefix("a list"): help = "begin each item with `- `"
        case .sequence where words.hasPrefix("a map"):
            help = "write `key: value` lines, without `-`"
        default: break
        }
        let name = key.map { "`\($0.spelling)`" } ?? "the file"
        findings.report(.wrongType, at: node.location, name, words, node.kind, help: help)
    }

    private func reportNoValue(of key: SchemaKey, at entry: YAMLEntry) {
        let rest = key.presence == .required ? "" : ", or leave out the key"
        findings.report(
            .noValue, at: entry.value.location, entry.key.spelling,
            help: "write `\(entry.key.spelling): \(key.example)`\(rest)")
    }

    private func reportUnknown(_ key: YAMLKey, keys: [SchemaKey]) {
        let homes = Schema.homes(of: key.name)
        let known = keys.map(\.name)
        let help: String
        if let near = Nearest.advice(for: key.name, among: known) {
            help = near
        } else if !homes.isEmpty {
            help = "`\(key.name)` belongs under \(homes.joined(separator: " or "))"
        } else {
            help = "known here: \(known.sorted().joined(separator: ", "))"
        }
        findings.report(.unknownKey, at: key.location, key.spelling, help: help)
    }
}
