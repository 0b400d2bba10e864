@testable import GatewayRuntime

/// What one reading of a response head came to, as values that can be compared.
struct ReadResponse: Equatable {
    var progress = ResponseProgress.incomplete
    var status: UInt16 = 0
    var reason = ""
    var framing = ResponseFraming.none
    var flags: Set<String> = []
    var fields: [String] = []

    init(_ bytes: [UInt8], cuts: [Int] = [], isAnswerToHead: Bool = false) {
        var head = ResponseHead(fieldCapacity: 6)
        var seen = 0
        for cut in cuts + [bytes.count] where progress == .incomplete {
            progress = head.read(
                bytes.span.extracting(first: cut), seen: seen, isAnswerToHead: isAnswerToHead,
                limits: testLimits)
            seen = cut
        }
        guard case .complete = progress else { return }
        status = head.status
        reason = String(decoding: bytes[head.reason.range], as: UTF8.self)
        framing = head.framing
        if head.minorVersion == 0 { flags.insert("old") }
        if head.keepsAlive { flags.insert("keepsAlive") }
        if head.isEventStream { flags.insert("isEventStream") }
        if head.isJSON { flags.insert("isJSON") }
        if head.hasContentCoding { flags.insert("hasContentCoding") }
        if head.connectionNamesOthers { flags.insert("connectionNamesOthers") }
        for index in 0..<head.fields.count {
            let field = head.fields[index]
            let value = String(decoding: bytes[field.value.range], as: UTF8.self)
            let isNamed = head.isNamedByConnection(field, in: bytes.span)
            fields.append("\(field.id)=\(value)\(isNamed ? " (named)" : "")")
        }
    }
}
