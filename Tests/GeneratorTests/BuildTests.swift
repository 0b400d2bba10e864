import Glibc
import Testing

@testable import Generator

/// `ingot build` with a `swift` that only acts like one, so that its ways of failing can be tried.
struct BuildTests {
    /// Runs `script` in a folder of its own, `swift` first in `PATH` and `$INGOT build …` ready.
    ///
    /// - Parameter swift: shell lines for every call but `swift --version`.
    private func run(
        _ script: String,
        version: String = "6.3.1",
        swift: String,
        then check: (String, Subprocess.Outcome) throws -> Void
    ) throws {
        var template = Array("/tmp/ingot-tests.XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { Files.removeTree(folder) }
        let tests = try #require(Files.resolved("/proc/self/exe"))
        let root = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
        let fake = """
            #!/bin/sh
            if [ "$1" = --version ]; then echo 'Swift version \(version) (fake)'; exit; fi
            while [ "$1" != --scratch-path ]; do shift; done
            scratch=$2
            \(swift)
            """
        try Files.makeFolder("\(folder)/bin")
        try Files.replace("\(folder)/bin/swift", with: Array(fake.utf8), mode: 0o755)
        let setup = """
            cd '\(folder)'; PATH="$PWD/bin:$PATH"
            INGOT='\(Files.folder(of: tests))/ingot'
            ROOT='\(root)'
            YAML="\(root)/examples/minimal/gateway.yaml"
            BUILD="build $YAML --runtime \(root) --cache cache -o gateway"

            """
        let outcome = try Subprocess(arguments: ["sh", "-c", setup + script]).run()
        try check(folder, outcome)
    }

    private static let compiling = """
        echo built >> builds
        mkdir -p "$scratch/release"; echo binary > "$scratch/release/gateway"
        """

    @Test func `a build writes the binary and a second one compiles nothing`() throws {
        try run("$INGOT $BUILD && $INGOT $BUILD", swift: Self.compiling) { folder, outcome in
            #expect(outcome.isSuccess, "\(outcome.output)")
            try #expect(Files.read("\(folder)/gateway") == Array("binary\n".utf8))
            #expect(access("\(folder)/gateway", X_OK) == 0)
            try #expect(Files.read("\(folder)/builds") == Array("built\n".utf8))
            let digest = Digest.sha256(Array("binary\n".utf8))
            #expect(outcome.output.hasSuffix("gateway  0.0 MB  sha256:\(digest)\n"))
        }
    }

    @Test func `the compiler is handed the profile of the runtime`() throws {
        let noting = """
            for word; do case $word in
                -ir-profile-use=*) cp "${word#*=}" handed ;;
            esac; done

            """
        try run("$INGOT $BUILD", swift: noting + Self.compiling) { folder, outcome in
            #expect(outcome.isSuccess, "\(outcome.output)")
            let root = Files.folder(of: Files.folder(of: Files.folder(of: #filePath)))
            let profile = try Files.read("\(root)/Sources/Runtime/Runtime.profdata")
            try #expect(Files.read("\(folder)/handed") == profile)
        }
    }

    @Test(arguments: [("INT", 130), ("TERM", 143)])
    func `an interrupted build leaves the old binary and ends the compiler`(
        signal: String,
        status: Int32
    ) throws {
        let script = """
            echo old > gateway
            $INGOT $BUILD & ingot=$!
            while [ ! -s pid ]; do sleep 0.05; done
            kill -\(signal) $ingot; wait $ingot; status=$?
            kill -0 $(cat pid) 2>/dev/null && exit 99
            exit $status
            """
        try run(script, swift: "echo $$ > pid; exec sleep 60") { folder, outcome in
            #expect(outcome.status == status, "\(outcome.output)")
            #expect(outcome.output.hasSuffix("ingot: interrupted; nothing was replaced\n"))
            try #expect(Files.read("\(folder)/gateway") == Array("old\n".utf8))
            #expect(Files.names(in: folder) == ["bin", "cache", "gateway", "pid"])
        }
    }

    /// As `make install` lays it out.
    @Test func `an installed ingot builds without the checkout`() throws {
        let script = """
            mkdir -p there/bin there/share/ingot/runtime/Sources
            cp "$INGOT" there/bin/ingot
            cp -R "$ROOT/Sources/Runtime" there/share/ingot/runtime/Sources/Runtime
            cp "$YAML" g.yaml
            unset INGOT_RUNTIME
            there/bin/ingot build g.yaml --cache cache -o gateway
            """
        try run(script, swift: Self.compiling) { folder, outcome in
            #expect(outcome.isSuccess, "\(outcome.output)")
            #expect(Files.exists("\(folder)/gateway"))
            let copied = Files.filesBelow("\(folder)/cache").filter {
                $0.hasSuffix("Runtime/Sources/Runtime/Gateway.swift")
            }
            #expect(copied.count == 1)
        }
    }

    @Test func `what the compiler refuses is shown as a mistake of ingot`() throws {
        let swift = "echo 'Models.swift:3:1: error: no such thing'; exit 1"
        try run("echo old > gateway; $INGOT $BUILD", swift: swift) { folder, outcome in
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("internal error of ingot: "))
            #expect(outcome.output.contains("\n  Models.swift:3:1: error: no such thing\n"))
            #expect(outcome.output.contains("the package is kept in \(folder)/cache/"))
            try #expect(Files.read("\(folder)/gateway") == Array("old\n".utf8))
        }
    }

    @Test func `a toolchain that is too old or missing is named`() throws {
        try run("$INGOT $BUILD", version: "6.2.4", swift: "exit 1") { _, outcome in
            #expect(outcome.status == 1)
            #expect(
                outcome.output.hasSuffix(
                    "ingot: the 'swift' in PATH is 6.2; ingot needs Swift 6.3 or later\n"
                )
            )
        }
        try run("PATH=/nowhere; $INGOT $BUILD", swift: "exit 1") { _, outcome in
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("ingot: no 'swift' in PATH"))
        }
    }

    private static let https = """
        echo 'endpoints: [{name: a, url: "https://a"}]' > g.yaml
        BUILD="build g.yaml --runtime $ROOT --cache cache -o gateway --static"

        """

    @Test func `a static binary carries the machine's authorities, and the build says so`() throws {
        let certificates = "\(EmitTests.cases)/../Diagnostics/tls-authorities/good.pem"
        let script = Self.https + "SSL_CERT_FILE='\(certificates)' $INGOT $BUILD"
        try run(script, swift: Self.compiling) { folder, outcome in
            #expect(outcome.isSuccess, "\(outcome.output)")
            let line = "certificates of \(certificates) that are compiled in: 1\n"
            #expect(outcome.output.contains(line))
            let files = Files.filesBelow("\(folder)/cache")
            let emitted = "package/Sources/Gateway/Authorities.swift"
            #expect(files.contains { $0.hasSuffix(emitted) })
        }
    }

    @Test func `a static binary is not built where nobody can be trusted`() throws {
        let script = Self.https + "SSL_CERT_FILE=/nowhere $INGOT $BUILD"
        try run(script, swift: Self.compiling) { folder, outcome in
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("endpoint 'a' trusts the system's authorities"))
            #expect(outcome.output.contains("apt install ca-certificates"))
            #expect(!Files.exists("\(folder)/gateway"))
        }
    }

    @Test func `only the workspaces used last are kept`() throws {
        let script = """
            for version in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
                sed -i "s/6.3.[0-9]*/6.3.$version/" bin/swift
                $INGOT $BUILD || exit 1
            done
            """
        try run(script, swift: Self.compiling) { folder, outcome in
            #expect(outcome.isSuccess, "\(outcome.output)")
            let names = Files.names(in: "\(folder)/cache")
            #expect(names.count { Files.isFolder("\(folder)/cache/\($0)") } == 12)
        }
    }
}
