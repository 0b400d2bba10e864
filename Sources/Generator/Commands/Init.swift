import ArgumentParser

/// `ingot init`.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a YAML to start from, with comments.",
        discussion: "A file that is there already is left alone."
    )

    @Argument(help: "The file to write.", completion: .file(extensions: ["yaml", "yml"]))
    var file = "gateway.yaml"

    /// Writes the embedded starter, which the tests hold against the checks.
    func run() throws {
        guard !Files.exists(file) else {
            throw Failure.call("'\(file)' is there already; nothing was written")
        }
        try Files.replace(file, with: PackageResources.starter_yaml, mode: 0o644)
        Console.output.write("\(file)\n")
    }
}
