/// What has been found wrong so far; every stage adds to it and goes on.
final class Findings {
    /// More are not kept: nobody mends that many by hand.
    private static let limit = 10_000

    private(set) var diagnostics: [Diagnostic] = []
    private(set) var hasErrors = false
    /// Places of credentials, which no message may show.
    private(set) var secrets: [SourceLocation] = []

    /// Adds a mistake in its own words.
    ///
    /// - Parameters:
    ///   - words: fill the holes of the problem's message, in order.
    ///   - help: instead of what the problem itself advises.
    func report(
        _ problem: Problem,
        at location: SourceLocation,
        _ words: String...,
        help: String? = nil,
        notes: [Diagnostic.Note] = []
    ) {
        let entry = problem.entry
        if entry.severity == .error { hasErrors = true }
        guard diagnostics.count < Self.limit else { return }
        diagnostics.append(
            Diagnostic(
                code: problem.code,
                severity: entry.severity,
                message: entry.message(filledWith: words),
                location: location,
                notes: notes,
                help: help ?? entry.help
            ))
    }

    /// Never show what stands at `location`.
    func hide(_ location: SourceLocation) {
        secrets.append(location)
    }

    /// In the order of the file, each once: an alias repeats the mistakes of its anchor.
    var sorted: [Diagnostic] {
        var seen: Set<String> = []
        return diagnostics.enumerated()
            .sorted { first, second in
                let (left, right) = (first.element.location, second.element.location)
                return (left.line, left.column, first.offset)
                    < (right.line, right.column, second.offset)
            }
            .map(\.element)
            .filter {
                seen.insert("\($0.location.line):\($0.location.column):\($0.code):\($0.message)")
                    .inserted
            }
    }
}
