extension Pipeline {
    /// Checks the YAML, then asks its endpoints what they have.
    ///
    /// - Parameter frozenFile: where the found lists are written; nil: nowhere.
    /// - Throws: `Failure.diagnosed` where the YAML or an endpoint is wrong; everything is printed.
    func checkLive(timeoutMilliseconds: Int, frozenFile: String?) throws(Failure) {
        if let frozenFile {
            guard !Files.isFolder(frozenFile) else { throw .call("'\(frozenFile)' is a folder") }
            let folder = Files.folder(of: frozenFile)
            guard Files.isFolder(folder) else { throw .call("there is no folder '\(folder)'") }
        }
        var reading = read(try Files.read(file), pending: frozenFile)
        guard let gateway = reading.gateway, let places = reading.places else {
            print(reading, [])
            throw .diagnosed
        }
        let check = LiveCheck(timeoutMilliseconds: timeoutMilliseconds, progress: progress)
        let found = try check.findings(of: gateway, at: places)
        let findings = Findings()
        for finding in found { finding.report(to: findings) }
        reading.diagnostics += findings.sorted(beginningWith: reading.source.file)
        print(reading, found)
        if let frozenFile { try freeze(found, to: frozenFile) }
        guard found.allSatisfy(\.isWell) else { throw .diagnosed }
    }

    private func print(_ reading: Reading, _ found: [LiveFinding]) {
        let report = LiveReport(found)
        switch format {
        case .text:
            if !found.isEmpty { Console.output.write(report.text) }
            DiagnosticReport(reading, .text).print()
        case .json:
            let text = JSONText.object([
                (name: "endpoints", value: report.json),
                (name: "diagnostics", value: DiagnosticPrinter.array(reading.diagnostics)),
            ])
            Console.output.write(text.text(isIndented: true) + "\n")
        }
    }

    /// Writes the file whole or not at all.
    private func freeze(_ found: [LiveFinding], to path: String) throws(Failure) {
        let frozen = try FrozenModels(found)
        try Files.replace(path, with: Array(frozen.text.utf8), mode: 0o644)
        for name in frozen.leftOut {
            Console.errors.write("ingot: no YAML can list \(name), so it is left out\n")
        }
        if format == .text { Console.output.write("\(path)\n") }
    }
}
