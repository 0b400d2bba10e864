/// The way from a YAML to a binary: parse → validate → plan → emit → build.
struct Pipeline {
    /// The YAML's path; `-` is standard input.
    let file: String
    let format: OutputFormat
    let progress: Progress

    /// Reads the YAML and prints all that there is to say of it.
    ///
    /// - Parameter isStatic: whether the binary has to carry what it trusts.
    /// - Throws: `Failure.diagnosed` where it holds a mistake, `Failure.call` where it is missing.
    func plan(isStatic: Bool = false) throws(Failure) -> Plan {
        progress.begin("check")
        let bytes = try Files.read(file)
        let reading = read(bytes, pending: nil)
        progress.hide()
        DiagnosticReport(reading, format).print()
        guard let gateway = reading.gateway else { throw .diagnosed }
        progress.begin("plan")
        if isStatic, let name = gateway.endpointsByCurl.first { throw .build(Self.notStatic(name)) }
        let authorities = isStatic ? try authorities(for: gateway) : nil
        return plan(of: gateway, reading, bytes, authorities)
    }

    /// - Parameter bytes: the YAML itself.
    func plan(
        of gateway: Gateway, _ reading: Reading, _ bytes: [UInt8],
        _ authorities: CertificateList? = nil
    ) -> Plan {
        // What files the YAML names is compiled in as well.
        let all = bytes + reading.included.flatMap(\.bytes)
        let digest = "sha256:" + Digest.sha256(all)
        return Plan(
            gateway, file: reading.source.file, digest: digest, authorities: authorities)
    }

    /// Reads the YAML with the files that it names.
    ///
    /// - Parameter pending: a file that is about to be written: it is not read, and an endpoint
    ///   whose models it lists counts as one without a list.
    func read(_ bytes: [UInt8], pending: String?) -> Reading {
        let folder = Files.folder(of: file)
        let pendingPlace = pending.map(Files.place)
        let name = file == "-" ? "standard input" : file
        return Gateway.read(bytes, file: name, folder: folder) { path in
            let place = Files.place(of: path.hasPrefix("/") ? path : "\(folder)/\(path)")
            return place == pendingPlace
                ? .pending : IncludedFiles.content(of: path, in: folder)
        }
    }

    /// Debian's libcurl needs libraries, Kerberos's among them, that exist only as shared ones.
    static func notStatic(_ endpoint: String) -> String {
        "a static binary cannot carry libcurl, which endpoint '\(endpoint)' needs for its `proxy` "
            + "or `http_version`: build without --static, or leave these keys out"
    }

    /// The machine's certificate authorities; nil where no endpoint trusts them.
    private func authorities(for gateway: Gateway) throws(Failure) -> CertificateList? {
        guard let endpoint = gateway.endpointsTrustingSystem.first else { return nil }
        let authorities = try SystemAuthorities(for: endpoint)
        let count = authorities.certificates.certificates.count
        progress.note("certificates of \(authorities.path) that are compiled in: \(count)")
        return authorities.certificates
    }

    /// Emits a package that stands on its own; returns whether anything in `folder` has changed.
    func generate(into folder: String, runtime option: String?) throws(Failure) -> Bool {
        let target = try PackageFolder(folder)
        let plan = try plan()
        let package = try emit(plan, with: RuntimeSources(option: option))
        defer { progress.end() }
        return try target.update(to: package)
    }

    /// Builds the gateway and puts it at `output` at once.
    func build(_ order: BuildOrder) throws(Failure) -> BuiltGateway {
        let plan = try plan(isStatic: order.isStatic)
        let runtime = try RuntimeSources(option: order.runtime)
        let package = try emit(plan, with: runtime)
        let compiler = try Compiler()
        let workspace = try Workspace(
            cache: order.cache,
            runtime: runtime,
            parts: plan.parts.map(\.target) + plan.unusedFolders,
            compiler: compiler,
            isStatic: order.isStatic,
            progress
        )
        if !workspace.isBuilt(package.digest) {
            try workspace.setStamp(nil)
            try PackageFolder(workspace.package).update(to: package)
            progress.begin("compile")
            try compiler.build(workspace, progress, isVerbose: order.isVerbose)
            try workspace.setStamp(package.digest)
        }
        progress.begin("write")
        defer { progress.end() }
        return try BuiltGateway(copying: workspace.product, to: order.output)
    }

    private func emit(
        _ plan: Plan,
        with runtime: RuntimeSources
    ) throws(Failure) -> EmittedPackage {
        progress.begin("emit")
        return try EmittedPackage(plan).adding(
            runtime, with: plan.parts, without: plan.unusedFolders)
    }
}
