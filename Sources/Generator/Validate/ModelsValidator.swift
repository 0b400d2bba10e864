/// What an endpoint serves, with the places that later checks point at.
struct PlacedModels {
    var models: ServedModels
    /// Of each model's name, in order.
    var locations: [SourceLocation]
    /// Of each model's name at the endpoint, in order.
    var upstreamLocations: [SourceLocation]

    static let anything = PlacedModels(models: .anything, locations: [], upstreamLocations: [])
    static let discovered = PlacedModels(
        models: .discovered, locations: [], upstreamLocations: [])
}

/// Makes what an endpoint serves.
struct ModelsValidator {
    let findings: Findings
    let files: IncludedFiles

    /// The models of an endpoint, listed in the YAML or in a file that it names.
    func models(_ endpoint: Section) -> PlacedModels {
        if let file = endpoint["models_from"] {
            if let models = endpoint["models"] {
                findings.report(
                    .modelsTwice, at: file.key.location,
                    notes: [.init(message: "`models` is here", location: models.key.location)])
            }
            let name = endpoint.text("name")
            return files.models(of: name, in: file).map(placed) ?? .anything
        }
        guard let setting = endpoint["models"] else { return .anything }
        return setting.text == nil ? placed(endpoint.list("models")) : .discovered
    }

    private func placed(_ settings: [Setting]) -> PlacedModels {
        var models: [ServedModel] = []
        var locations: [SourceLocation] = []
        var upstreamLocations: [SourceLocation] = []
        var places: [String: SourceLocation] = [:]
        for setting in settings {
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
            upstreamLocations.append(upstreamLocation(of: setting) ?? location)
        }
        return PlacedModels(
            models: .listed(models), locations: locations, upstreamLocations: upstreamLocations)
    }

    private func upstreamLocation(of setting: Setting) -> SourceLocation? {
        guard case .section(let section) = setting.value else { return nil }
        return section["upstream"]?.location
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
