import ArgumentParser
import Glibc

@main
struct Ingot: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingot",
        abstract: "Casts an LLM gateway out of YAML.",
        discussion: """
            A YAML of endpoints becomes one immutable binary that serves the OpenAI API before \
            them. Begin with 'ingot init', then 'ingot build gateway.yaml -o gateway'.

            Exit status: 0 done, 1 the YAML or the build is wrong, 2 the call is wrong.
            """,
        version: Version.current,
        subcommands: [
            Build.self, Check.self, Generate.self, Init.self, Key.self, Routes.self,
            PrintSchema.self, MakeImage.self, Deploy.self,
        ]
    )

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as Failure {
            if let message = failure.message { Console.errors.write("ingot: \(message)\n") }
            Glibc.exit(failure.exitCode)
        } catch {
            // Help, the version and completions come as errors too, with the status 0.
            let isDone = exitCode(for: error).isSuccess
            (isDone ? Console.output : Console.errors).write(fullMessage(for: error) + "\n")
            Glibc.exit(isDone ? 0 : 2)
        }
    }
}

/// The YAML that a command reads.
struct InputOptions: ParsableArguments {
    @Argument(
        help: "The YAML; '-' reads standard input.",
        completion: .file(extensions: ["yaml", "yml"])
    )
    var file: String
}
