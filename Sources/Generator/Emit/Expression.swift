/// A Swift expression, laid out on one line where that fits and a part a line where it does not.
indirect enum Expression {
    case text(String)
    /// `Name(a, label: b)`; labels stand in the parts.
    case call(String, [Expression])
    /// The same with a part a line, however short.
    case rows(String, [Expression])
    /// `[a, b]`; a final comma where it takes several lines.
    case array(label: String = "", [Expression])
    /// The same with an element a line, however short.
    case column(label: String, [Expression])

    /// - Parameters:
    ///   - indent: of the line that the expression begins on, in columns.
    ///   - used: columns of that line that other text takes, before and after.
    /// - Returns: lines of at most 100 columns, if words allow; the further ones with the indent
    ///   relative to the first.
    func layout(indent: Int, used: Int = 0) -> String {
        if let flat = oneLine, indent + used + flat.count <= 100 { return flat }
        switch self {
        case .text(let text): return text
        case .call(let name, let parts), .rows(let name, let parts):
            return "\(name)(\n" + Self.lines(parts, indent).joined(separator: ",\n") + "\n)"
        case .array(let label, let parts), .column(let label, let parts):
            return label + Self.column(parts, indent: indent)
        }
    }

    /// An array that has an element a line however short it is; `[]` where it is empty.
    ///
    /// The last of several elements is followed by a comma too, as the formatter wants it.
    static func column(_ parts: [Expression], indent: Int) -> String {
        guard !parts.isEmpty else { return "[]" }
        let lines = lines(parts, indent).joined(separator: ",\n")
        return "[\n" + lines + (parts.count > 1 ? ",\n]" : "\n]")
    }

    /// Nil for what always takes several.
    private var oneLine: String? {
        switch self {
        case .text(let text): return text
        case .call(let name, let parts):
            return Self.oneLine(parts).map { "\(name)(\($0))" }
        case .array(let label, let parts):
            return Self.oneLine(parts).map { "\(label)[\($0)]" }
        case .rows, .column: return nil
        }
    }

    private static func oneLine(_ parts: [Expression]) -> String? {
        let words = parts.compactMap(\.oneLine)
        return words.count == parts.count ? words.joined(separator: ", ") : nil
    }

    private static func lines(_ parts: [Expression], _ indent: Int) -> [String] {
        parts.map { part in
            part.layout(indent: indent + 4, used: 1)
                .split(separator: "\n", omittingEmptySubsequences: false)
                .map { "    " + $0 }
                .joined(separator: "\n")
        }
    }
}
