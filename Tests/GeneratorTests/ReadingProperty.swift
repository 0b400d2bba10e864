@testable import Generator

/// What holds of every YAML, however odd: asked of random bytes by the fuzz target, and by the
/// tests of what is kept from it.
enum ReadingProperty {
    /// Reads the bytes and prints what is wrong with them, as text and as JSON.
    ///
    /// - Returns: nil, or what does not hold.
    static func fault(of bytes: [UInt8]) -> String? {
        let reading = Gateway.read(bytes, file: "m.yaml")
        let printer = DiagnosticPrinter(sources: reading.sources, isColored: false)
        let text = printer.text(reading.diagnostics)
        let hasErrors = reading.diagnostics.contains { $0.severity == .error }
        if (reading.gateway == nil) != hasErrors { return "a gateway and errors, or neither" }
        if text.isEmpty != reading.diagnostics.isEmpty { return "a problem that is not told" }
        if reading.gateway != nil {
            let again = Gateway.read(bytes, file: "m.yaml")
            if again.diagnostics.count != reading.diagnostics.count { return "not the same again" }
        }
        return nil
    }
}
