/// Why the head of an endpoint's response cannot be trusted.
enum ResponseFault: Error, Equatable {
    case malformedField(FieldFault)
    case malformedStatusLine, versionNotSupported
    case headTooLarge, tooManyFields
    case invalidContentLength, conflictingLengths, lengthAndCoding, unusableCoding
}

extension ResponseFault {
    /// In plain words, for the log.
    var message: StaticString {
        switch self {
        case .malformedField(let fault): fault.message
        case .malformedStatusLine: "the status line is malformed"
        case .versionNotSupported: "the HTTP version is neither 1.1 nor 1.0"
        case .headTooLarge: "the response head is too large"
        case .tooManyFields: "the response has too many fields"
        case .invalidContentLength: "Content-Length is not a plain number"
        case .conflictingLengths: "there are several Content-Length fields that differ"
        case .lengthAndCoding: "there are both Content-Length and Transfer-Encoding"
        case .unusableCoding: "Transfer-Encoding is something else than chunked"
        }
    }
}

/// Why reading a response head stops before its end.
enum ResponseStop: Error {
    /// The bytes end before the head does.
    case incomplete
    case fault(ResponseFault)
}

extension ResponseStop {
    init(_ stop: FieldStop) {
        switch stop {
        case .incomplete: self = .incomplete
        case .fault(let fault): self = .fault(.malformedField(fault))
        }
    }
}
