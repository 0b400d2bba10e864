/// The Dockerfile of a gateway: one stage that casts it, and one that holds nothing else.
struct GatewayImage {
    let plan: Plan
    /// The YAML as the user named it.
    let yaml: String
    /// Where the Dockerfile is written.
    let path: String
    /// What the stage that builds begins with.
    let builder: Builder
    /// For the label `org.opencontainers.image.source`; nil: without.
    var source: String?
    /// For the label `org.opencontainers.image.version`; nil: without.
    var release: String?
    /// Files that the YAML names, as it names them.
    let included: [String]

    enum Builder: Equatable {
        /// An image with Swift, in which ingot is built.
        case swift(String)
        /// An image with ingot in `PATH`.
        case ingot(String)
    }

    /// The Dockerfile's text.
    func text() throws(Failure) -> String {
        let clock = DeploymentClock(plan.gateway.drain, isBehindLoadBalancer: false)
        return try DeploymentTemplate.image.render([
            "file": "\(SwiftText.comment(plan.file))",
            "command": "\(SwiftText.comment(command))",
            "contexts": "\(isBuildingIngot ? ", and a second one the sources of ingot" : "")",
            "toolchain": .optional(toolchain),
            "builder": "\(isBuildingIngot ? "toolchain" : image)",
            "copies": .scopes(copies.map { ["paths": "\($0)"] }),
            "build": "\(build)",
            "version": "\(Version.current)",
            "digest": "\(plan.digest)",
            "ports": .scopes(ports.map { ["port": "\($0)"] }),
            "stopSeconds": "\(clock.totalSeconds)",
            "labels": .scopes(labels.map { ["name": "\($0)", "value": "\($1)"] }),
        ])
    }

    private var isBuildingIngot: Bool {
        if case .swift = builder { true } else { false }
    }

    private var image: String {
        switch builder {
        case .swift(let image), .ingot(let image): image
        }
    }

    private var toolchain: Template.Scope? { isBuildingIngot ? ["image": "\(image)"] : nil }

    /// What a person calls to make the image.
    private var command: String {
        let context = isBuildingIngot ? "--build-context ingot=/path/to/ingot " : ""
        let file = path == "-" ? "Dockerfile" : path
        return "docker build \(context)-f \(file) -t gateway \(Files.folder(of: yaml))"
    }

    /// Each file to where the YAML looks for it, from the context.
    private var copies: [String] {
        var known: Set<String> = []
        return ([plan.file] + included)
            .compactMap { RelativePath($0) }
            .filter { known.insert($0.text).inserted }
            .map { JSON.strings([$0.text, $0.folder]).compact }
    }

    private var build: String {
        JSON.strings([
            "ingot", "build", plan.file, "--static", "--cache", "/var/cache/ingot",
            "--output", "/usr/local/bin/gateway",
        ]).compact
    }

    private var ports: [UInt16] {
        let server = plan.gateway.server
        return (server.isSocket ? [] : [server.port])
            + (server.adminListener.map { [$0.port] } ?? [])
    }

    private var labels: [(String, String)] {
        let stated = [
            ("org.opencontainers.image.title", "gateway"),
            ("ingot.version", Version.current),
            ("ingot.manifest", plan.digest),
        ]
        let asked = [("version", release), ("source", source)].compactMap { name, value in
            value.map { ("org.opencontainers.image.\(name)", $0) }
        }
        return stated + asked
    }
}
