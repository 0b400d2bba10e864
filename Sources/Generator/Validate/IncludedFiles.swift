/// Files that a YAML names: lists of models that were frozen, an endpoint's under its name.
///
/// A class, because every endpoint may name the same file, which is read once.
final class IncludedFiles {
    /// What there is at a path.
    enum Content {
        case bytes([UInt8])
        /// In the system's words.
        case unreadable(String)
        /// It is about to be written: what it lists is not known yet.
        case pending
    }

    private let findings: Findings
    /// Where relative paths begin, with a final slash; empty: the working folder.
    private let folder: String
    private let read: (String) -> Content
    private var contents: [String: Lists] = [:]
    /// In the order in which they are named, for the printer's lines.
    private(set) var sources: [SourceText] = []

    private enum Lists {
        case read([Setting], SourceLocation)
        case unreadable(String)
        case pending
        /// What is wrong with it has been reported.
        case wrong
    }

    /// - Parameter file: the YAML that names them; their paths are relative to its folder.
    init(of file: String, _ findings: Findings, read: @escaping (String) -> Content) {
        self.findings = findings
        self.read = read
        let slash = file.lastIndex(of: "/")
        folder = slash.map { String(file[...$0]) } ?? ""
    }

    /// The models that a file lists under an endpoint's name; nil where it is pending or wrong.
    ///
    /// - Parameter setting: the path, at its place.
    func models(of endpoint: String, in setting: Setting) -> [Setting]? {
        let path = setting.text ?? ""
        switch lists(at: path.hasPrefix("/") ? path : folder + path) {
        case .wrong, .pending: return nil
        case .unreadable(let reason):
            findings.report(.includeUnreadable, at: setting.location, path, reason)
            return nil
        case .read(let lists, let place):
            if case .list(let models)? = lists.first(where: { $0.key.name == endpoint })?.value {
                return models
            }
            findings.report(
                .includeWithoutEndpoint, at: setting.location, path, endpoint,
                help: Nearest.advice(for: endpoint, among: lists.map(\.key.name)),
                notes: [.init(message: "the file", location: place)])
            return nil
        }
    }

    private func lists(at path: String) -> Lists {
        if let known = contents[path] { return known }
        let lists: Lists
        switch read(path) {
        case .bytes(let bytes): lists = parsed(SourceText(file: path, bytes: bytes))
        case .unreadable(let reason): lists = .unreadable(reason)
        case .pending: lists = .pending
        }
        contents[path] = lists
        return lists
    }

    private func parsed(_ source: SourceText) -> Lists {
        sources.append(source)
        guard TextCheck.check(source, findings: findings),
            let root = YAMLComposer.compose(source, findings: findings)
        else { return .wrong }
        guard case .mapping = root.content else {
            if root.isNull {
                findings.report(
                    .emptyFile, at: root.location, help: "list the models of each endpoint in it")
            } else {
                findings.report(
                    .wrongType, at: root.location, "the file",
                    "a map from endpoints to their models", root.kind)
            }
            return .wrong
        }
        let key = YAMLKey(name: "models_from", spelling: "models_from", location: root.location)
        let reader = SchemaReader(findings: findings)
        guard
            case .map(let lists)? = reader.setting(
                root, as: Schema.frozen, path: "models_from", key: key)?.value
        else { return .wrong }
        return .read(lists, root.location)
    }
}
