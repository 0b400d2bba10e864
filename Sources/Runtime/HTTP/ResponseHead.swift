/// How far a response head has been read.
enum ResponseProgress: Equatable {
    case incomplete
    /// The whole head was read; it has `byteCount` bytes, its blank line included.
    case complete(byteCount: Int)
    case refused(ResponseFault)
}

/// What body follows a response head (RFC 9112 §6.3).
enum ResponseFraming: Equatable {
    case none
    case length(Int)
    case chunked
    case untilClose
}

/// A response head, as places in the bytes that it was read from.
///
/// What it says is true once `read` has answered `.complete`; the places hold as long as the bytes
/// do.
struct ResponseHead: ~Copyable {
    /// 100…999.
    private(set) var status: UInt16 = 0
    private(set) var reason = ByteRange.none
    /// 0 or 1, of HTTP/1.
    private(set) var minorVersion: UInt8 = 1
    private(set) var fields: FieldTable
    private(set) var framing = ResponseFraming.none
    private(set) var keepsAlive = false
    /// Whether the body is a stream of server-sent events.
    private(set) var isEventStream = false
    private(set) var isJSON = false
    /// Whether the body is compressed or otherwise coded.
    private(set) var hasContentCoding = false
    /// Whether Connection names fields, so that `isNamedByConnection` has to be asked.
    private(set) var connectionNamesOthers = false

    private var connection = ConnectionOptions()
    private var contentLength: Int?
    private var coding = TransferCoding.none

    init(fieldCapacity: Int) {
        fields = FieldTable(capacity: fieldCapacity)
    }

    /// Whether a Connection field names `field`, so that it must not be passed on.
    func isNamedByConnection(_ field: Field, in bytes: borrowing Span<UInt8>) -> Bool {
        fields.isNamedByConnection(field, in: bytes)
    }
}

extension ResponseHead {
    /// Reads the head at the start of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: everything received and not yet consumed.
    ///   - seen: how many of them an earlier call had and found incomplete; nothing else is kept
    ///     between calls.
    ///   - isAnswerToHead: whether the request was a HEAD, whose answer has no body.
    ///   - limits: the target's is not used.
    /// - Complexity: O(n) in the bytes that no earlier call has seen, and the first 1,024; no
    ///   allocation.
    mutating func read(
        _ bytes: borrowing Span<UInt8>, seen: Int, isAnswerToHead: Bool, limits: HeadLimits
    ) -> ResponseProgress {
        let scan = HeadScan(limits: limits)
        guard scan.isWorthReading(bytes, seen: seen) else { return .incomplete }
        do throws(ResponseStop) {
            let end = try parse(scan.window(of: bytes), fieldCountLimit: limits.fieldCountLimit)
            try settle(isAnswerToHead: isAnswerToHead)
            return .complete(byteCount: end)
        } catch {
            switch error {
            case .fault(let fault): return .refused(fault)
            case .incomplete where bytes.count >= limits.headByteLimit:
                return .refused(.headTooLarge)
            case .incomplete: return .incomplete
            }
        }
    }

    /// Reads a head from its first byte and returns the offset after its blank line.
    private mutating func parse(
        _ bytes: borrowing Span<UInt8>, fieldCountLimit: Int
    ) throws(ResponseStop) -> Int {
        fields.removeAll()
        connection = ConnectionOptions()
        contentLength = nil
        coding = .none
        isEventStream = false
        isJSON = false
        hasContentCoding = false
        var position = try readStatusLine(bytes)
        let limit = min(fieldCountLimit, fields.capacity)
        while let field = try fieldLine(bytes, at: &position) {
            guard fields.count < limit else { throw .fault(.tooManyFields) }
            fields.append(field)
            if field.id != .other { try note(field, bytes) }
        }
        return position
    }

    @inline(__always)
    private func fieldLine(
        _ bytes: borrowing Span<UInt8>, at position: inout Int
    ) throws(ResponseStop) -> Field? {
        do throws(FieldStop) {
            return try readFieldLine(bytes, at: &position)
        } catch {
            throw ResponseStop(error)
        }
    }

