/// What is asked of heads before they are let in.
struct HeadLimits {
    /// Bytes of a whole head, its blank line included.
    var headByteLimit: Int
    var fieldCountLimit: Int
    var targetByteLimit: Int
}

/// How far a request head has been read.
enum HeadProgress: Equatable {
    case incomplete
    /// The whole head was read; it has `byteCount` bytes, its blank line included.
    case complete(byteCount: Int)
    case refused(HeadFault)
}

/// What body follows a request head.
enum BodyFraming: Equatable {
    case none
    case length(Int)
    case chunked
}

/// A request head (RFC 9112 §2–7), as places in the bytes that it was read from.
///
/// What it says is true once `read` has answered `.complete`; the places hold as long as the bytes
/// do.
struct RequestHead: ~Copyable {
    private(set) var method = RequestMethod.other
    private(set) var methodRange = ByteRange.none
    /// Without the query; of an absolute target only the path.
    private(set) var path = ByteRange.none
    /// With its `?`; empty where there is none.
    private(set) var query = ByteRange.none
    /// 0 or 1, of HTTP/1.
    private(set) var minorVersion: UInt8 = 1
    private(set) var fields: FieldTable
    private(set) var framing = BodyFraming.none
    private(set) var keepsAlive = false
    /// Whether the client waits for 100 (Continue) before it sends the body.
    private(set) var expectsContinue = false
    /// What the request is for: the authority of an absolute target, else the Host field; empty
    /// only in HTTP/1.0.
    private(set) var host = ByteRange.none
    private(set) var contentType = ByteRange.none
    /// The first X-Request-ID that is 1…128 visible ASCII characters, else empty.
    private(set) var requestID = ByteRange.none
    /// Whether Connection names fields, so that `isNamedByConnection` has to be asked.
    private(set) var connectionNamesOthers = false

    private var facts = RequestFacts()

    init(fieldCapacity: Int) {
        fields = FieldTable(capacity: fieldCapacity)
    }

    /// Whether a Connection field names `field`, so that it must not be passed on.
    func isNamedByConnection(_ field: Field, in bytes: borrowing Span<UInt8>) -> Bool {
        fields.isNamedByConnection(field, in: bytes)
    }
}

extension RequestHead {
    /// Reads the head at the start of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: everything received and not yet consumed.
    ///   - seen: how many of them an earlier call had and found incomplete; nothing else is kept
    ///     between calls, so one head can serve many connections in turn.
    ///   - limits: a head as long as its limit that is not complete is refused.
    /// - Complexity: O(n) in the bytes that no earlier call has seen and the first 1,024; no
    ///   allocation.
    mutating func read(
        _ bytes: borrowing Span<UInt8>, seen: Int, limits: HeadLimits
    ) -> HeadProgress {
        let scan = HeadScan(limits: limits)
        guard scan.isWorthReading(bytes, seen: seen) else { return .incomplete }
        do throws(HeadStop) {
            return .complete(byteCount: try parse(scan.window(of: bytes), limits: limits))
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
        _ bytes: borrowing Span<UInt8>, limits: HeadLimits
    ) throws(HeadStop) -> Int {
        let line = try RequestLine(bytes, targetByteLimit: limits.targetByteLimit)
        method = line.method
        methodRange = line.methodRange
        path = line.path
        query = line.query
        minorVersion = line.minorVersion
        fields.removeAll()
        facts = RequestFacts()
        let limit = min(limits.fieldCountLimit, fields.capacity)
        var position = line.end
        while let field = try fieldLine(bytes, at: &position) {
            guard fields.count < limit else { throw .fault(.tooManyFields) }
            fields.append(field)
            if field.id != .other { try facts.note(field, bytes) }
        }
        try facts.check(minorVersion: minorVersion)
        settle(authority: line.authority)
        return position
    }

    @inline(__always)
    private func fieldLine(
        _ bytes: borrowing Span<UInt8>, at position: inout Int
    ) throws(HeadStop) -> Field? {
        do throws(FieldStop) {
            return try readFieldLine(bytes, at: &position)
        } catch {
            throw HeadStop(error)
        }
    }

    /// Draws from the facts what the gateway asks for.
    private mutating func settle(authority: ByteRange) {
        framing = facts.framing
        keepsAlive = facts.connection.keepsAlive(minorVersion: minorVersion)
        connectionNamesOthers = facts.connection.namesOthers
        expectsContinue = facts.expectsContinue && minorVersion > 0
        host = authority.isEmpty ? facts.host : authority
        contentType = facts.contentType
        requestID = facts.requestID
    }
}
