extension Pipeline {
    /// Emits what a target of another package is compiled with, besides its `main.swift`.
    ///
    /// - Parameter linked: products of the runtime that the target depends on.
    /// - Throws: `Failure.build` where the YAML needs another one of them.
    func generateModule(into folder: String, linked: [String]) throws(Failure) -> Bool {
        let target = try PackageFolder(folder)
        let plan = try plan()
        let needed = ["GatewayRuntime"] + plan.parts.map(\.target)
        if let missing = needed.first(where: { !linked.contains($0) }) {
            throw .build(
                "\(file): error: this YAML needs \(missing): add "
                    + ".product(name: \"\(missing)\", package: \"ingot\") to its dependencies"
            )
        }
        let sources = "Sources/Gateway/"
        let package = try EmittedPackage(plan)
        var files: [String: [UInt8]] = [:]
        for (path, bytes) in package.files where path.hasPrefix(sources) {
            files[String(path.dropFirst(sources.count))] = bytes
        }
        files["main.swift"] = nil
        return try target.update(to: EmittedPackage(files: files))
    }
}
