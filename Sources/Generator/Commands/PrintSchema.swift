import ArgumentParser

/// `ingot schema`.
struct PrintSchema: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of the YAML, for editors.",
        discussion: "With --markdown the reference of every key."
    )

    @Flag(help: "Print the reference instead, in Markdown.")
    var markdown = false

    /// Prints one of the two forms of the one definition of all keys.
    func run() {
        Console.output.write(markdown ? Schema.markdownReference() : Schema.jsonSchema())
    }
}
