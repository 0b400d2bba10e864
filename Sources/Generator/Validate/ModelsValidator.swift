/// Makes what an endpoint serves.
struct ModelsValidator {
    let findings: Findings

    /// The models of an endpoint, and the place of each name.
    func models(_ endpoint: Section) -> (ServedModels, [SourceLocation]) {
        guard let setting = endpoint["models"] else { return (.anything, []) }
        if setting.text != nil { return (.discovered, []) }
        var models: [ServedModel] = []
        var locations: [SourceLocation] = []
        var places: [String: SourceLocation] = [:]
        for setting in endpoint.list("models") {
            guard let (model, location) = model(setting) else { continue }
            if let first = places[model.name] {
                findings.report(
                    .duplicateModel, at: location, model.name,
                    notes: [.init(message: "first listed here", location: first)])
                continue
            }
            places[model.name] = location
            models.append(model)
            locations.append(location)
        }
        return (.listed(models), locations)
    }

    private func model(_ setting: Setting) -> (ServedModel, SourceLocation)? {
        switch setting.value {
        case .text(let name):
            guard Self.check(name, isPattern: true, at: setting.location, findings) else {
                return nil
            }
            return (
                ServedModel(name: name, upstreamName: nil, created: 0, ownedBy: "openai"),
                setting.location
            )
        case .section(let section):
            return model(section)
        default:
            return nil
        }
    }

    private func model(_ section: Section) -> (ServedModel, SourceLocation)? {
        guard let named = section["name"], let name = named.text,
            Self.check(name, isPattern: true, at: named.location, findings)
        else { return nil }
        var upstreamName: String?
        if let upstream = section["upstream"], let text = upstream.text,
            Self.check(text, isPattern: false, at: upstream.location, findings)
        {
            upstreamName = text == name ? nil : text
            if name.hasSuffix("*") {
                findings.report(
                    .patternWithUpstream, at: upstream.location, name,
                    notes: [.init(message: "the pattern", location: named.location)])
            }
        }
        let model = ServedModel(
            name: name, upstreamName: upstreamName, created: section.integer("created"),
            ownedBy: section.text("owned_by"))
        return (model, named.location)
    }

    /// Reports a name that no model can have.
    ///
    /// - Parameter isPattern: whether a final `*` is allowed.
    static func check(
        _ name: String, isPattern: Bool, at location: SourceLocation, _ findings: Findings
    ) -> Bool {
        let scalars = name.unicodeScalars
        let stem = isPattern && name.hasSuffix("*") ? name.dropLast() : Substring(name)
        let mistake: String?
        if name.isEmpty {
            mistake = "it is empty"
        } else if name.utf8.count > 256 {
            mistake = "it is longer than 256 bytes"
        } else if name.first == " " || name.last == " " {
            mistake = "it begins or ends with a space"
        } else if scalars.contains(where: { $0.properties.generalCategory == .control }) {
            mistake = "it holds a line break or another control character"
        } else if stem.contains("*") {
            mistake = isPattern ? "`*` may only stand at its end" : "`*` may not stand in it"
        } else {
            mistake = nil
        }
        guard let mistake else { return true }
        findings.report(.badModelName, at: location, name, mistake)
        return false
    }
}
