@testable import GatewayRuntime

/// Limits as small as tests can show whole.
let testLimits = HeadLimits(headByteLimit: 512, fieldCountLimit: 6, targetByteLimit: 64)

/// What one reading of a head came to, as values that can be compared.
struct ReadHead: Equatable {
    var progress: HeadProgress
    var method = RequestMethod.other
    var path = ""
    var query = ""
    var minorVersion: UInt8 = 0
    var host = ""
    var framing = BodyFraming.none
    var keepsAlive = false
    var expectsContinue = false
    var contentType = ""
    var requestID = ""
    var connectionNamesOthers = false
    var fields: [String] = []
}

extension ReadHead {
    /// Reads `bytes` in the pieces that end at `cuts` and then whole, as a connection would.
    init(_ bytes: [UInt8], cuts: [Int] = [], limits: HeadLimits = testLimits) {
        var head = RequestHead(fieldCapacity: 8)
        var seen = 0
        progress = .incomplete
        for cut in cuts + [bytes.count] where progress == .incomplete {
            progress = head.read(bytes.span.extracting(first: cut), seen: seen, limits: limits)
            seen = cut
        }
        guard case .complete = progress else { return }
        func text(_ range: ByteRange) -> String {
            String(decoding: bytes[range.range], as: UTF8.self)
        }
        method = head.method
        path = text(head.path)
        query = text(head.query)
        minorVersion = head.minorVersion
        host = text(head.host)
        framing = head.framing
        keepsAlive = head.keepsAlive
        expectsContinue = head.expectsContinue
        contentType = text(head.contentType)
        requestID = text(head.requestID)
        connectionNamesOthers = head.connectionNamesOthers
        for index in 0..<head.fields.count {
            let field = head.fields[index]
            fields.append("\(field.id)|\(text(field.name))|\(text(field.value))")
        }
    }
}
