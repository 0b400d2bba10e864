/// Why a request head is refused.
enum HeadFault: Error, Equatable {
    case malformedField(FieldFault)
    case malformedLine(LineFault)
    case malformedTarget(TargetFault)
    case targetTooLong, headTooLarge, tooManyFields
    case methodTooLong, versionNotSupported
    case missingHost, repeatedHost, invalidHost
    case invalidContentLength, repeatedContentLength, lengthAndCoding
    case codingInOldVersion, chunkedNotLast, malformedCoding, unknownCoding
    case repeatedContentType, unknownExpectation

    /// What is wrong with the three parts of a request line.
    enum LineFault: UInt8, Error {
        case emptyLine, badMethod, extraSpace, missingVersion, badVersion, bareLineFeed
        case bareCarriageReturn
    }

    /// What is wrong with the target of a request.
    enum TargetFault: UInt8, Error {
        case notAPath, badCharacter, doubleSlash, dotSegment, badEscape, escapedSeparator
        case escapedControl
    }
}

extension HeadFault {
    /// The status that the client is answered with.
    var status: UInt16 {
        switch self {
        case .targetTooLong: 414
        case .unknownExpectation: 417
        case .headTooLarge, .tooManyFields: 431
        case .methodTooLong, .unknownCoding: 501
        case .versionNotSupported: 505
        default: 400
        }
    }

    /// In plain words, for the client.
    var message: StaticString {
        switch self {
        case .malformedField(let fault): fault.message
        case .malformedLine(let fault): fault.message
        case .malformedTarget(let fault): fault.message
        case .targetTooLong: "the request target is too long"
        case .headTooLarge: "the request head is too large"
        case .tooManyFields: "the request has too many fields"
        case .methodTooLong: "the request method is too long"
        case .versionNotSupported: "only HTTP/1.1 and HTTP/1.0 are spoken here"
        case .missingHost: "the Host field is missing"
        case .repeatedHost: "there is more than one Host field"
        case .invalidHost: "the host is not a valid name or address"
        case .invalidContentLength: "Content-Length is not a plain number"
        case .repeatedContentLength: "there is more than one Content-Length field"
        case .lengthAndCoding: "there are both Content-Length and Transfer-Encoding"
        case .codingInOldVersion: "Transfer-Encoding does not exist in HTTP/1.0"
        case .chunkedNotLast: "chunked must be the last transfer coding and stand once"
        case .malformedCoding: "Transfer-Encoding is malformed"
        case .unknownCoding: "the only transfer coding known here is chunked"
        case .repeatedContentType: "there is more than one Content-Type field"
        case .unknownExpectation: "the only expectation known here is 100-continue"
        }
    }
}

extension HeadFault.LineFault {
    var message: StaticString {
        switch self {
        case .emptyLine: "the request line is empty"
        case .badMethod: "the request method is malformed"
        case .extraSpace: "there is a space too many in the request line"
        case .missingVersion: "the request line has no HTTP version"
        case .badVersion: "the HTTP version is malformed"
        case .bareLineFeed: FieldFault.bareLineFeed.message
        case .bareCarriageReturn: FieldFault.bareCarriageReturn.message
        }
    }
}

extension HeadFault.TargetFault {
    var message: StaticString {
        switch self {
        case .notAPath: "the request target is neither a path nor an http URL with a path"
        case .badCharacter: "the request target has an invalid character"
        case .doubleSlash: "the path has two slashes in a row"
        case .dotSegment: "the path has a dot segment"
        case .badEscape: "the path has a malformed percent escape"
        case .escapedSeparator: "the path has an escaped dot, slash or backslash"
        case .escapedControl: "the path has an escaped control character"
        }
    }
}

/// Why reading a request head stops before its end.
enum HeadStop: Error {
    /// The bytes end before the head does.
    case incomplete
    case fault(HeadFault)
}

extension HeadStop {
    static func line(_ fault: HeadFault.LineFault) -> HeadStop { .fault(.malformedLine(fault)) }

    static func target(_ fault: HeadFault.TargetFault) -> HeadStop {
        .fault(.malformedTarget(fault))
    }

    init(_ stop: FieldStop) {
        switch stop {
        case .incomplete: self = .incomplete
        case .fault(let fault): self = .fault(.malformedField(fault))
        }
    }
}
