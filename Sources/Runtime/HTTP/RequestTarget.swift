/// Reads a request target (RFC 9112 §3.2) in origin form or, from clients that take the gateway for
/// a proxy, absolute form. A path that a reader further on could normalise is refused.
struct TargetReader {
    private let start: Int
    private let byteLimit: Int
    /// The next byte; after `read` the space behind the target.
    private(set) var index: Int
    private(set) var authority = ByteRange.none
    private(set) var path = ByteRange.none
    /// With its `?`.
    private(set) var query = ByteRange.none

    /// A reader of the target at `start`, of at most `byteLimit` bytes.
    init(start: Int, byteLimit: Int) {
        self.start = start
        self.byteLimit = byteLimit
        index = start
    }

    /// Reads up to the space that ends the target.
    mutating func read(_ bytes: borrowing Span<UInt8>) throws(HeadStop) {
        if try byte(bytes, at: index) != Byte.slash { try readAuthority(bytes) }
        try readPath(bytes)
        if bytes[index] == Byte.question { try readQuery(bytes) }
    }

    /// The byte at `offset`; the target is too long where that is beyond its limit.
    @inline(__always)
    private func byte(
        _ bytes: borrowing Span<UInt8>, at offset: Int
    ) throws(HeadStop) -> UInt8 {
        guard offset &- start <= byteLimit else { throw .fault(.targetTooLong) }
        guard offset < bytes.count else { throw .incomplete }
        return bytes[offset]
    }

    /// Reads `http://authority` or `https://authority` up to the slash of the path.
    private mutating func readAuthority(_ bytes: borrowing Span<UInt8>) throws(HeadStop) {
        try skip("http", bytes)
        if try byte(bytes, at: index) | 0x20 == 0x73 { index += 1 }
        try skip("://", bytes)
        let hostStart = index
        while ByteSet.authority.contains(try byte(bytes, at: index)) { index += 1 }
        guard bytes[index] == Byte.slash else { throw stop(at: bytes[index], .notAPath) }
        authority = ByteRange(hostStart, index)
        guard isHost(bytes, authority) else { throw .fault(.invalidHost) }
    }

    /// Passes over `text`, a lower-case text, in whatever case it is written.
    private mutating func skip(
        _ text: StaticString, _ bytes: borrowing Span<UInt8>
    ) throws(HeadStop) {
        for offset in 0..<text.utf8CodeUnitCount {
            let next = try byte(bytes, at: index)
            let expected = unsafe text.utf8Start[offset]
            guard Byte.lowercased(next) == expected else { throw stop(at: next, .notAPath) }
            index += 1
        }
    }

    /// Reads the path up to the question mark or space behind it.
    private mutating func readPath(_ bytes: borrowing Span<UInt8>) throws(HeadStop) {
        let pathStart = index
        while true {
            index = firstNotPathLike(bytes, from: index)
            let next = try byte(bytes, at: index)
            switch next {
            case Byte.space, Byte.question:
                path = ByteRange(pathStart, index)
                return
            case Byte.slash:
                try checkSegment(bytes, from: index &+ 1)
                index &+= 1
            case Byte.percent:
                try checkEscape(bytes)
                index &+= 3
            case _ where ByteSet.segment.contains(next): index &+= 1
            default: throw stop(at: next, .badCharacter)
            }
        }
    }

    /// Refuses an empty segment, `.` and `..`, also those with a parameter (`..;`).
    @inline(__always)
    private func checkSegment(
        _ bytes: borrowing Span<UInt8>, from segment: Int
    ) throws(HeadStop) {
        var next = try byte(bytes, at: segment)
        if next == Byte.slash { throw .target(.doubleSlash) }
        guard next == Byte.dot else { return }
        next = try byte(bytes, at: segment + 1)
        if next == Byte.dot { next = try byte(bytes, at: segment + 2) }
        switch next {
        case Byte.slash, Byte.question, Byte.space, Byte.semicolon: throw .target(.dotSegment)
        default: return
        }
    }

    /// Refuses a malformed percent escape, and those that stand for what a path is divided by.
    private func checkEscape(_ bytes: borrowing Span<UInt8>) throws(HeadStop) {
        guard let high = Byte.hexValue(try byte(bytes, at: index + 1)),
            let low = Byte.hexValue(try byte(bytes, at: index + 2))
        else { throw .target(.badEscape) }
        switch high << 4 | low {
        case Byte.dot, Byte.slash, Byte.backslash: throw .target(.escapedSeparator)
        case 0..<Byte.space, Byte.delete: throw .target(.escapedControl)
        default: return
        }
    }

    /// Reads the query up to the space behind it.
    private mutating func readQuery(_ bytes: borrowing Span<UInt8>) throws(HeadStop) {
        let queryStart = index
        while ByteSet.query.contains(try byte(bytes, at: index)) { index &+= 1 }
        guard bytes[index] == Byte.space else { throw stop(at: bytes[index], .badCharacter) }
        query = ByteRange(queryStart, index)
    }

    /// Why the target is refused where `byte` stands: for `fault`, or for how the line ends there.
    private func stop(at byte: UInt8, _ fault: HeadFault.TargetFault) -> HeadStop {
        switch byte {
        case Byte.lineFeed: .line(.bareLineFeed)
        case Byte.carriageReturn: .line(.missingVersion)
        case Byte.space where index == start: .line(.extraSpace)
        default: .target(fault)
        }
    }
}
