/// What a cluster has to be told of a gateway: one YAML of several documents.
struct KubernetesDeployment {
    let plan: Plan
    let order: KubernetesOrder
    let needs: SecretNeeds
    let volumes: SecretVolumes
    private let clock: DeploymentClock

    init(_ plan: Plan, _ order: KubernetesOrder) {
        self.plan = plan
        self.order = order
        needs = SecretNeeds(of: plan.gateway)
        volumes = SecretVolumes(needs, name: order.name)
        clock = DeploymentClock(plan.gateway.drain, isBehindLoadBalancer: true)
    }

    func text() throws(Failure) -> String {
        let egress = NetworkEgress(plan.gateway).rules
        let scopes: [Template.Scope] = [
            identity, security, network, storage,
            [
                "file": "\(SwiftText.comment(plan.file))",
                "path": "\(order.output == "-" ? "FILE" : SwiftText.comment(order.output))",
                "secrets": .optional(secretCommands),
                "digest": "\(YAMLText.scalar(plan.digest))",
                "image": "\(YAMLText.scalar(order.image))",
                "replicas": "\(order.replicas)",
                "maxReplicas": "\(order.maxReplicas)",
                "rates": .optional(isLimited ? ["maxReplicas": "\(order.maxReplicas)"] : nil),
                "noEgress": .presence(egress.isEmpty),
                "someEgress": .optional(
                    egress.isEmpty
                        ? nil : ["rules": .scopes(egress.map { ["rule": .text($0)] })]),
                "monitors": .optional(monitor),
            ],
        ]
        return try DeploymentTemplate.kubernetes.render(
            scopes.reduce(into: [:]) { $0.merge($1) { first, _ in first } })
    }

    private var name: Template.Value { "\(YAMLText.scalar(order.name))" }

    private var labels: Template.Value {
        "{app.kubernetes.io/name: \(YAMLText.scalar(order.name))}"
    }

    private var namespaces: Template.Value {
        .optional(order.namespace.map { ["namespace": "\(YAMLText.scalar($0))"] })
    }

    private var identity: Template.Scope {
        ["name": name, "labels": labels, "namespaces": namespaces]
    }

    private var security: Template.Scope {
        let ports = ports.map(\.port)
        let lowest = ports.min() ?? 0
        return [
            "lowPorts": .optional(lowest < 1024 ? ["port": "\(lowest)"] : nil),
            "graceSeconds": "\(clock.totalSeconds)",
            "graceReason": .text(
                "preStop \(clock.delaySeconds) s, drain.lag \(clock.lagSeconds) s, "
                    + "drain.timeout \(clock.timeoutSeconds) s, "
                    + "\(DeploymentClock.slackSeconds) s to end."),
            "delays": .optional(
                clock.delaySeconds > 0 ? ["seconds": "\(clock.delaySeconds)"] : nil),
        ]
    }

    private var isEncrypted: Bool { plan.gateway.server.tls != nil }

    /// Whether some limit is counted in the process.
    private var isLimited: Bool {
        !plan.gateway.server.rateLimits.isOff
            || plan.gateway.endpoints.contains { $0.rateLimit != nil }
    }

    /// Where the pod listens, clients first.
    private var ports: [(name: String, port: UInt16)] {
        let server = plan.gateway.server
        return [("clients", server.port)]
            + (server.adminListener.map { [("admin", $0.port)] } ?? [])
    }

    private var network: Template.Scope {
        let scheme = isEncrypted ? "HTTPS" : "HTTP"
        let protocolName = isEncrypted ? "https" : "http"
        let isApart = plan.gateway.server.adminListener != nil
        return [
            "scheme": "\(scheme)",
            "scraped": .optional(order.isScraped && isApart ? ["port": "admin"] : nil),
            "ports": .scopes(ports.map { ["name": "\($0.name)", "port": "\($0.port)"] }),
            "servicePorts": .scopes(
                ports.filter { $0.name == "clients" || order.isScraped }.map {
                    ["name": "\($0.name)", "port": "\($0.port)", "protocol": "\(protocolName)"]
                }),
        ]
    }

    private var monitor: Template.Scope? {
        guard order.isScraped else { return nil }
        let isApart = plan.gateway.server.adminListener != nil
        return [
            "name": name, "labels": labels, "namespaces": namespaces,
            "port": "\(isApart ? "admin" : "clients")",
            "scheme": "\(isEncrypted ? "https" : "http")",
            "unverified": .presence(isEncrypted),
        ]
    }
}

/// What a user says of a deployment, besides the YAML.
struct KubernetesOrder {
    /// Of every object: a DNS label.
    var name: String
    /// Nil: that of whoever applies it.
    var namespace: String?
    var image: String
    var replicas: Int
    var maxReplicas: Int
    /// Whether a ServiceMonitor is written.
    var isScraped: Bool
    var output: String
}
