/// The two ways to write a gateway down.
enum Form {
    /// Keys at the top that only Olla's form has.
    private static let ollaKeys: Set = [
        "dashboard", "discovery", "engineering", "model_aliases", "model_registry", "proxy",
        "translators",
    ]
    /// Keys at the top that only ingot's form has.
    private static let pageKeys = Set(Schema.root.map(\.name)).subtracting([
        "discovery", "logging", "server",
    ])

    /// The document in ingot's form, translated if it is in Olla's; nil if it is no map or both.
    static func pageForm(of root: YAMLNode, findings: Findings) -> YAMLNode? {
        guard case .mapping(let entries) = root.content else {
            if root.isNull {
                findings.report(.emptyFile, at: root.location)
            } else {
                findings.report(
                    .wrongType, at: root.location, "the file", "a map of keys", root.kind)
            }
            return nil
        }
        let isOlla = { (entry: YAMLEntry) in
            guard entry.key.name == "discovery" else { return ollaKeys.contains(entry.key.name) }
            return root.entry(of: "endpoints") == nil || entry.value.entry(of: "static") != nil
        }
        guard let olla = entries.first(where: isOlla) else { return root }
        guard let page = entries.first(where: { pageKeys.contains($0.key.name) }) else {
            return OllaTranslation.pageForm(of: root, findings: findings)
        }
        let (late, early) = before(olla, page) ? (page, olla) : (olla, page)
        let names = ["Olla's form", "ingot's form"]
        let words = before(olla, page) ? Array(names.reversed()) : names
        findings.report(
            .mixedForms, at: late.key.location, late.key.name, words[0], words[1],
            notes: [
                .init(
                    message: "`\(early.key.name)` is of \(words[1])", location: early.key.location)
            ])
        return nil
    }

    private static func before(_ left: YAMLEntry, _ right: YAMLEntry) -> Bool {
        let (left, right) = (left.key.location, right.key.location)
        return (left.line, left.column) < (right.line, right.column)
    }
}
