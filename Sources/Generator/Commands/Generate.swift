import ArgumentParser

/// `ingot generate`.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the Swift package of a YAML, to read, commit or build.",
        discussion: """
            The package holds all that it needs; 'swift build -c release' builds it. Files are \
            written only where they differ, and what an earlier call wrote and this one does not \
            need is removed. A folder with anything else in it is refused. With --module only the \
            Swift of the YAML is written, for a target that has a main.swift and the runtime.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(name: .shortAndLong, help: "The folder of the package.", completion: .directory)
    var output: String

    @Option(help: "The folder of the runtime's sources.", completion: .directory)
    var runtime: String?

    @Flag(help: "Write the module's Swift alone, without package, runtime and main.swift.")
    var module = false

    @Option(help: "With --module: a product of the runtime that the module is linked with.")
    var linked: [String] = []

    func validate() throws {
        if module, runtime != nil { throw ValidationError("--runtime has no part in a --module") }
        if !module, !linked.isEmpty { throw ValidationError("--linked is for --module") }
    }

    /// Says whether the folder has changed.
    func run() throws {
        Interruption.watch()
        let progress = Progress(.errors, isShown: false)
        let pipeline = Pipeline(file: input.file, format: .text, progress: progress)
        let isChanged =
            module
            ? try pipeline.generateModule(into: output, linked: linked)
            : try pipeline.generate(into: output, runtime: runtime)
        Console.output.write(isChanged ? "\(output)\n" : "\(output) is up to date\n")
    }
}
