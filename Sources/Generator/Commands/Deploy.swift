import ArgumentParser

/// `ingot deploy`.
struct Deploy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write what runs a YAML's gateway.",
        discussion: """
            One file, the same for the same YAML. It is meant to be read and kept beside the YAML; \
            one that is there already and differs is left alone.
            """,
        subcommands: [DeployKubernetes.self, DeploySystemd.self]
    )
}

/// `ingot deploy kubernetes`.
struct DeployKubernetes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kubernetes",
        abstract: "Write the YAML of a cluster.",
        discussion: """
            A Deployment, a Service, a PodDisruptionBudget, a HorizontalPodAutoscaler and a \
            NetworkPolicy, for Kubernetes 1.30 and later. Secrets are named, never written.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(help: "The image that is run: registry/gateway@sha256:….")
    var image: ImageName

    @Option(name: .shortAndLong, help: "Where the YAML goes; '-' is standard output.")
    var output = "kubernetes.yaml"

    @Option(help: "Of every object.")
    var name = ObjectName(text: "gateway")

    @Option(help: "The namespace; without it that of whoever applies the file.")
    var namespace: ObjectName?

    @Option(help: "Pods at least.")
    var replicas = 2

    @Option(help: "Pods at most.")
    var maxReplicas = 10

    @Flag(help: "Write a ServiceMonitor, for the operator of Prometheus.")
    var serviceMonitor = false

    @Flag(help: "Replace a file that differs.")
    var force = false

    func validate() throws {
        guard (1...10_000).contains(replicas), (replicas...10_000).contains(maxReplicas) else {
            throw ValidationError("1 <= --replicas <= --max-replicas <= 10000")
        }
    }

    /// Says which file was written.
    func run() throws {
        let progress = Progress(.errors, isShown: false)
        let pipeline = Pipeline(file: input.file, format: .text, progress: progress)
        let order = KubernetesOrder(
            name: name.text,
            namespace: namespace?.text,
            image: image.text,
            replicas: replicas,
            maxReplicas: maxReplicas,
            isScraped: serviceMonitor,
            output: output
        )
        let (plan, _) = try pipeline.plan(for: .kubernetes(isScraped: serviceMonitor))
        let text = try KubernetesDeployment(plan, order).text()
        try DeployedFile(path: output, text: text).write(isForced: force)
    }
}

/// `ingot deploy systemd`.
struct DeploySystemd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "systemd",
        abstract: "Write a service of systemd.",
        discussion: """
            A template whose instances are releases: gateway@2 starts beside gateway@1, which then \
            drains. For systemd 250 and later. Secrets are named, never written.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(name: .shortAndLong, help: "Where the unit goes; '-' is standard output.")
    var output: String?

    @Option(help: "Of the service and its user.")
    var name = ObjectName(text: "gateway")

    @Option(help: "Where the binary of a release is, with %i for the release.")
    var binary: String?

    @Flag(help: "Replace a file that differs.")
    var force = false

    func validate() throws {
        if let binary, !Self.isBinary(binary) {
            throw ValidationError("--binary takes an absolute path without spaces, with %i in it")
        }
    }

    /// Says which file was written.
    func run() throws {
        let progress = Progress(.errors, isShown: false)
        let pipeline = Pipeline(file: input.file, format: .text, progress: progress)
        let (plan, _) = try pipeline.plan(for: .systemd)
        let unit = SystemdUnit(
            plan, name: name.text, binary: binary ?? "/usr/local/lib/\(name.text)/%i/gateway")
        try DeployedFile(path: output ?? "\(name.text)@.service", text: unit.text())
            .write(isForced: force)
    }

    private static func isBinary(_ path: String) -> Bool {
        let isTame = path.utf8.allSatisfy { byte in
            byte.isLetter || byte.isDigit || "/-._%".utf8.contains(byte)
        }
        // systemd would replace any other word behind `%` as well.
        let words = path.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
        return isTame && path.hasPrefix("/") && !words.isEmpty
            && words.allSatisfy { $0.hasPrefix("i") }
    }
}

/// The name of an object or service: 1…40 lower-case letters, digits and `-`, a letter first.
///
/// What is derived from it, `NAME-files`, has to fit 63 characters as well.
struct ObjectName: ExpressibleByArgument {
    let text: String

    init(text: String) { self.text = text }

    init?(argument: String) {
        let bytes = Array(argument.utf8)
        let isTame = bytes.allSatisfy { byte in
            (byte.isLetter && byte >= UInt8(ascii: "a")) || byte.isDigit
                || byte == UInt8(ascii: "-")
        }
        guard (1...40).contains(bytes.count), isTame, bytes[0].isLetter,
            bytes.last != UInt8(ascii: "-")
        else { return nil }
        text = argument
    }

    var defaultValueDescription: String { text }
}
