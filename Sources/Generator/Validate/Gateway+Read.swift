/// What came of reading a YAML.
struct Reading {
    /// Nil whenever an error was reported.
    var gateway: Gateway?
    /// In the order of the file.
    var diagnostics: [Diagnostic]
    var source: SourceText
}

extension Gateway {
    /// Reads a YAML in either form and reports everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - bytes: any bytes at all.
    ///   - file: what diagnostics call the file.
    ///   - folder: where relative paths in it start; nil: the folder of `file`.
    static func read(_ bytes: [UInt8], file: String, folder: String? = nil) -> Reading {
        let findings = Findings()
        var source = SourceText(file: file, bytes: bytes)
        var gateway: Gateway?
        if TextCheck.check(source, findings: findings),
            let document = YAMLComposer.compose(source, findings: findings),
            let root = Form.pageForm(of: document, findings: findings)
        {
            let reader = SchemaReader(findings: findings)
            if let section = reader.section(root, keys: Schema.root, path: "", owner: nil) {
                gateway = GatewayValidator(
                    findings: findings, folder: folder ?? Files.folder(of: file)
                ).gateway(section)
            }
        }
        for secret in findings.secrets { source.hide(secret) }
        return Reading(
            gateway: findings.hasErrors ? nil : gateway,
            diagnostics: findings.sorted,
            source: source
        )
    }
}
