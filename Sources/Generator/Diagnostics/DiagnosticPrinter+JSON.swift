extension DiagnosticPrinter {
    /// One JSON array of all diagnostics, for `--format json`.
    static func json(_ diagnostics: [Diagnostic]) -> String {
        array(diagnostics).text(isIndented: true) + "\n"
    }

    /// The same as a part of a larger document.
    static func array(_ diagnostics: [Diagnostic]) -> JSONText {
        .array(diagnostics.map(object))
    }

    private static func object(_ diagnostic: Diagnostic) -> JSONText {
        let notes = diagnostic.notes.map { note in
            JSONText.object(
                place(note.location) + [(name: "message", value: .string(note.message))])
        }
        return .object(
            place(diagnostic.location) + [
                (name: "severity", value: .string(diagnostic.severity.rawValue)),
                (name: "code", value: .string(diagnostic.code)),
                (name: "message", value: .string(diagnostic.message)),
                (name: "help", value: diagnostic.help.map(JSONText.string) ?? .null),
                (name: "notes", value: .array(notes)),
            ])
    }

    /// `endColumn` is the column behind the last one underlined.
    private static func place(_ location: SourceLocation) -> [(name: String, value: JSONText)] {
        [
            (name: "file", value: .string(location.file)),
            (name: "line", value: .integer(location.line)),
            (name: "column", value: .integer(location.column)),
            (name: "endColumn", value: .integer(location.column + location.width)),
        ]
    }
}
