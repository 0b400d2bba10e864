/// The entries of one map while it is read: keys are checked, merge keys resolved at the end.
struct YAMLEntries {
    private let findings: Findings
    private var entries: [YAMLEntry] = []
    private var places: [String: SourceLocation] = [:]
    /// Where `<<` stood among the entries, and what it names, the strongest first.
    private var merge: (index: Int, maps: [YAMLNode])?

    init(findings: Findings) {
        self.findings = findings
    }

    /// Takes one entry; a key that cannot be one is reported and left out.
    ///
    /// - Parameter place: where the key stands, also if it is an alias.
    mutating func add(_ keyNode: YAMLNode, at place: SourceLocation, _ value: YAMLNode) {
        guard case .scalar(let scalar) = keyNode.content else {
            findings.report(.keyNotScalar, at: place, keyNode.kind)
            return
        }
        if let first = places[scalar.text] {
            findings.report(
                .duplicateKey, at: place, scalar.text,
                notes: [.init(message: "first written here", location: first)])
            return
        }
        places[scalar.text] = place
        if scalar.isPlain, scalar.text == "<<" {
            addMerge(value)
            return
        }
        guard scalar.reading == .string else {
            findings.report(
                .keyNotText, at: place, scalar.text, scalar.kind,
                help: "write \"\(scalar.text)\" in quotes if this is a name")
            return
        }
        let key = YAMLKey(name: scalar.text, spelling: scalar.text, location: place)
        entries.append(YAMLEntry(key: key, value: value))
    }

    /// All entries; those of merged maps stand where `<<` stood, and yield to the map's own.
    func merged() -> [YAMLEntry] {
        guard let merge else { return entries }
        var known = Set(entries.map(\.key.name))
        var inherited: [YAMLEntry] = []
        for case .mapping(let others) in merge.maps.map(\.content) {
            inherited += others.filter { known.insert($0.key.name).inserted }
        }
        return Array(entries[..<merge.index]) + inherited + entries[merge.index...]
    }

    private mutating func addMerge(_ value: YAMLNode) {
        switch value.content {
        case .mapping:
            merge = (entries.count, [value])
        case .sequence(let items):
            for item in items {
                guard case .mapping = item.content else {
                    findings.report(.badMerge, at: item.location, item.kind)
                    return
                }
            }
            merge = (entries.count, items)
        case .scalar:
            findings.report(.badMerge, at: value.location, value.kind)
        }
    }
}
