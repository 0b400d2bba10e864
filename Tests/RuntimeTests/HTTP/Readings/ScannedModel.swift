@testable import GatewayRuntime

/// What a scan of a JSON body came to.
struct ScannedModel: Equatable {
    var outcome: ModelOutcome
    var value: Range<Int>?
    var hasEscapes = false

    init(_ bytes: [UInt8], cuts: [Int] = []) {
        var scanner = ModelScanner()
        var start = 0
        for cut in cuts + [bytes.count] {
            scanner.scan(bytes.span.extracting(start..<cut))
            start = cut
        }
        outcome = scanner.finish()
        guard outcome == .found else { return }
        value = scanner.valueStart..<scanner.valueEnd
        hasEscapes = scanner.valueHasEscapes
    }

    init(_ text: String) {
        self.init(Array(text.utf8))
    }
}
