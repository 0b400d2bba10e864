/// Checks aliases and the default model against what the endpoints serve.
struct NamesValidator {
    private let findings: Findings
    private let servesAnything: Bool
    /// Whether an endpoint may turn out to serve a name that nothing here says.
    private let discovers: Bool
    /// Names that are listed in full, with the place of the first.
    private var listed: [String: SourceLocation] = [:]
    /// Patterns without their `*`.
    private var stems: Set<String> = []
    private var stemLengths: Set<Int> = []

    init(findings: Findings, endpoints: [PlacedEndpoint]) {
        self.findings = findings
        servesAnything =
            endpoints.isEmpty || endpoints.contains { $0.endpoint.models == .anything }
        discovers = endpoints.contains { $0.endpoint.models == .discovered }
        for placed in endpoints {
            guard case .listed(let models) = placed.endpoint.models else { continue }
            for (model, location) in zip(models, placed.modelLocations) {
                if model.isPattern {
                    let stem = String(model.name.dropLast())
                    stems.insert(stem)
                    stemLengths.insert(stem.count)
                } else if listed[model.name] == nil {
                    listed[model.name] = location
                }
            }
        }
    }

    func aliases(_ settings: [Setting]) -> [Alias] {
        let names = Dictionary(
            settings.map { ($0.key.name, $0.key.location) }, uniquingKeysWith: { first, _ in first }
        )
        return settings.map { setting in
            let name = setting.key.name
            if ModelsValidator.check(name, isPattern: false, at: setting.key.location, findings),
                let model = listed[name]
            {
                findings.report(
                    .aliasHidesModel, at: setting.key.location, name,
                    help: "give the alias a name that no endpoint lists",
                    notes: [.init(message: "the model", location: model)])
            }
            return Alias(name: name, targets: targets(of: setting, aliases: names))
        }
    }

    func defaultModel(_ setting: Setting?, aliases: [Alias]) -> String? {
        guard let setting, let name = setting.text else { return nil }
        guard ModelsValidator.check(name, isPattern: false, at: setting.location, findings) else {
            return nil
        }
        if isServed(name) || aliases.contains(where: { $0.name == name }) { return name }
        if discovers {
            findings.report(.awaitsDiscovery, at: setting.location, name)
        } else {
            let known = listed.keys.sorted() + aliases.map(\.name)
            findings.report(
                .defaultModelUnserved, at: setting.location, name,
                help: Nearest.advice(for: name, among: known)
                    ?? "name a model that an endpoint lists")
        }
        return name
    }

    private func targets(of alias: Setting, aliases: [String: SourceLocation]) -> [String] {
        guard case .list(let settings) = alias.value else { return [] }
        var places: [String: SourceLocation] = [:]
        for setting in settings {
            guard let target = setting.text,
                ModelsValidator.check(target, isPattern: false, at: setting.location, findings)
            else { continue }
            if let first = places[target] {
                findings.report(
                    .repeatedValue, at: setting.location, target,
                    notes: [.init(message: "first written here", location: first)])
            } else if let other = aliases[target] {
                findings.report(
                    .aliasOfAlias, at: setting.location, target,
                    notes: [.init(message: "the alias", location: other)])
            } else if !isServed(target) {
                reportUnserved(target, of: alias, at: setting.location)
            }
            places[target] = setting.location
        }
        return settings.compactMap(\.text)
    }

    private func reportUnserved(_ target: String, of alias: Setting, at location: SourceLocation) {
        guard !discovers else {
            findings.report(.awaitsDiscovery, at: location, target)
            return
        }
        let near = Nearest.advice(for: target, among: listed.keys.sorted())
        findings.report(
            .aliasWithoutTarget, at: location, alias.key.name, target,
            help: near ?? "list `\(target)` in `models` of an endpoint")
    }

    /// Whether a client may say a name, or one that the pattern covers.
    func mayServe(_ name: String, aliases: [String]) -> Bool {
        if servesAnything || discovers { return true }
        guard name.hasSuffix("*") else { return isServed(name) || aliases.contains(name) }
        let stem = name.dropLast()
        return listed.keys.contains { $0.hasPrefix(stem) }
            || stems.contains { $0.hasPrefix(stem) || stem.hasPrefix($0) }
            || aliases.contains { $0.hasPrefix(stem) }
    }

    /// Which name was probably meant; nil: none is near.
    func advice(for name: String, aliases: [String]) -> String? {
        Nearest.advice(for: name, among: listed.keys.sorted() + aliases)
    }

    private func isServed(_ name: String) -> Bool {
        servesAnything || listed[name] != nil
            || stemLengths.contains { $0 <= name.count && stems.contains(String(name.prefix($0))) }
    }
}
