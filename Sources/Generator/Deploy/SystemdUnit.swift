/// A hardened service of systemd, as a template whose instances are releases.
struct SystemdUnit {
    let plan: Plan
    /// Of the service and its user: a DNS label.
    let name: String
    /// Where a release's binary is, with `%i` for the release.
    let binary: String
    private let needs: SecretNeeds
    private let clock: DeploymentClock

    init(_ plan: Plan, name: String, binary: String) {
        self.plan = plan
        self.name = name
        self.binary = binary
        needs = SecretNeeds(of: plan.gateway)
        clock = DeploymentClock(plan.gateway.drain, isBehindLoadBalancer: false)
    }

    func text() throws(Failure) -> String {
        let server = plan.gateway.server
        let scopes: [Template.Scope] = [
            files, sockets, privileges,
            [
                "file": "\(SwiftText.comment(plan.file))",
                "name": "\(name)",
                "binary": "\(binary)",
                "steps": .lines(steps),
                "lagSeconds": "\(clock.lagSeconds)",
                "timeoutSeconds": "\(clock.timeoutSeconds)",
                "slackSeconds": "\(DeploymentClock.slackSeconds)",
                "stopSeconds": "\(clock.totalSeconds)",
                "maxConnections": "\(server.maxConnections)",
                "descriptors": "\(2 * server.maxConnections + 1024)",
            ],
        ]
        return try DeploymentTemplate.systemd.render(
            scopes.reduce(into: [:]) { $0.merge($1) { first, _ in first } })
    }

    /// How a release begins and how the next one takes over.
    private var steps: [String] {
        let start = [
            "install -D -m 755 gateway \(release("2"))",
            "systemctl start \(name)@2         # beside release 1: both listen at the port",
            "systemctl stop \(name)@1          # drains, for \(clock.totalSeconds) s at most",
            "systemctl enable \(name)@2; systemctl disable \(name)@1",
        ]
        guard plan.gateway.server.isSocket else { return start }
        // A socket's file has one listener at a time.
        return [start[0], "systemctl stop \(name)@1; systemctl start \(name)@2", start[3]]
    }

    private func release(_ name: String) -> String { binary.replacing("%i", with: name) }

    /// Secrets: variables out of a file that root reads, files as credentials in their places.
    private var files: Template.Scope {
        let volumes = SecretVolumes(needs, name: name)
        let items = volumes.volumes.flatMap { volume in
            volume.files.map { file in
                let folder = volume.folder == "/" ? "" : volume.folder
                return (key: file.key, path: "\(folder)/\(file.name)")
            }
        }
        let credentials: [Template.Scope] = items.map { item in
            ["key": "\(item.key)", "source": "/etc/\(name)/\(item.key)"]
        }
        let places: [Template.Scope] = items.map { item in
            ["key": "\(item.key)", "path": "\(Self.word(item.path))"]
        }
        // What is below /run is there only for this service: nothing is missed when it is hidden.
        let hidden = volumes.volumes.map(\.folder).filter { $0.hasPrefix("/run/") }
        return [
            "needs": .optional(lines(items).map { ["lines": .lines($0)] }),
            "variables": .optional(
                needs.variables.isEmpty ? nil : ["path": "/etc/\(name)/environment"]),
            "credentials": .scopes(credentials),
            "credentialPlaces": .scopes(places),
            "hidden": .scopes(hidden.map { ["folder": "\(Self.word($0))"] }),
        ]
    }

    /// A path as a unit has it: `%` begins a specifier, `:` ends a path, a space a word.
    private static func word(_ path: String) -> String {
        let text = path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("%", with: "%%").replacing(":", with: "\\:")
        return text.contains(" ") ? "\"\(text)\"" : text
    }

    /// What has to be there first; nil: nothing.
    private func lines(_ items: [(key: String, path: String)]) -> [String]? {
        let variables = needs.variables.map { variable in
            "\(variable.name)=…  in /etc/\(name)/environment"
                + (variable.isOptional ? " (optional)" : "")
        }
        let files = items.map { "/etc/\(name)/\($0.key)  becomes \($0.path)" }
        return variables.isEmpty && files.isEmpty ? nil : variables + files
    }

    /// What a listener at a unix socket needs.
    private var sockets: Template.Scope {
        let server = plan.gateway.server
        guard server.isSocket else {
            return ["umask": "0077", "runtimeFolders": .scopes([]), "writable": .scopes([])]
        }
        let folder = Files.folder(of: String(server.host.dropFirst("unix:".count)))
        let isRuntime = folder.hasPrefix("/run/")
        return [
            // Whoever reaches the folder may connect.
            "umask": "0000",
            "runtimeFolders": .optional(
                isRuntime ? ["folder": "\(folder.dropFirst("/run/".count))"] : nil),
            "writable": .optional(isRuntime ? nil : ["folder": "\(folder)"]),
        ]
    }

    private var privileges: Template.Scope {
        let gateway = plan.gateway
        let ports =
            (gateway.server.isSocket ? [] : [gateway.server.port])
            + (gateway.server.adminListener.map { [$0.port] } ?? [])
        let isLow = ports.contains { $0 < 1024 }
        let names = isLow ? "CAP_NET_BIND_SERVICE" : ""
        let isByCurl = !gateway.endpointsByCurl.isEmpty
        let hasSocket =
            gateway.server.isSocket
            || gateway.endpoints.contains { if case .unix = $0.url.address { true } else { false } }
        // The system's resolver, which libcurl uses, asks the kernel and its own daemon.
        let families =
            ["AF_INET", "AF_INET6"] + (hasSocket || isByCurl ? ["AF_UNIX"] : [])
            + (isByCurl ? ["AF_NETLINK"] : [])
        return [
            "capabilities": .optional(isLow ? ["names": "\(names)"] : nil),
            "capabilitySet": "\(names)",
            // Capabilities in a namespace of its own open no port of the machine.
            "privateUsers": .presence(!isLow),
            "families": "\(families.joined(separator: " "))",
        ]
    }
}

extension Template.Value {
    /// A section of lines, each in the hole `line`.
    fileprivate static func lines(_ lines: [String]) -> Self {
        .scopes(lines.map { ["line": "\($0)"] })
    }
}
