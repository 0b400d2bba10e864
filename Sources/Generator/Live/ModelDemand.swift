/// A name that requests to an endpoint will carry, so that the endpoint has to have it.
struct ModelDemand: Equatable {
    /// As the endpoint has it; a pattern ends in `*`.
    var name: String
    /// Where the YAML says so.
    var location: SourceLocation

    var isPattern: Bool { name.hasSuffix("*") }

    /// What each endpoint has to have, in the order of the YAML.
    static func all(of gateway: Gateway, at places: ModelPlaces) -> [[ModelDemand]] {
        var demands = zip(gateway.endpoints, places.listed).map { endpoint, locations in
            guard case .listed(let models) = endpoint.models else { return [ModelDemand]() }
            return zip(models, locations).map { model, location in
                ModelDemand(name: model.upstreamName ?? model.name, location: location)
            }
        }
        let served = ServedNames(gateway.endpoints)
        // An endpoint that lists the name is asked for it already; others have it by a pattern, or
        // because no list names it.
        func demand(_ name: String, at location: SourceLocation, unless done: (Int) -> Bool) {
            for candidate in served.candidates(of: name) where !done(candidate.endpoint) {
                let isListed = gateway.endpoints[candidate.endpoint].lists(name)
                if isListed { continue }
                demands[candidate.endpoint].append(ModelDemand(name: name, location: location))
            }
        }
        for (alias, locations) in zip(gateway.aliases, places.targets) {
            var known: Set<Int> = []
            for (target, location) in zip(alias.targets, locations) {
                demand(target, at: location) { known.contains($0) }
                known.formUnion(served.candidates(of: target).map(\.endpoint))
            }
        }
        if let name = gateway.defaultModel, let location = places.defaultModel,
            !gateway.aliases.contains(where: { $0.name == name })
        {
            demand(name, at: location) { _ in false }
        }
        return demands
    }
}

extension Endpoint {
    fileprivate func lists(_ name: String) -> Bool {
        guard case .listed(let models) = models else { return false }
        return models.contains { $0.name == name }
    }

    /// Whether the endpoint takes `name`, given what its model list has.
    ///
    /// Ollama lists `llama3:latest` and takes `llama3` for it.
    func takes(_ name: String, having names: Set<String>) -> Bool {
        names.contains(name) || type == .ollama && names.contains(name + ":latest")
    }
}
