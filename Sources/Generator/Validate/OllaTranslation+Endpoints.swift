extension OllaTranslation {
    /// The list of endpoints, each in ingot's form.
    func endpoints(_ node: YAMLNode) -> YAMLNode {
        guard case .sequence(let items) = node.content else { return node }
        var list = node
        list.content = .sequence(items.map(endpoint))
        return list
    }

    private func endpoint(_ node: YAMLNode) -> YAMLNode {
        guard case .mapping(let entries) = node.content else { return node }
        let item = "discovery.static.endpoints[]"
        var kept: [YAMLEntry] = []
        var checks: [YAMLEntry] = []
        var hasType = false
        let discover = discovery.map { word(Schema.discoverWord, of: "models", at: $0.location) }
        for entry in entries {
            let path = "\(item).\(entry.key.name)"
            switch keys[path] {
            case .moved:
                if !entry.value.isNull || entry.key.name == "name" || entry.key.name == "url" {
                    kept.append(entry)
                }
            case .translated where Schema.ollaChecks[entry.key.name] != nil:
                if !entry.value.isNull { checks.append(entry) }
            case .translated:
                guard !entry.value.isNull else { continue }
                hasType = true
                kept.append(entry)
            case .noEffect, .ignored:
                note(entry.key, path: path)
            case nil where entry.key.name == "model_filter":
                if let models = models(entry.value) { kept.append(models) }
            case nil:
                reportUnknown(entry.key, path: item)
            }
        }
        if !hasType {
            kept.append(word(EndpointType.auto.rawValue, of: "type", at: node.location))
        }
        if let check = healthCheck(checks, of: node) { kept.append(check) }
        if let discover, !kept.contains(where: { $0.key.name == "models" }) {
            kept.append(discover)
        }
        var endpoint = node
        endpoint.content = .mapping(kept)
        return endpoint
    }

    /// An entry that the file has only in other words.
    private func word(
        _ text: String, of name: String, at location: SourceLocation
    ) -> YAMLEntry {
        let key = YAMLKey(name: name, spelling: name, location: location)
        let scalar = YAMLScalar(text: text, isPlain: true)
        return YAMLEntry(key: key, value: YAMLNode(location: location, content: .scalar(scalar)))
    }

    /// `model_filter.include` as `models`, where names are whole or patterns with a final `*`.
    private func models(_ filter: YAMLNode) -> YAMLEntry? {
        let path = "discovery.static.endpoints[].model_filter"
        guard case .mapping(let entries) = filter.content else {
            if !filter.isNull {
                findings.report(
                    .wrongType, at: filter.location, "`model_filter`", "a map of keys", filter.kind)
            }
            return nil
        }
        var models: YAMLEntry?
        for entry in entries {
            switch entry.key.name {
            case "include": models = include(entry)
            case "exclude":
                if !entry.value.isEmpty { note(entry.key, path: path + ".exclude") }
            default: reportUnknown(entry.key, path: path)
            }
        }
        return models
    }

    private func include(_ entry: YAMLEntry) -> YAMLEntry? {
        guard case .sequence(let items) = entry.value.content, !items.isEmpty else { return nil }
        let names = items.map { item -> String? in
            guard case .scalar(let scalar) = item.content else { return nil }
            return scalar.text
        }
        if names.contains("*") { return nil }
        guard names.allSatisfy({ $0.map { !$0.dropLast().contains("*") } ?? true }) else {
            findings.report(
                .ollaNoEffect, at: entry.key.location, "model_filter.include",
                "`*` may only end a name here; list the models in `models` instead")
            return nil
        }
        let key = YAMLKey(name: "models", spelling: "include", location: entry.key.location)
        return YAMLEntry(key: key, value: entry.value)
    }
}

extension YAMLNode {
    /// Whether it is nothing, or a list or map of nothing.
    fileprivate var isEmpty: Bool {
        switch content {
        case .scalar: isNull
        case .sequence(let items): items.isEmpty
        case .mapping(let entries): entries.isEmpty
        }
    }
}
