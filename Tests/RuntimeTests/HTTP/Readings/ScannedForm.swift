@testable import GatewayRuntime

/// What a scan of a form came to.
struct ScannedForm: Equatable {
    /// Nil where the Content-Type is not that of a form.
    var outcome: ModelOutcome?
    var range: Range<Int>?
    var value: String?
}

extension ScannedForm {
    /// Scans `bytes` in the pieces that `cuts` make.
    init(_ bytes: [UInt8], cuts: [Int] = [], contentType: [UInt8]) {
        guard var scanner = MultipartScanner(contentType: contentType.span) else { return }
        var start = 0
        for cut in cuts + [bytes.count] {
            scanner.scan(bytes.span.extracting(start..<cut))
            start = cut
        }
        outcome = scanner.finish()
        guard outcome == .found else { return }
        range = scanner.valueStart..<scanner.valueEnd
        value = range.map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    init(
        _ body: String, cuts: [Int] = [],
        contentType: String = "multipart/form-data; boundary=b-b"
    ) {
        self.init(Array(body.utf8), cuts: cuts, contentType: Array(contentType.utf8))
    }
}
