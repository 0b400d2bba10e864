import ArgumentParser

/// `ingot check`.
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Report every mistake in a YAML.",
        discussion: """
            No compiler is needed. With --live every endpoint is asked for its model list, with \
            the credentials of the environment and files that the gateway would use, 16 at once. \
            A model that the YAML names and the endpoint does not have is an error. \
            --freeze-models writes the lists to a file that 'models_from' of an endpoint names.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(help: "How diagnostics are written.")
    var format = OutputFormat.text

    @Flag(help: "Connect to every endpoint and compare its models.")
    var live = false

    @Option(help: "How long an endpoint may take: 500ms, 10s, 1m. Default: 10s.")
    var timeout: TimeLimit?

    @Option(help: "With --live: the YAML that the found lists are written to.", completion: .file())
    var freezeModels: String?

    func validate() throws {
        if !live, timeout != nil { throw ValidationError("--timeout is for --live") }
        if !live, freezeModels != nil { throw ValidationError("--freeze-models is for --live") }
    }

    /// Plans too, so that whatever could stop a build before the compiler stops this.
    func run() throws {
        let progress = Progress(.errors, isShown: live && Console.errors.isTerminal)
        let pipeline = Pipeline(file: input.file, format: format, progress: progress)
        guard live else {
            _ = try pipeline.plan()
            return
        }
        Interruption.watch()
        try pipeline.checkLive(
            timeoutMilliseconds: timeout?.milliseconds ?? 10 * Units.second,
            frozenFile: freezeModels
        )
    }
}

/// A duration on the command line, 1 ms to 10 minutes.
struct TimeLimit: ExpressibleByArgument {
    let milliseconds: Int

    init?(argument: String) {
        guard let milliseconds = Units.milliseconds(argument),
            (1...10 * Units.minute).contains(milliseconds)
        else { return nil }
        self.milliseconds = milliseconds
    }
}
