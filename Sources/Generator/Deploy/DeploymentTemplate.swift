/// The templates of what carries a gateway to where it runs.
enum DeploymentTemplate: String {
    case image = "Dockerfile"
    case kubernetes = "kubernetes.yaml"
    case systemd = "systemd.service"

    /// The text with every hole filled.
    ///
    /// - Throws: `Failure.build` where a template and its code do not agree.
    func render(_ scope: Template.Scope) throws(Failure) -> String {
        let template = Template(name: rawValue, text: String(decoding: bytes, as: UTF8.self))
        do {
            return try template.render(scope)
        } catch {
            throw .build("internal error of ingot: \(error)")
        }
    }

    private var bytes: [UInt8] {
        switch self {
        case .image: PackageResources.Dockerfile_template
        case .kubernetes: PackageResources.kubernetes_yaml_template
        case .systemd: PackageResources.systemd_service_template
        }
    }
}

extension Template.Value {
    /// A section that is there once with `scope`, or not at all.
    static func optional(_ scope: Template.Scope?) -> Self { .scopes(scope.map { [$0] } ?? []) }
}

/// How texts are written in YAML.
enum YAMLText {
    /// Plain where no reader could take it for anything but this text, else in double quotes.
    static func scalar(_ text: String) -> String {
        let isTame = text.utf8.allSatisfy { byte in
            byte.isLetter || byte.isDigit || "-._/".utf8.contains(byte)
        }
        let isPlain =
            isTame && text.utf8.first.map { $0.isLetter || $0 == UInt8(ascii: "/") } == true
        let isText = YAMLScalar(text: text, isPlain: true).reading == .string
        return isPlain && isText ? text : JSON.string(text).compact
    }
}
