import ArgumentParser

/// `ingot check`.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report every mistake in a YAML.",
        discussion: "Nothing is written; no compiler is needed."
    )

    @OptionGroup var input: InputOptions

    @Option(help: "How diagnostics are written.")
    var format = OutputFormat.text

    /// Plans too, so that whatever could stop a build before the compiler stops this.
    func run() throws {
        let progress = Progress(.errors, isShown: false)
        _ = try Pipeline(file: input.file, format: format, progress: progress).plan()
    }
}
