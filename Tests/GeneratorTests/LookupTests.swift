import Glibc
import Testing

@testable import Generator

/// Emitted Swift, compiled and asked: for every name the endpoints that the YAML promises.
struct LookupTests {
    /// Answers each line of a file with the candidates of the model that it names.
    private static let probe = """
        import GatewayRuntime

        while let name = readLine() {
            guard let entry = models.index(Array(name.utf8).span) else {
                print("-")
                continue
            }
            let starts = models.candidateStarts
            let words = models.candidates[Int(starts[entry])..<Int(starts[entry + 1])]
            let names = words.map { word in
                let name = word >> 16 == 0 ? "" : "=\\(models.upstreamNames[Int(word >> 16) - 1])"
                return "\\(word & 0xffff)" + name
            }
            print(names.joined(separator: " "))
        }

        """

    @Test(.timeLimit(.minutes(20)))
    func `compiled look-ups give what the YAML says, in small and in large`() throws {
        var template = Array("/tmp/ingot-tests.XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { Files.removeTree(folder) }
        for gateway in [Self.small, Self.large] {
            let names = Self.names(of: gateway) + ["", "nobody", "model-1x", "gpt", "GPT-4O"]
            let answers = try ask(gateway, names, in: folder)
            #expect(answers.count == names.count)
            for (name, answer) in zip(names, answers) {
                #expect(answer == Self.expected(name, gateway), "\(name)")
            }
        }
    }

    /// Exact names, one of them renamed, patterns that overlap, and an endpoint without a list.
    private static var small: Gateway {
        .sample([
            .sample("a", models: ["gpt-4o=m", "gpt-4*", "llama3"]),
            .sample("b", priority: 200, models: ["gpt-4o", "gpt-4o-*", "modèle"]),
            .sample("c"),
        ])
    }

    /// 3,000 models, each at about half of 50 endpoints, a tenth of them under other names.
    private static var large: Gateway {
        var generator = Steps(state: 7)
        let endpoints = (0..<50).map { index in
            let models = (0..<3_000).filter { _ in Bool.random(using: &generator) }.map { model in
                let name = "vendor\(model % 37)/model-\(model)"
                return ServedModel(
                    name: name,
                    upstreamName: model % 10 == 0 ? "\(name):\(index % 3)" : nil,
                    created: model,
                    ownedBy: "lab"
                )
            }
            return Endpoint.sample(
                "e\(index)", priority: index % 4, models: models + [pattern(index)])
        }
        return .sample(endpoints)
    }

    private static func pattern(_ index: Int) -> ServedModel {
        ServedModel(name: "gpt-\(index)*", upstreamName: nil, created: 0, ownedBy: "lab")
    }

    private static func names(of gateway: Gateway) -> [String] {
        let listed = gateway.endpoints.flatMap { endpoint -> [String] in
            guard case .listed(let models) = endpoint.models else { return [] }
            return models.map { $0.isPattern ? $0.name.dropLast() + "x" : $0.name }
        }
        let names = Set(listed).sorted()
        // The rule below takes its time: at most 200 names, from all over the gateway.
        return stride(from: 0, to: names.count, by: max(1, names.count / 200)).map { names[$0] }
    }

    /// The rule of the contract, word for word and without any table.
    private static func expected(_ name: String, _ gateway: Gateway) -> String {
        var levels: [String: [(priority: Int, text: String)]] = [:]
        for (index, endpoint) in gateway.endpoints.enumerated() {
            guard case .listed(let models) = endpoint.models else {
                levels["", default: []].append((endpoint.priority, "\(index)"))
                continue
            }
            for model in models {
                let isMatch =
                    model.isPattern
                    ? name.hasPrefix(model.name.dropLast()) : model.name == name
                guard isMatch else { continue }
                let text = "\(index)" + (model.upstreamName.map { "=\($0)" } ?? "")
                levels[model.name, default: []].append((endpoint.priority, text))
            }
        }
        let longest = levels.keys.filter { $0 != name }.max { $0.count < $1.count }
        let level = levels[name] ?? longest.flatMap { levels[$0] } ?? []
        let priorities = Set(level.map(\.priority)).sorted(by: >)
        let ordered = priorities.flatMap { priority in level.filter { $0.priority == priority } }
        return ordered.isEmpty ? "-" : ordered.map(\.text).joined(separator: " ")
    }

    /// Builds the gateway's package with the probe in the place of its start.
    private func ask(_ gateway: Gateway, _ names: [String], in folder: String) throws -> [String] {
        let root = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
        let plan = Plan.sample(gateway)
        var files = try EmittedPackage(plan)
            .adding(
                RuntimeSources(option: root), with: plan.parts,
                without: plan.unusedFolders
            ).files
        files["Sources/Gateway/main.swift"] = Array(Self.probe.utf8)
        files["names"] = Array(names.map { $0 + "\n" }.joined().utf8)
        try PackageFolder("\(folder)/package").update(to: EmittedPackage(files: files))
        let scratch = "\(folder)/build"
        let build = try Subprocess(arguments: [
            "swift", "build", "--package-path", "\(folder)/package", "--scratch-path", scratch,
        ]).run()
        try #require(build.isSuccess, "\(build.output)")
        let command = "'\(scratch)/debug/gateway' < '\(folder)/package/names'"
        let outcome = try Subprocess(arguments: ["sh", "-c", command]).run()
        return outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }
}

/// A small generator of random numbers that is the same in every run (splitmix64).
private struct Steps: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
        return bits ^ bits >> 31
    }
}
