/// The lists of models that endpoints have answered with, as a YAML that `models_from` names.
struct FrozenModels {
    /// The file's text: endpoints in the YAML's order, names in the order of their bytes.
    let text: String
    /// Names that no YAML can list, in the words of a message.
    let leftOut: [String]

    /// - Throws: `Failure.build` where an endpoint gave no list, or an empty one.
    init(_ findings: [LiveFinding]) throws(Failure) {
        let silent = findings.filter { $0.list?.names.isEmpty ?? true }.map(\.endpoint.name)
        guard silent.isEmpty else {
            throw .build("no models were frozen: no list from \(silent.joined(separator: ", "))")
        }
        var text = "# What each endpoint serves: `models_from` of an endpoint names this file.\n"
        var leftOut: [String] = []
        for finding in findings {
            let names = (finding.list?.names ?? []).sorted {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }
            text += "\(Self.scalar(finding.endpoint.name)):\n"
            for name in names {
                if Self.isNameable(name) {
                    text += "  - \(Self.scalar(name))\n"
                } else {
                    leftOut.append("'\(name.shortened)' of \(finding.endpoint.name)")
                }
            }
        }
        self.text = text
        self.leftOut = leftOut
    }

    /// Whether a YAML can list the name and means by it what the endpoint does.
    private static func isNameable(_ name: String) -> Bool {
        let place = SourceLocation(file: "", line: 1, column: 1, width: 1)
        return ModelsValidator.check(name, isPattern: false, at: place, Findings())
    }

    /// As it is where YAML takes it for a text, else in quotes.
    private static func scalar(_ text: String) -> String {
        let isPlain =
            text.utf8.allSatisfy { $0.isDigit || $0.isLetter || "._-/@:+".utf8.contains($0) }
            && (text.utf8.first.map { $0.isDigit || $0.isLetter } ?? false)
            && !text.hasSuffix(":")
            && YAMLScalar(text: text, isPlain: true).reading == .string
        return isPlain ? text : JSONText.string(text).text(isIndented: false)
    }
}
