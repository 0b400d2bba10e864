import ArgumentParser

/// `ingot routes`.
struct Routes: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show where every route and every model of a YAML leads.",
        discussion: """
            Routes with their final URL at each endpoint, models with their endpoints in the order \
            of trial, and aliases.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(help: "How the table is written.")
    var format = OutputFormat.text

    /// Prints the plan; the diagnostics go to standard error.
    func run() throws {
        let progress = Progress(.errors, isShown: false)
        let plan = try Pipeline(file: input.file, format: .text, progress: progress).plan()
        let table = RouteTable(plan)
        Console.output.write(format == .json ? table.json.pretty + "\n" : table.text)
    }
}
