import Foundation
import Testing

@testable import Generator

/// The examples of the guide, as a user would copy them.
@Suite struct GuideTests {
    /// The guide's blocks of YAML that are a whole gateway.
    private static let examples: [String] = {
        let url = Recorded.repository.appending(path: "docs/guide.md")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        let blocks = text.components(separatedBy: "```yaml\n").dropFirst().map {
            $0.components(separatedBy: "\n```")[0]
        }
        return blocks.filter { $0.hasPrefix("endpoints:") || $0.contains("\nendpoints:") }
    }()

    @Test(arguments: examples)
    func `an example of the guide has no mistake`(example: String) {
        // The files that examples name are beside them.
        let folder = Recorded.cases.appending(path: "Guide").path
        let reading = Gateway.read(Array(example.utf8), file: "gateway.yaml", folder: folder)
        #expect(reading.diagnostics.filter { $0.severity == .error } == [])
        #expect(reading.gateway != nil)
    }

    /// Keys with which endpoints are reached.
    private static let keys: [String] = {
        func inner(_ path: [String]) -> [String] {
            var keys = Schema.root
            for name in path { keys = keys.first { $0.name == name }?.type.keys ?? [] }
            return keys.map(\.name)
        }
        return ["proxy", "http_version", "models_from", "name_servers"]
            + inner(["endpoints", "tls"]) + inner(["endpoints", "auth"]) + inner(["discovery"])
            + inner(["server", "tls"])
    }()

    @Test func `every key with which endpoints are reached has an example`() {
        let text = Self.examples.joined(separator: "\n")
        #expect(Self.keys.count > 16)
        for key in Set(Self.keys) {
            #expect(text.contains("\(key):"), "\(key)")
        }
    }
}
