/// What the fields of a request say about the message itself, gathered as they are read.
struct RequestFacts {
    var host = ByteRange.none
    var contentType = ByteRange.none
    var requestID = ByteRange.none
    var connection = ConnectionOptions()
    var expectsContinue = false
    private var hasUnknownExpectation = false
    private var hasHost = false
    private var hasContentType = false
    private var contentLength: Int?
    private var coding = TransferCoding.none

    /// What body follows, once `check` has let the head pass.
    var framing: BodyFraming {
        if coding == .chunked { return .chunked }
        return contentLength.map { .length($0) } ?? .none
    }

    /// Takes note of a field, and refuses what is wrong by itself.
    mutating func note(_ field: Field, _ bytes: borrowing Span<UInt8>) throws(HeadStop) {
        switch field.id {
        case .host:
            guard !hasHost else { throw .fault(.repeatedHost) }
            guard isHost(bytes, field.value) else { throw .fault(.invalidHost) }
            hasHost = true
            host = field.value
        case .contentLength:
            guard contentLength == nil else { throw .fault(.repeatedContentLength) }
            guard let length = plainNumber(bytes, field.value) else {
                throw .fault(.invalidContentLength)
            }
            contentLength = length
        case .transferEncoding: coding.read(bytes, field.value)
        case .connection: connection.read(bytes, field.value)
        case .contentType:
            guard !hasContentType else { throw .fault(.repeatedContentType) }
            hasContentType = true
            contentType = field.value
        case .expect:
            let isContinue = equals(bytes, field.value, "100-continue")
            if isContinue { expectsContinue = true } else { hasUnknownExpectation = true }
        case .xRequestID where requestID.isEmpty && isRequestID(bytes, field.value):
            requestID = field.value
        default: break
        }
    }

    /// Refuses what is wrong in the head as a whole.
    func check(minorVersion: UInt8) throws(HeadStop) {
        if minorVersion > 0, !hasHost { throw .fault(.missingHost) }
        if coding != .none {
            if minorVersion == 0 { throw .fault(.codingInOldVersion) }
            if contentLength != nil { throw .fault(.lengthAndCoding) }
            switch coding {
            case .none, .chunked: break
            case .unknown: throw .fault(.unknownCoding)
            case .chunkedNotLast: throw .fault(.chunkedNotLast)
            case .malformed: throw .fault(.malformedCoding)
            }
        }
        // An HTTP/1.0 client cannot mean what Expect says (RFC 9110 §10.1.1).
        if hasUnknownExpectation, minorVersion > 0 { throw .fault(.unknownExpectation) }
    }
}
