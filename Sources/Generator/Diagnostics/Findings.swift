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

    /// In the order of the files, each once: an alias repeats the mistakes of its anchor.
    ///
    /// - Parameter file: the first; those that it names follow by their names.
    func sorted(beginningWith file: String) -> [Diagnostic] {
        var seen: Set<String> = []
        return diagnostics.enumerated()
            .sorted { first, second in
                let (left, right) = (first.element.location, second.element.location)
                let names = [left, right].map { $0.file == file ? "" : $0.file }
                return (names[0], left.line, left.column, first.offset)
                    < (names[1], right.line, right.column, second.offset)
            }
            .map(\.element)
            .filter { diagnostic in
                let place = diagnostic.location
                let text = "\(place.line):\(place.column):\(diagnostic.code):\(diagnostic.message)"
                return seen.insert("\(place.file):\(text)").inserted
            }
    }
}
