import Testing

@testable import Generator

/// What a shell sees of the built `ingot`.
struct CommandTests {
    /// The tests' own executable lies beside it.
    private func ingot(_ arguments: [String]) throws -> Subprocess.Outcome {
        let tests = try #require(Files.resolved("/proc/self/exe"))
        return try Subprocess(arguments: ["\(Files.folder(of: tests))/ingot"] + arguments).run()
    }

    @Test(arguments: [["--help"], ["--version"], ["build", "--help"], ["schema"]])
    func `what can be answered ends with 0`(arguments: [String]) throws {
        let outcome = try ingot(arguments)
        #expect(outcome.status == 0)
        #expect(!outcome.output.isEmpty)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a shell completes every command and option`(shell: String) throws {
        let outcome = try ingot(["--generate-completion-script", shell])
        #expect(outcome.status == 0)
        for word in ["build", "check", "generate", "init", "routes", "schema", "freeze-models"] {
            #expect(outcome.output.contains(word), "\(word)")
        }
    }

    @Test func `a wrong call ends with 2 and says what is wrong`() throws {
        #expect(try ingot(["cast"]).status == 2)
        #expect(try ingot(["build"]).status == 2)
        #expect(try ingot(["build", "x.yaml", "--format", "xml"]).status == 2)
        let missing = try ingot(["check", "/nowhere/gateway.yaml"])
        #expect(missing.status == 2)
        #expect(
            missing.output
                == "ingot: cannot read '/nowhere/gateway.yaml': No such file or directory\n")
        let folder = try ingot(["build", "x.yaml", "-o", "/tmp"])
        #expect(folder.status == 2)
        #expect(folder.output == "ingot: '/tmp' is a folder\n")
    }

    @Test func `a YAML that is wrong ends with 1`() throws {
        #expect(try ingot(["check", "/dev/null"]).status == 1)
    }

    @Test func `every example and the starter YAML are right and lead somewhere`() throws {
        let root = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
        // What is no gateway ends in `.yml`.
        let files = Files.filesBelow("\(root)/examples").filter {
            $0.hasSuffix(".yaml") && !$0.contains("/.build")
        }
        let folders = Set(files.map { Files.folder(of: $0) })
        #expect(folders.isSuperset(of: ["openai", "local-fleet", "mixed", "edge", "credentials"]))
        for file in files.map({ "examples/\($0)" }) + ["Templates/starter.yaml"] {
            let checked = try ingot(["check", "\(root)/\(file)"])
            #expect(checked.status == 0)
            #expect(checked.output == "", "\(file)")
            let routes = try ingot(["routes", "\(root)/\(file)"]).output
            #expect(routes.contains("  POST  /v1/chat/completions "))
        }
    }

    @Test func `a starter YAML is never written over a file`() throws {
        let outcome = try ingot(["init", #filePath])
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("nothing was written"))
    }

    @Test(arguments: [
        ([Diagnostic.Severity.error, .error, .warning], "2 errors, 1 warning"),
        ([.note, .warning], "1 warning, 1 note"), ([.error], "1 error"),
    ])
    func `the summary counts by severity`(severities: [Diagnostic.Severity], text: String) {
        let place = SourceLocation(file: "g.yaml", line: 1, column: 1, width: 1)
        let diagnostics = severities.map {
            Diagnostic(code: "IN001", severity: $0, message: "m", location: place)
        }
        #expect(DiagnosticReport.summary(diagnostics) == text)
    }
}
