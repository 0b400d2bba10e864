import Glibc

struct SourceText {
    var file: String
}

/// Reads `key: value` lines of one endpoint each, so that the back can be tried.
struct Reading {
    var gateway: Gateway?
    var diagnostics: [Diagnostic]
    var source: SourceText
}

extension Gateway {
    static func read(_ bytes: [UInt8], file: String) -> Reading {
        var gateway = Gateway(
            server: Server(
                host: "0.0.0.0", port: 40114, workers: 0, maxConnections: 65_536,
                trustedProxies: [], adminNetworks: []),
            limits: Limits(
                headByteLimit: 65_536, fieldCountLimit: 128, targetByteLimit: 8_192,
                bodyByteLimit: 104_857_600, repeatableByteLimit: 1_048_576,
                heldByteLimit: 33_554_432),
            timeouts: ClientTimeouts(
                clientHeaderMilliseconds: 10_000, clientBodyMilliseconds: 30_000,
                keepAliveMilliseconds: 75_000, upstreamIdleMilliseconds: 60_000),
            retry: Retry(attempts: 0, statuses: [429, 502, 503, 504]),
            drain: Drain(lagMilliseconds: 0, timeoutMilliseconds: 300_000),
            accessLog: .json, extraRoutes: [], passthrough: false, endpoints: [], aliases: [])
        var diagnostics: [Diagnostic] = []
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let words = line.split(separator: " ").map(String.init)
            if words.first == "bad:" {
                diagnostics.append(
                    Diagnostic(
                        code: "IN000", severity: .error, message: "bad",
                        location: SourceLocation(file: file, line: index + 1, column: 1, width: 1)))
            }
            if words.count == 3, words[1] == "name:" {
                gateway.endpoints.append(
                    Endpoint(
                        name: words[2], type: .openAI,
                        url: EndpointURL(
                            text: "", address: .ipv4("127.0.0.1", port: 9000),
                            hostField: "127.0.0.1:9000", pathPrefix: ""),
                        priority: 100, models: .anything, headers: [],
                        timeouts: EndpointTimeouts(
                            connectMilliseconds: 5_000, responseHeaderMilliseconds: 600_000,
                            streamIdleMilliseconds: 300_000), line: index + 1))
            }
            if words.count == 2, words[0] == "host:", !gateway.endpoints.isEmpty {
                gateway.endpoints[gateway.endpoints.count - 1].url.address = .name(
                    words[1], port: 80)
                gateway.endpoints[gateway.endpoints.count - 1].url.hostField = words[1]
            }
            if words.count > 1, words[0] == "models:" {
                gateway.endpoints[gateway.endpoints.count - 1].models = .listed(
                    words.dropFirst().map {
                        ServedModel(name: $0, upstreamName: nil, created: 0, ownedBy: "ingot")
                    })
            }
        }
        let source = SourceText(file: file)
        let isRead = diagnostics.isEmpty && !gateway.endpoints.isEmpty
        return Reading(
            gateway: isRead ? gateway : nil, diagnostics: diagnostics, source: source)
    }
}

struct DiagnosticPrinter {
    init(source: SourceText, isColored: Bool) {}

    func text(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { "\($0.location.file):\($0.location.line): \($0.message)\n" }.joined()
    }

    static func json(_ diagnostics: [Diagnostic]) -> String { "[]\n" }
}

enum Schema {
    static func jsonSchema() -> String { "{}\n" }
    static func markdownReference() -> String { "# Reference\n" }
}
