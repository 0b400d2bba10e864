/// Swift with holes: `{{name}}`, and lines repeated between `{{#names}}` and `{{/names}}`.
///
/// A template decides nothing. A section is repeated once for each of its scopes and sees only its
/// own scope's values; none at all leaves it out. The tags of a section stand alone on their lines.
struct Template {
    /// What fills the holes of one scope, by name.
    typealias Scope = [String: Value]

    enum Value {
        case text(String)
        case scopes([Scope])
    }

    /// What is wrong between a template and the values it is given: a mistake of ingot itself.
    enum Mismatch: Error, Equatable {
        case unknownHole(String, template: String)
        case unusedValue(String, template: String)
        case sectionAsHole(String, template: String)
        case holeAsSection(String, template: String)
        case unclosedSection(String, template: String)
        case strayTag(String, template: String)
    }

    let name: String
    let lines: [Substring]

    init(name: String, text: String) {
        self.name = name
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last == "" { lines.removeLast() }
        self.lines = lines
    }

    /// The text with every hole filled, ending in one line feed.
    func render(_ scope: Scope) throws(Mismatch) -> String {
        var output = ""
        try render(lines[...], scope, into: &output)
        return output
    }

    private func render(
        _ lines: ArraySlice<Substring>,
        _ scope: Scope,
        into output: inout String
    ) throws(Mismatch) {
        var used: Set<String> = []
        var rest = lines
        while let line = rest.popFirst() {
            if let section = Self.tag(of: line, "#") {
                let body = try takeBody(of: section, from: &rest)
                used.insert(section)
                for inner in try scopes(section, in: scope) {
                    try render(body, inner, into: &output)
                }
            } else if let stray = Self.tag(of: line, "/") {
                throw .strayTag(stray, template: name)
            } else {
                output += try filled(line, scope, &used) + "\n"
            }
        }
        if let unused = Set(scope.keys).subtracting(used).min() {
            throw .unusedValue(unused, template: name)
        }
    }

    /// The lines up to the section's end, which is taken too.
    private func takeBody(
        of section: String,
        from rest: inout ArraySlice<Substring>
    ) throws(Mismatch) -> ArraySlice<Substring> {
        guard let end = rest.firstIndex(where: { Self.tag(of: $0, "/") == section }) else {
            throw .unclosedSection(section, template: name)
        }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }

    private func scopes(_ section: String, in scope: Scope) throws(Mismatch) -> [Scope] {
        switch scope[section] {
        case .scopes(let scopes): return scopes
        case .text: throw .holeAsSection(section, template: name)
        case nil: throw .unknownHole(section, template: name)
        }
    }

    /// One line with its holes filled; the further lines of a value are indented as the line is.
    private func filled(
        _ line: Substring,
        _ scope: Scope,
        _ used: inout Set<String>
    ) throws(Mismatch) -> String {
        let indent = String(line.prefix { $0 == " " })
        var text = ""
        var rest = line
        while let start = rest.firstRange(of: "{{"), let end = rest.firstRange(of: "}}") {
            let hole = String(rest[start.upperBound..<end.lowerBound])
            text += rest[..<start.lowerBound]
            text += try value(of: hole, in: scope).indentedAfterFirstLine(by: indent)
            used.insert(hole)
            rest = rest[end.upperBound...]
        }
        return text + rest
    }

    private func value(of hole: String, in scope: Scope) throws(Mismatch) -> String {
        switch scope[hole] {
        case .text(let text): return text
        case .scopes: throw .sectionAsHole(hole, template: name)
        case nil: throw .unknownHole(hole, template: name)
        }
    }

    /// The name in `{{#name}}` or `{{/name}}`, where the line is nothing else.
    private static func tag(of line: Substring, _ kind: Character) -> String? {
        guard line.hasPrefix("{{\(kind)"), line.hasSuffix("}}") else { return nil }
        return String(line.dropFirst(3).dropLast(2))
    }
}

extension Template.Value: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self = .text(value) }
}

extension String {
    /// The text with every line but the first indented; lines without text stay empty.
    fileprivate func indentedAfterFirstLine(by indent: String) -> String {
        guard !indent.isEmpty, contains("\n") else { return self }
        let lines = split(separator: "\n", omittingEmptySubsequences: false)
        return lines.dropFirst().reduce(into: String(lines[0])) { text, line in
            text += line.isEmpty ? "\n" : "\n\(indent)\(line)"
        }
    }
}
