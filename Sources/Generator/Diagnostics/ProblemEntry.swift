/// What is said about one problem, on the terminal and in `docs/diagnostics.md`.
struct ProblemEntry: Sendable {
    let severity: Diagnostic.Severity
    /// With a `{}` for each word that the place fills in.
    let message: String
    /// Why it is a mistake.
    let meaning: String
    /// YAML that has it; for mistakes of bytes, a description.
    let example: String
    /// The same YAML without it.
    let mend: String
    /// Shown where the place has no better advice.
    let help: String?

    init(
        _ message: String, severity: Diagnostic.Severity = .error, help: String? = nil,
        meaning: String, example: String, mend: String
    ) {
        self.severity = severity
        self.message = message
        self.help = help
        self.meaning = meaning
        self.example = example
        self.mend = mend
    }

    /// The message with its holes filled in order; words without a hole are dropped.
    func message(filledWith words: [String]) -> String {
        let pieces = message.split(separator: "{}", omittingEmptySubsequences: false)
        var text = ""
        for (index, piece) in pieces.enumerated() {
            text += piece
            if index < pieces.count - 1, index < words.count { text += words[index].shortened }
        }
        return text
    }
}

extension String {
    /// At most 80 characters, on one line, so that a message stays a message.
    var shortened: String {
        var text = String.UnicodeScalarView()
        for scalar in unicodeScalars.prefix(80) {
            let category = scalar.properties.generalCategory
            let isShown = category != .control && category != .format
            text.append(isShown ? scalar : "\u{FFFD}")
        }
        return String(text) + (unicodeScalars.count > 80 ? "…" : "")
    }
}