    /// Reads `HTTP/1.x status reason` and returns the offset of the next line. A reason may be
    /// missing, with the space before it.
    private mutating func readStatusLine(
        _ bytes: borrowing Span<UInt8>
    ) throws(ResponseStop) -> Int {
        guard bytes.count >= 14 else { throw statusLineStop(bytes) }
        let version = word(bytes, at: 0)
        guard version == word("HTTP/1.1") || version == word("HTTP/1.0") else {
            throw statusLineStop(bytes)
        }
        minorVersion = bytes[7] &- Byte.zero
        guard bytes[8] == Byte.space, Byte.isDigit(bytes[9]), bytes[9] > Byte.zero,
            Byte.isDigit(bytes[10]), Byte.isDigit(bytes[11]),
            bytes[12] == Byte.space || bytes[12] == Byte.carriageReturn
        else { throw .fault(.malformedStatusLine) }
        let hundreds = UInt16(bytes[9] &- Byte.zero) &* 100
        status = hundreds &+ UInt16(bytes[10] &- Byte.zero) &* 10 &+ UInt16(bytes[11] &- Byte.zero)
        let start = bytes[12] == Byte.space ? 13 : 12
        do throws(FieldStop) {
            let end = try endOfValue(bytes, from: start)
            reason = ByteRange(start, end)
            return end &+ 2
        } catch {
            throw ResponseStop(error)
        }
    }

    /// Why what the bytes begin with is no status line, or not yet.
    private func statusLineStop(_ bytes: borrowing Span<UInt8>) -> ResponseStop {
        let pattern: StaticString = "HTTP/1."
        for index in 0..<min(bytes.count, pattern.utf8CodeUnitCount) {
            let expected = unsafe pattern.utf8Start[index]
            if bytes[index] == expected { continue }
            let isVersion = index == 5 && Byte.isDigit(bytes[index])
            return .fault(isVersion ? .versionNotSupported : .malformedStatusLine)
        }
        guard bytes.count > 7 else { return .incomplete }
        guard Byte.isDigit(bytes[7]) else { return .fault(.malformedStatusLine) }
        if bytes[7] > Byte.zero + 1 { return .fault(.versionNotSupported) }
        let hasEnded = firstIndex(of: Byte.lineFeed, in: bytes, from: 8) < bytes.count
        return hasEnded ? .fault(.malformedStatusLine) : .incomplete
    }

    /// Takes note of a field, and refuses what is wrong by itself.
    private mutating func note(
        _ field: Field, _ bytes: borrowing Span<UInt8>
    ) throws(ResponseStop) {
        switch field.id {
        case .contentLength:
            guard let length = plainNumber(bytes, field.value) else {
                throw .fault(.invalidContentLength)
            }
            if let contentLength, contentLength != length { throw .fault(.conflictingLengths) }
            contentLength = length
        case .transferEncoding: coding.read(bytes, field.value)
        case .connection: connection.read(bytes, field.value)
        case .contentType:
            isJSON = equals(bytes, field.value, "application/json")
            if isJSON { break }
            let type = mediaType(bytes, field.value)
            isEventStream = equals(bytes, type, "text/event-stream")
            isJSON = isJSONMediaType(bytes, type)
        case .contentEncoding where !field.value.isEmpty:
            if !equals(bytes, field.value, "identity") { hasContentCoding = true }
        default: break
        }
    }

    /// Decides how the body is framed (RFC 9112 §6.3) and whether the connection is used again.
    private mutating func settle(isAnswerToHead: Bool) throws(ResponseStop) {
        guard coding == .none || coding == .chunked else { throw .fault(.unusableCoding) }
        guard coding == .none || contentLength == nil else { throw .fault(.lengthAndCoding) }
        if isAnswerToHead || status < 200 || status == 204 || status == 304 {
            framing = .none
        } else if coding == .chunked {
            framing = .chunked
        } else {
            framing = contentLength.map { .length($0) } ?? .untilClose
        }
        // Chunks from a server of HTTP/1.0 can be read but not relied on to end where they seem to.
        let isOddlyFramed = coding == .chunked && minorVersion == 0
        keepsAlive =
            connection.keepsAlive(minorVersion: minorVersion) && framing != .untilClose
            && !isOddlyFramed
        connectionNamesOthers = connection.namesOthers
    }
}
