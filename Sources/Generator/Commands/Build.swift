import ArgumentParser

/// `ingot build`.
struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Build the gateway of a YAML.",
        discussion: """
            The binary is written at once or not at all: an interrupted build leaves the old one. \
            What the compiler has made is kept in $XDG_CACHE_HOME/ingot or ~/.cache/ingot: one \
            folder for each toolchain and way of linking, the four used last.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(name: .shortAndLong, help: "Where the binary goes.", completion: .file())
    var output = "gateway"

    @Flag(name: .customLong("static"), help: "Link everything in, for an empty container.")
    var isStatic = false

    @Option(help: "How diagnostics, and then the outcome, are written.")
    var format = OutputFormat.text

    @Option(help: "The folder of the runtime's sources.", completion: .directory)
    var runtime: String?

    @Option(help: "The folder that compiled parts are kept in.", completion: .directory)
    var cache: String?

    @Flag(help: "Show what the compiler is asked and says.")
    var verbose = false

    /// Looks at the output's place first: nobody wants to hear of it after a minute of compiling.
    func run() throws {
        guard !Files.isFolder(output) else { throw Failure.call("'\(output)' is a folder") }
        guard Files.isFolder(Files.folder(of: output)) else {
            throw Failure.call("there is no folder '\(Files.folder(of: output))'")
        }
        Interruption.watch()
        let progress = Progress(.errors)
        defer { progress.abandon() }
        let order = BuildOrder(
            output: output,
            isStatic: isStatic,
            runtime: runtime,
            cache: cache,
            isVerbose: verbose
        )
        let pipeline = Pipeline(file: input.file, format: format, progress: progress)
        let gateway = try pipeline.build(order)
        Console.output.write(format == .json ? gateway.json.compact + "\n" : gateway.text)
    }
}
