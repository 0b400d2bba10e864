import Glibc

/// The runtime's sources, which every package carries a copy of.
struct RuntimeSources {
    /// The folder `Sources/Runtime`.
    let folder: String
    /// The files below it, in a fixed order.
    let paths: [String]
    /// Of all paths and bytes: 64 hexadecimal digits.
    let digest: String

    /// Takes `option`, else `INGOT_RUNTIME`, else what is installed beside the executable, else
    /// the checkout that the executable lies in.
    ///
    /// - Throws: `Failure.call` where a named folder holds no runtime; `Failure.build` where none
    ///   is found.
    init(option: String?) throws(Failure) {
        if let named = option ?? Environment["INGOT_RUNTIME"] {
            guard let folder = Self.sources(in: named) else {
                throw .call("'\(named)' holds no sources of the runtime (Sources/Runtime)")
            }
            try self.init(folder: folder)
            return
        }
        guard let folder = Self.besideExecutable() else {
            throw .build(
                """
                the sources of the runtime are not found; name their folder with --runtime \
                or INGOT_RUNTIME
                """
            )
        }
        try self.init(folder: folder)
    }

    /// Reads every file below `folder` once, for the digest.
    init(folder: String) throws(Failure) {
        self.folder = folder
        paths = Files.filesBelow(folder).filter(Self.isSource)
        var summary = ""
        for path in paths {
            summary += "\(path) \(Digest.sha256(try Files.read("\(folder)/\(path)")))\n"
        }
        digest = Digest.sha256(Array(summary.utf8))
    }

    /// The bytes of one of `paths`.
    func bytes(of path: String) throws(Failure) -> [UInt8] {
        try Files.read("\(folder)/\(path)")
    }

    private static func isSource(_ path: String) -> Bool {
        [".swift", ".c", ".h", ".modulemap", ".profdata"].contains { path.hasSuffix($0) }
    }

    /// `Sources/Runtime` in a checkout or an installed `runtime` folder, or the folder itself.
    private static func sources(in folder: String) -> String? {
        ["\(folder)/Sources/Runtime", folder].first {
            Files.exists("\($0)/CompiledGateway.swift")
        }
    }

    /// `share/ingot/runtime` of the prefix that it is installed under, then folders upwards.
    private static func besideExecutable() -> String? {
        guard let executable = Files.resolved("/proc/self/exe") else { return nil }
        var folder = Files.folder(of: executable)
        let installed = "\(Files.folder(of: folder))/share/ingot/runtime"
        if let sources = sources(in: installed) { return sources }
        while folder != "/" {
            if Files.exists("\(folder)/Package.swift") {
                let sources = "\(folder)/Sources/Runtime"
                if Files.exists("\(sources)/CompiledGateway.swift") { return sources }
            }
            folder = Files.folder(of: folder)
        }
        return nil
    }
}
