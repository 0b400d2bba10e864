/// The Swift toolchain that builds emitted packages.
struct Compiler {
    /// The first line that it says of itself.
    let version: String

    /// - Throws: `Failure.build` where `swift` is not in `PATH` or is older than 6.3.
    init() throws(Failure) {
        let outcome: Subprocess.Outcome
        do {
            outcome = try Subprocess(arguments: ["swift", "--version"]).run()
        } catch .build {
            throw .build("no 'swift' in PATH; ingot needs Swift 6.3 or later (swift.org/install)")
        }
        let lines = outcome.output.split(separator: "\n").map(String.init)
        guard let line = lines.first(where: { $0.contains("Swift version ") }),
            let numbers = Self.numbers(in: line)
        else { throw .build("'swift --version' does not tell its version: \(outcome.output)") }
        guard numbers.major > 6 || numbers.major == 6 && numbers.minor >= 3 else {
            let found = "\(numbers.major).\(numbers.minor)"
            throw .build("the 'swift' in PATH is \(found); ingot needs Swift 6.3 or later")
        }
        version = lines.joined(separator: " ")
    }

    /// Builds the product `gateway` of a workspace's package, optimised and stripped.
    ///
    /// - Throws: `Failure.build` with the first errors; `Failure.interrupted`.
    func build(
        _ workspace: borrowing Workspace,
        _ progress: Progress,
        isVerbose: Bool
    ) throws(Failure) {
        let arguments = arguments(for: workspace)
        if isVerbose { progress.note(arguments.joined(separator: " ")) }
        let outcome = try Subprocess(arguments: arguments).run(
            onLine: { line in
                if isVerbose { progress.note(line) }
                // The package's only module of its own: what follows is its linking.
                if line.contains(" Compiling Gateway ") { progress.begin("link") }
            },
            onTick: { progress.tick() }
        )
        guard outcome.isSuccess else {
            throw .build(Self.report(outcome.output, package: workspace.package))
        }
    }

    /// Nothing of where the workspace lies gets into the binary, so that it can be reproduced.
    private func arguments(for workspace: borrowing Workspace) -> [String] {
        let map = "\(workspace.folder)=."
        var arguments = [
            "swift", "build", "--configuration", "release", "--product", "gateway",
            "--package-path", workspace.package, "--scratch-path", workspace.scratch,
            "--disable-automatic-resolution", "--static-swift-stdlib",
            "-Xswiftc", "-file-prefix-map", "-Xswiftc", map, "-Xcc", "-ffile-prefix-map=\(map)",
            "-Xswiftc", "-Xfrontend", "-Xswiftc", "-disable-incremental-llvm-codegen",
            "-Xlinker", "-s",
        ]
        // Branches that requests take lie together; without the profile the gateway is the same.
        if Files.exists(workspace.profile) {
            let use = "-ir-profile-use=\(workspace.profile)"
            arguments += ["-Xswiftc", "-Xfrontend", "-Xswiftc", use]
        }
        if workspace.isStatic { arguments += ["-Xswiftc", "-static-executable"] }
        return arguments
    }

    /// What went wrong, in the compiler's words: but for a missing library no YAML leads here.
    private static func report(_ output: String, package: String) -> String {
        if output.contains("ares.h") || output.contains("libcares.a") {
            return "endpoints with host names need c-ares: apt install libc-ares-dev"
        }
        if output.contains("'openssl/") || output.contains("libssl.a") {
            return "TLS needs OpenSSL: apt install libssl-dev"
        }
        if output.contains("'curl/") || output.contains("libcurl.a") {
            return "`proxy` and `http_version: 2` need libcurl: apt install libcurl4-openssl-dev"
        }
        var known: Set<Substring> = []
        let errors = output.split(separator: "\n")
            .filter { $0.contains("error:") && known.insert($0).inserted }
            .prefix(5)
        let words = errors.isEmpty ? output.split(separator: "\n").suffix(20) : errors
        return """
            internal error of ingot: the package that it emitted did not compile
            \(words.map { "  \($0)" }.joined(separator: "\n"))
            the package is kept in \(package)
            """
    }

    private static func numbers(in line: String) -> (major: Int, minor: Int)? {
        guard let start = line.firstRange(of: "Swift version ")?.upperBound else { return nil }
        let parts = line[start...].prefix { $0.isNumber || $0 == "." }.split(separator: ".")
        guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1]) else {
            return nil
        }
        return (major, minor)
    }
}
