extension OllaTranslation {
    /// Olla's balancers by their nearest equals. `priority` alone heeds priorities there, and
    /// chooses among equals at random; here they are always heeded.
    mutating func balance(_ root: YAMLNode) {
        guard let entry = root.value(of: "proxy")?.entry(of: "load_balancer"),
            !entry.value.isNull, isKnownWord(entry, path: "proxy.load_balancer")
        else { return }
        guard case .scalar(var scalar) = entry.value.content else {
            move(entry, value: entry.value, to: "balance")
            return
        }
        let isPriority = scalar.text == "priority"
        let rule: BalanceRule = scalar.text == "round-robin" ? .roundRobin : .leastRequests
        if !isPriority && hasPriorities(root) {
            findings.report(
                .ollaChanged, at: entry.value.location, entry.key.spelling,
                "`\(rule.rawValue)` among equals", "priorities are heeded here")
        }
        scalar.text = rule.rawValue
        var value = entry.value
        value.content = .scalar(scalar)
        move(entry, value: value, to: "balance")
    }

    /// Whether endpoints differ in their priority.
    private func hasPriorities(_ root: YAMLNode) -> Bool {
        guard
            case .sequence(let items)? = root.value(of: "discovery")?.value(of: "static")?
                .value(of: "endpoints")?.content
        else { return false }
        let priorities = items.map { item -> String in
            guard case .scalar(let scalar)? = item.value(of: "priority")?.content else {
                return "100"
            }
            return scalar.text
        }
        return Set(priorities).count > 1
    }
}
