/// Secrets by their names: who makes them, and where the pod finds them.
extension KubernetesDeployment {
    /// How the Secrets are made; nil: there are none.
    var secretCommands: Template.Scope? {
        let space = order.namespace.map { " --namespace \($0)" } ?? ""
        var lines: [String] = []
        if !needs.variables.isEmpty {
            lines.append("kubectl create secret generic \(order.name)-env\(space)")
            lines += needs.variables.map { variable in
                "  --from-literal=\(variable.name)=…\(variable.isOptional ? "  (optional)" : "")"
            }
        }
        if !volumes.keys.isEmpty {
            lines.append("kubectl create secret generic \(order.name)-files\(space)")
            lines += volumes.keys.map { "  --from-file=\($0.key)=…  (becomes \($0.path))" }
        }
        if needs.certificate != nil {
            lines.append("kubectl create secret tls \(order.name)-tls\(space) --cert=… --key=…")
        }
        let commands: [Template.Scope] = lines.map { ["line": "\(SwiftText.comment($0))"] }
        return lines.isEmpty ? nil : ["commands": .scopes(commands)]
    }

    /// Variables and volumes of the pod.
    var storage: Template.Scope {
        let variables: [Template.Scope] = needs.variables.map { variable in
            [
                "name": "\(YAMLText.scalar(variable.name))",
                "secret": "\(YAMLText.scalar("\(order.name)-env"))",
                "optional": .presence(variable.isOptional),
            ]
        }
        let isMounting = !volumes.volumes.isEmpty
        return [
            "environment": .optional(variables.isEmpty ? nil : ["variables": .scopes(variables)]),
            "mounting": .optional(
                isMounting
                    ? [
                        "mounts": .scopes(volumes.volumes.flatMap(Self.mounts)),
                        "volumes": .scopes(volumes.volumes.map(Self.volume)),
                    ] : nil),
        ]
    }

    /// The folder as a whole, so that its files are renewed; file by file where it is shared.
    private static func mounts(_ volume: SecretVolumes.Volume) -> [Template.Scope] {
        guard volume.isShared else {
            let path = YAMLText.scalar(volume.folder)
            return [["volume": "\(volume.name)", "path": "\(path)", "single": .scopes([])]]
        }
        return volume.files.map { file in
            let folder = volume.folder == "/" ? "" : volume.folder
            return [
                "volume": "\(volume.name)",
                "path": "\(YAMLText.scalar("\(folder)/\(file.name)"))",
                "single": .scopes([["file": "\(YAMLText.scalar(file.name))"]]),
            ]
        }
    }

    private static func volume(_ volume: SecretVolumes.Volume) -> Template.Scope {
        var secrets: [String] = []
        for file in volume.files where !secrets.contains(file.secret) {
            secrets.append(file.secret)
        }
        let sources: [Template.Scope] = secrets.map { secret in
            let items: [Template.Scope] = volume.files.filter { $0.secret == secret }.map { file in
                ["key": "\(YAMLText.scalar(file.key))", "file": "\(YAMLText.scalar(file.name))"]
            }
            return ["secret": "\(YAMLText.scalar(secret))", "items": .scopes(items)]
        }
        return ["name": "\(volume.name)", "sources": .scopes(sources)]
    }
}
