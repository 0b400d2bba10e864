extension Pipeline {
    /// Writes the Dockerfile of the YAML.
    ///
    /// - Throws: `Failure.build` where the gateway cannot be static.
    func image(_ order: ImageOrder) throws(Failure) -> DeployedFile {
        guard file != "-" else {
            throw .call("an image is built from a file, not from standard input")
        }
        let (plan, places) = try plan(for: .image)
        if let name = plan.gateway.endpointsByCurl.first { throw .build(Self.notStatic(name)) }
        let image = GatewayImage(
            plan: plan, yaml: file, path: order.output, builder: order.builder,
            source: order.source, release: order.release, included: places.files.map(\.path))
        return DeployedFile(path: order.output, text: try image.text())
    }

    /// The plan of a YAML that is right for `target`, and where it says what.
    func plan(
        for target: DeploymentTarget
    ) throws(Failure) -> (plan: Plan, places: DeploymentPlaces) {
        let bytes = try Files.read(file)
        var reading = read(bytes, pending: nil)
        reading.check(for: target)
        DiagnosticReport(reading, format).print()
        guard let gateway = reading.gateway, let places = reading.places?.deployment else {
            throw .diagnosed
        }
        return (plan(of: gateway, reading, bytes), places)
    }
}

/// How an image is to be built.
struct ImageOrder {
    /// Where the Dockerfile goes.
    var output: String
    var builder: GatewayImage.Builder
    var source: String?
    var release: String?
}
