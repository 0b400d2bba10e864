/// Finds the model that a JSON body names: the string `model` of its top-level object.
///
/// The body comes in pieces, cut anywhere. The structure of all of it is checked, so that what the
/// gateway takes for the model is what every reader takes for it.
struct ModelScanner {
    typealias Outcome = ModelOutcome

    private var member = MemberScanner(key: "model")

    var outcome: Outcome { member.outcome }

    /// The offset in the body of the first byte between the quotes, once found.
    var valueStart: Int { member.valueStart }

    /// The offset in the body of the closing quote, once found.
    var valueEnd: Int { member.valueEnd }

    /// Whether the value has to be read by `decodeJSONString`.
    var valueHasEscapes: Bool { member.valueHasEscapes }

    /// Reads the next piece of the body.
    @inline(__always)
    mutating func scan(_ bytes: borrowing Span<UInt8>) {
        member.scan(bytes)
    }

    /// Says that the body is over.
    mutating func finish() -> Outcome {
        member.finish()
    }
}
