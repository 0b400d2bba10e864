/// What came of reading a YAML.
struct Reading {
    /// Nil whenever an error was reported.
    var gateway: Gateway?
    /// In the order of the file.
    var diagnostics: [Diagnostic]
    var source: SourceText
    /// Files that the YAML names, each as it was read.
    var included: [SourceText]
    /// Nil whenever `gateway` is.
    var places: ModelPlaces?

    /// The text of every file that a diagnostic can point into.
    var sources: [SourceText] { [source] + included }
}

extension Gateway {
    /// Reads a YAML in either form and reports everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - bytes: any bytes at all.
    ///   - file: what diagnostics call the file.
    ///   - folder: where relative paths of certificates start; nil: the folder of `file`.
    ///   - readFile: reads the files that the YAML names; their paths begin at its folder.
    static func read(
        _ bytes: [UInt8], file: String, folder: String? = nil,
        readFile: @escaping (String) -> IncludedFiles.Content
    ) -> Reading {
        let findings = Findings()
        var source = SourceText(file: file, bytes: bytes)
        let files = IncludedFiles(of: file, findings, read: readFile)
        var result: (gateway: Gateway, places: ModelPlaces)?
        if TextCheck.check(source, findings: findings),
            let document = YAMLComposer.compose(source, findings: findings),
            let root = Form.pageForm(of: document, findings: findings)
        {
            let reader = SchemaReader(findings: findings)
            if let section = reader.section(root, keys: Schema.root, path: "", owner: nil) {
                result = GatewayValidator(
                    findings: findings, folder: folder ?? Files.folder(of: file), files: files
                ).gateway(section)
            }
        }
        for secret in findings.secrets where secret.file == file { source.hide(secret) }
        if findings.hasErrors { result = nil }
        return Reading(
            gateway: result?.gateway,
            diagnostics: findings.sorted(beginningWith: file),
            source: source,
            included: files.sources,
            places: result?.places
        )
    }

    /// Reads a YAML that stands alone: a file that it names counts as one that cannot be read.
    static func read(_ bytes: [UInt8], file: String) -> Reading {
        read(bytes, file: file) { _ in .unreadable("no files are read here") }
    }
}
