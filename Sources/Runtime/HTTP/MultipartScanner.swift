/// Finds the model that a `multipart/form-data` body names (RFC 7578): the value of its form field
/// `model`.
///
/// The body comes in pieces, cut anywhere; files in it are passed over at the speed of `memchr`.
/// What readers could take differently (names with escapes, a second disposition, text after the
/// last delimiter) is malformed.
struct MultipartScanner {
    typealias Outcome = ModelOutcome

    private(set) var outcome = ModelOutcome.searching
    /// The offset in the body of the value's first byte, once found.
    private(set) var valueStart = 0
    /// The offset in the body after the value's last byte, once found.
    private(set) var valueEnd = 0

    private enum Step: UInt8 {
        /// Before the first delimiter, or in the content of a part.
        case content
        /// Right after a delimiter: `--` or the end of the line follows.
        case delimiter
        case closingDash, padding, delimiterLineFeed
        case header, headerLineFeed
        case epilogue, failed
    }

    /// CR LF, two dashes, and the boundary.
    private let delimiter: [UInt8]
    private var step = Step.content
    /// How many bytes of the delimiter the last bytes were.
    private var matched: Int
    /// The header line that is being read.
    private var line: [UInt8] = []
    private var part = MultipartPart()
    private var isInPreamble = true
    /// Where the content of the current part began.
    private var contentStart = 0
    /// How many bytes earlier pieces had.
    private var offset = 0

    /// A scanner for a body of this Content-Type, or nil when that is not `multipart/form-data`
    /// with a boundary of 1…70 characters. Allocates twice: for the boundary and for header lines.
    init?(contentType: borrowing Span<UInt8>) {
        let whole = ByteRange(0, contentType.count)
        guard equals(contentType, mediaType(contentType, whole), "multipart/form-data"),
            let boundary = boundary(contentType)
        else { return nil }
        var delimiter: [UInt8] = [Byte.carriageReturn, Byte.lineFeed, Byte.dash, Byte.dash]
        for index in boundary.range { delimiter.append(contentType[index]) }
        self.delimiter = delimiter
        // The first delimiter may stand at the very start, with no line end before it.
        matched = 2
    }

    /// Reads the next piece of the body.
    mutating func scan(_ bytes: borrowing Span<UInt8>) {
        var index = 0
        while index < bytes.count {
            switch step {
            case .content: index = takeContent(bytes, from: index)
            case .header: index = takeHeader(bytes, from: index)
            case .epilogue where Self.isLineSpace(bytes[index]): index &+= 1
            case .failed: return
            default:
                takeDelimiterEnd(bytes[index], next: offset &+ index &+ 1)
                index &+= 1
            }
        }
        offset &+= bytes.count
    }

    /// Says that the body is over.
    mutating func finish() -> Outcome {
        if outcome.isOpen, step != .epilogue { fail(.malformed) }
        if outcome == .searching { outcome = .missing }
        return outcome
    }

    private mutating func fail(_ outcome: ModelOutcome) {
        self.outcome = outcome
        step = .failed
    }

    private static func isLineSpace(_ byte: UInt8) -> Bool {
        Byte.isBlank(byte) || byte == Byte.carriageReturn || byte == Byte.lineFeed
    }
}

extension MultipartScanner {
    /// Takes content up to the end of a delimiter or of the bytes.
    ///
    /// - Returns: the index of the next byte to take.
    private mutating func takeContent(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        var index = start
        while true {
            if matched == 0 { index = firstIndex(of: Byte.carriageReturn, in: bytes, from: index) }
            while index < bytes.count, matched < delimiter.count,
                bytes[index] == delimiter[matched]
            {
                matched &+= 1
                index &+= 1
            }
            if matched == delimiter.count {
                endContent(at: offset &+ index &- delimiter.count)
                return index
            }
            guard index < bytes.count else {
                checkLength(upTo: offset &+ index &- matched)
                return index
            }
            // A CR stands nowhere in a delimiter but at its start, so no other start was missed.
            matched = 0
        }
    }

    /// Ends the preamble or a part, whose content ends before `end`.
    private mutating func endContent(at end: Int) {
        step = .delimiter
        matched = 0
        defer { isInPreamble = false }
        guard !isInPreamble else { return }
        // Where the delimiter takes the empty line after the headers for its own line end, a reader
        // may or may not see it.
        guard end >= contentStart else { return fail(.malformed) }
        checkLength(upTo: end)
        guard part.isModel, outcome.isOpen else { return }
        valueStart = contentStart
        valueEnd = end
        outcome = .found
    }

    /// Gives up on a value that is longer than any model's name.
    private mutating func checkLength(upTo end: Int) {
        guard part.isModel, !isInPreamble, end - contentStart > ModelOutcome.byteLimit else {
            return
        }
        fail(.tooLong)
    }

    /// Takes a byte between a delimiter and the headers of the next part; `next` is the offset
    /// after it.
    private mutating func takeDelimiterEnd(_ byte: UInt8, next: Int) {
        switch (step, byte) {
        case (.delimiter, Byte.dash): step = .closingDash
        case (.delimiter, _) where Byte.isBlank(byte), (.padding, _) where Byte.isBlank(byte):
            step = .padding
        case (.delimiter, Byte.carriageReturn), (.padding, Byte.carriageReturn):
            step = .delimiterLineFeed
        case (.closingDash, Byte.dash): step = .epilogue
        case (.delimiterLineFeed, Byte.lineFeed):
            part = MultipartPart()
            step = .header
        case (.headerLineFeed, Byte.lineFeed): endHeader(next: next)
        default: fail(.malformed)
        }
    }

    /// Takes bytes of a part's header up to the end of a line or of the bytes.
    private mutating func takeHeader(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        let stop = firstControl(bytes, from: start)
        guard part.addHeaderBytes(stop - start) else {
            fail(.malformed)
            return stop
        }
        for index in start..<stop { line.append(bytes[index]) }
        guard stop < bytes.count else { return stop }
        switch bytes[stop] {
        case Byte.carriageReturn: step = .headerLineFeed
        case Byte.tab: line.append(Byte.space)
        default: fail(.malformed)
        }
        return stop + 1
    }

    /// Ends a header line; after an empty one the part's content begins at `next`.
    private mutating func endHeader(next: Int) {
        guard line.isEmpty else {
            step = .header
            var changed = part
            let isGood = changed.read(line.span)
            part = changed
            if !isGood { fail(.malformed) }
            return line.removeAll(keepingCapacity: true)
        }
        if part.isAmbiguous { return fail(.malformed) }
        if part.isModel, outcome == .found { return fail(.duplicate) }
        step = .content
        contentStart = next
        // So that a delimiter right here is noticed, to be refused.
        matched = 2
    }
}
