extension OllaTranslation {
    /// `server.cors`, if it is enabled: the names are the same, seconds become a duration.
    mutating func crossOrigin(_ root: YAMLNode) {
        guard let section = root.value(of: "server")?.entry(of: "cors"),
            let enabled = section.value.entry(of: "enabled"),
            case .scalar(let scalar) = enabled.value.content, !enabled.value.isNull
        else { return }
        guard case .boolean(let isEnabled) = scalar.reading else {
            findings.report(
                .notABoolean, at: enabled.value.location, scalar.text, enabled.key.spelling)
            return
        }
        guard isEnabled, case .mapping(let entries) = section.value.content else { return }
        for entry in entries where entry.key.name != "enabled" && !entry.value.isNull {
            let isAge = entry.key.name == "max_age"
            let value = isAge ? Self.seconds(entry.value) : entry.value
            move(entry, value: value, to: "cors.\(entry.key.name)")
        }
        if section.value.value(of: "allowed_origins")?.isNull ?? true {
            let place = enabled.value.location
            let any = YAMLNode(
                location: place, content: .scalar(YAMLScalar(text: "*", isPlain: false)))
            let list = YAMLNode(location: place, content: .sequence([any]))
            move(enabled, value: list, to: "cors.allowed_origins")
        }
    }

    /// A number of seconds as the duration that it means; anything else as it is.
    private static func seconds(_ node: YAMLNode) -> YAMLNode {
        guard case .scalar(var scalar) = node.content, case .integer(let count) = scalar.reading,
            count >= 0
        else { return node }
        var node = node
        scalar.text = "\(count)s"
        node.content = .scalar(scalar)
        return node
    }
}
