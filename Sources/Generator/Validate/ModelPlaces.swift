/// Where the YAML names the models that endpoints are asked for, and what later checks look at.
struct ModelPlaces: Equatable {
    /// Of each endpoint in order, where the endpoint's own name for each of its models stands.
    var listed: [[SourceLocation]]
    /// Of each alias in order, of each of its targets.
    var targets: [[SourceLocation]]
    var defaultModel: SourceLocation?
    var deployment: DeploymentPlaces

    init(_ root: Section, _ endpoints: [PlacedEndpoint]) {
        listed = endpoints.map(\.upstreamLocations)
        targets = root.pairs("aliases").map { alias in
            guard case .list(let targets) = alias.value else { return [] }
            return targets.map(\.location)
        }
        defaultModel = root["default_model"]?.location
        deployment = DeploymentPlaces(root, endpoints)
    }
}
