/// The methods that routes have; all others, TRACE and CONNECT too, are `.other`.
enum RequestMethod: UInt8 {
    case get, head, post, options, put, delete, patch, other
}

extension RequestMethod {
    /// The longest method that is read at all.
    static var byteLimit: Int { 32 }

    /// The method that the `count` bytes at `start` spell; methods are case-sensitive.
    init(_ bytes: borrowing Span<UInt8>, from start: Int, count: Int) {
        guard count <= 7 else {
            self = .other
            return
        }
        self =
            switch shortWord(bytes, from: start, count: count) {
            case word("GET"): .get
            case word("HEAD"): .head
            case word("POST"): .post
            case word("OPTIONS"): .options
            case word("PUT"): .put
            case word("DELETE"): .delete
            case word("PATCH"): .patch
            default: .other
            }
    }
}

/// A request line (RFC 9112 §3), read strictly: what two readers could take differently is refused.
struct RequestLine {
    var method: RequestMethod
    var methodRange: ByteRange
    /// The authority of a target in absolute form, else empty.
    var authority = ByteRange.none
    var path = ByteRange.none
    /// With its `?`; empty where there is none.
    var query = ByteRange.none
    var minorVersion: UInt8 = 1
    /// The offset of the line after this one.
    var end = 0

    /// Reads the line at the start of `bytes`; one empty line before it is passed over.
    init(_ bytes: borrowing Span<UInt8>, targetByteLimit: Int) throws(HeadStop) {
        let start = try Self.startOfLine(bytes)
        let methodEnd = try Self.endOfMethod(bytes, from: start)
        method = RequestMethod(bytes, from: start, count: methodEnd &- start)
        methodRange = ByteRange(start, methodEnd)
        var target = TargetReader(start: methodEnd &+ 1, byteLimit: targetByteLimit)
        try target.read(bytes)
        authority = target.authority
        path = target.path
        query = target.query
        (minorVersion, end) = try Self.version(bytes, from: target.index &+ 1)
    }

    /// The offset of the method: after one empty line, if there is one.
    private static func startOfLine(_ bytes: borrowing Span<UInt8>) throws(HeadStop) -> Int {
        guard bytes.count > 0 else { throw .incomplete }
        guard bytes[0] == Byte.carriageReturn else { return 0 }
        guard bytes.count > 1 else { throw .incomplete }
        guard bytes[1] == Byte.lineFeed else { throw .line(.bareCarriageReturn) }
        guard bytes.count > 2 else { throw .incomplete }
        return 2
    }

    /// The offset of the space after the method.
    private static func endOfMethod(
        _ bytes: borrowing Span<UInt8>, from start: Int
    ) throws(HeadStop) -> Int {
        var index = start
        while index < bytes.count, ByteSet.token.contains(bytes[index]) { index &+= 1 }
        guard index &- start <= RequestMethod.byteLimit else { throw .fault(.methodTooLong) }
        guard index < bytes.count else { throw .incomplete }
        switch bytes[index] {
        case Byte.space where index > start: return index
        case Byte.space: throw .line(.extraSpace)
        case Byte.lineFeed: throw .line(.bareLineFeed)
        case Byte.carriageReturn where index == start: throw .line(.emptyLine)
        default: throw .line(.badMethod)
        }
    }

    /// The minor version of the `HTTP/1.x` at `start`, and the offset after the line.
    private static func version(
        _ bytes: borrowing Span<UInt8>, from start: Int
    ) throws(HeadStop) -> (minor: UInt8, end: Int) {
        guard start &+ 10 <= bytes.count else { throw versionStop(bytes, from: start) }
        let name = word(bytes, at: start)
        let isKnown = name == word("HTTP/1.1") || name == word("HTTP/1.0")
        guard isKnown, bytes[start &+ 8] == Byte.carriageReturn,
            bytes[start &+ 9] == Byte.lineFeed
        else { throw versionStop(bytes, from: start) }
        return (bytes[start &+ 7] &- Byte.zero, start &+ 10)
    }

    /// Why what stands at `start` is no version that is spoken here.
    private static func versionStop(
        _ bytes: borrowing Span<UInt8>, from start: Int
    ) -> HeadStop {
        let pattern: StaticString = "HTTP/d.d\r\n"
        for offset in 0..<pattern.utf8CodeUnitCount {
            guard start + offset < bytes.count else { return .incomplete }
            let byte = bytes[start + offset]
            let expected = unsafe pattern.utf8Start[offset]
            let fits = offset == 5 || offset == 7 ? Byte.isDigit(byte) : byte == expected
            if fits { continue }
            if byte == Byte.lineFeed { return .line(.bareLineFeed) }
            if byte == Byte.space { return .line(.extraSpace) }
            if offset == 9 { return .line(.bareCarriageReturn) }
            return .line(.badVersion)
        }
        return .fault(.versionNotSupported)
    }
}
