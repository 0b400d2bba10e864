import ArgumentParser
import Foundation

/// The command `ingot-simulator`.
@main
struct Simulator: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingot-simulator",
        abstract: "An OpenAI-compatible endpoint to try, test and demonstrate with.",
        discussion: """
            Answers the eight routes of the OpenAI API with words that depend on the request \
            alone. GET /control/requests tells what reached it (?contains=TEXT: where TEXT stands \
            in it), POST /control/reset forgets that.

            A model's name can ask for a failure; N is a number, and any suffix may follow \
            (sim-break-3-b):
            \(Fault.help)
            """
    )

    @Option(help: "The TCP port; 0 takes any free one. Default: 8081, none with --unix.")
    var port: UInt16?

    @Option(help: "The numeric address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "A socket file to listen on, besides --port or instead of it.")
    var unix: String?

    @Option(help: "Stands in system_fingerprint and in the field X-Simulator.")
    var name = "simulator"

    @Option(help: "The model list, separated by commas; a final * takes every such name.")
    var models = Settings.standardModels.joined(separator: ",")

    @Option(help: "Milliseconds between two chunks of a stream.")
    var pace = 30

    @Option(help: "The bearer that every request has to carry.")
    var apiKey: String?

    @Option(help: "Another seed, other words.")
    var seed = 0

    func validate() throws {
        guard (0...600_000).contains(pace) else {
            throw ValidationError("--pace is from 0 to 600000 milliseconds")
        }
    }

    func run() throws {
        let settings = Settings(
            name: name,
            models: models.split(separator: ",").map(String.init),
            paceMilliseconds: pace,
            apiKey: apiKey,
            seed: seed
        )
        let log = RequestLog()
        var listeners: [Listener] = []
        if let unix {
            listeners.append(try Listener(at: .unix(path: unix), settings: settings, log: log))
            announce("unix:\(unix)")
        }
        if unix == nil || port != nil {
            let listener = try Listener(
                at: .tcp(host: host, port: port ?? 8081),
                settings: settings,
                log: log
            )
            listeners.append(listener)
            announce("\(host):\(listener.port)")
        }
        for listener in listeners.dropFirst() {
            Thread { listener.run() }.start()
        }
        listeners.first?.run()
    }

    private func announce(_ place: String) {
        print("listening on \(place)")
        fflush(nil)
    }
}
