import ArgumentParser

/// `ingot generate`.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the Swift package of a YAML, to read, commit or build.",
        discussion: """
            The package holds all that it needs; 'swift build -c release' builds it. Files are \
            written only where they differ, and what an earlier call wrote and this one does not \
            need is removed. A folder with anything else in it is refused.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(name: .shortAndLong, help: "The folder of the package.", completion: .directory)
    var output: String

    @Option(help: "The folder of the runtime's sources.", completion: .directory)
    var runtime: String?

    /// Says whether the folder has changed.
    func run() throws {
        Interruption.watch()
        let progress = Progress(.errors, isShown: false)
        let pipeline = Pipeline(file: input.file, format: .text, progress: progress)
        let isChanged = try pipeline.generate(into: output, runtime: runtime)
        Console.output.write(isChanged ? "\(output)\n" : "\(output) is up to date\n")
    }
}
