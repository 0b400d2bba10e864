/// Writes diagnostics for people: message, source line, caret, help, notes.
struct DiagnosticPrinter {
    /// More than this many are counted instead of shown.
    static let shownLimit = 100
    /// Longer source lines are cut around the caret.
    private static let lineWidthLimit = 160

    private let sources: [String: SourceText]
    private let isColored: Bool

    /// - Parameter sources: every file that a diagnostic points into.
    init(sources: [SourceText], isColored: Bool) {
        self.sources = Dictionary(
            sources.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
        self.isColored = isColored
    }

    /// Every diagnostic as a block of lines; errors past the limit are only counted.
    func text(_ diagnostics: [Diagnostic]) -> String {
        var text = diagnostics.prefix(Self.shownLimit).map(block).joined(separator: "\n")
        let rest = diagnostics.count - Self.shownLimit
        if rest > 0 {
            text += "\n… and \(rest) more, not shown\n"
        }
        return text
    }

    private func block(_ diagnostic: Diagnostic) -> String {
        let label = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]"
        var text = passage(
            diagnostic.message, label: label, style: style(of: diagnostic.severity),
            at: diagnostic.location)
        for note in diagnostic.notes {
            text += passage(note.message, label: "note", style: .note, at: note.location)
        }
        if let help = diagnostic.help {
            text += painted("help:", .help) + " \(help)\n"
        }
        return text
    }

    private func passage(
        _ message: String, label: String, style: Style, at location: SourceLocation
    ) -> String {
        let place = "\(location.file):\(location.line):\(location.column):"
        var text = "\(painted(place, .place)) \(painted(label + ":", style)) \(message)\n"
        let number = String(location.line)
        let gutter = String(repeating: " ", count: max(0, 5 - number.count)) + number + " | "
        let blank = String(repeating: " ", count: max(5, number.count)) + " | "
        let (line, pad, width) = window(on: location)
        text += painted(gutter, .gutter) + line + "\n"
        let caret = "^" + String(repeating: "~", count: width - 1)
        return text + painted(blank, .gutter) + pad + painted(caret, style) + "\n"
    }

    /// The part of the line that is shown, what stands before the caret, and the caret's width.
    private func window(on location: SourceLocation) -> (String, String, Int) {
        let column = location.column - 1
        let from = column > Self.lineWidthLimit * 3 / 4 ? column - 60 : 0
        let shown = sources[location.file]?.shownCharacters(
            ofLine: location.line, in: from..<from + Self.lineWidthLimit)
        let (scalars, goesOn) = shown ?? ([], false)
        let index = min(column - from, scalars.count)
        let end = min(index + location.width, scalars.count)
        var line = String(String.UnicodeScalarView(scalars))
        if goesOn { line += "…" }
        var pad = scalars[..<index].map { scalar in
            scalar == "\t" ? "\t" : String(repeating: " ", count: scalar.columnCount)
        }.joined()
        if from > 0 {
            line = "…" + line
            pad = " " + pad
        }
        return (line, pad, max(1, scalars[index..<end].reduce(0) { $0 + $1.columnCount }))
    }
}

extension DiagnosticPrinter {
    /// The colours of a terminal, by what they mark.
    private enum Style: String {
        case error = "1;31"
        case warning = "1;35"
        case note = "1;36"
        case help = "1;32"
        case place = "1"
        case gutter = "2"
    }

    private func style(of severity: Diagnostic.Severity) -> Style {
        switch severity {
        case .error: .error
        case .warning: .warning
        case .note: .note
        }
    }

    private func painted(_ text: String, _ style: Style) -> String {
        isColored ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

extension Unicode.Scalar {
    /// How many columns of a terminal it takes: 0 for marks, 2 for wide scripts and emoji.
    fileprivate var columnCount: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }
}
