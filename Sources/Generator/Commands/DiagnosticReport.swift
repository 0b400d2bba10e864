import ArgumentParser

/// For whom a command writes.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}

/// What is said of a YAML: to people on standard error, to machines on standard output.
struct DiagnosticReport {
    private let reading: Reading
    private let format: OutputFormat

    init(_ reading: Reading, _ format: OutputFormat) {
        self.reading = reading
        self.format = format
    }

    /// Writes everything at once; nothing where there is nothing to say to people.
    func print() {
        let diagnostics = reading.diagnostics
        switch format {
        case .json:
            Console.output.write(DiagnosticPrinter.json(diagnostics))
        case .text where !diagnostics.isEmpty:
            let printer = DiagnosticPrinter(
                sources: reading.sources,
                isColored: Console.errors.isColored
            )
            Console.errors.write(printer.text(diagnostics) + Self.summary(diagnostics) + "\n")
        case .text:
            break
        }
    }

    /// `2 errors, 1 warning`.
    static func summary(_ diagnostics: [Diagnostic]) -> String {
        let severities: [Diagnostic.Severity] = [.error, .warning, .note]
        return severities.compactMap { severity in
            let count = diagnostics.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }.joined(separator: ", ")
    }
}
