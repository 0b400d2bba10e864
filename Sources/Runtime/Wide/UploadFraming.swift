import Glibc

/// Takes the framing off a body that the gateway itself has framed.
struct UploadFraming {
    private enum Place {
        /// In the line with a chunk's size, of which `value` has been read.
        case size(value: Int)
        /// `left` bytes of a chunk are to come.
        case data(left: Int)
        /// `left` bytes of the line end behind a chunk are to come.
        case chunkEnd(left: Int)
        /// `left` bytes of the line end behind the last chunk are to come.
        case lastEnd(left: Int)
        /// A body of known length: `left` bytes are to come.
        case plain(left: Int)
    }

    private var place: Place

    init(_ framing: RequestParts.Framing) {
        switch framing {
        case .none: place = .plain(left: 0)
        case .length(let length): place = .plain(left: length)
        case .chunked: place = .size(value: 0)
        }
    }

    /// Whether the whole body has come.
    var isComplete: Bool {
        switch place {
        case .plain(let left), .lastEnd(let left): left == 0
        case .size, .data, .chunkEnd: false
        }
    }

    /// Moves what is body to `body` until that holds `limit` bytes; returns how many were taken.
    mutating func take(
        _ start: UnsafePointer<UInt8>, _ byteCount: Int, into body: inout ByteQueue, limit: Int
    ) -> Int {
        var taken = 0
        while taken < byteCount && !isComplete {
            switch place {
            case .plain(let left):
                let moved = min(left, byteCount - taken, limit - body.count)
                if moved <= 0 { return taken }
                unsafe body.append(start + taken, moved)
                taken += moved
                place = .plain(left: left - moved)
            case .data(let left):
                let moved = min(left, byteCount - taken, limit - body.count)
                if moved <= 0 { return taken }
                unsafe body.append(start + taken, moved)
                taken += moved
                place = left == moved ? .chunkEnd(left: 2) : .data(left: left - moved)
            case .size, .chunkEnd, .lastEnd:
                unsafe step(over: start[taken])
                taken += 1
            }
        }
        return taken
    }

    /// Reads one byte of framing: digits, carriage return, line feed.
    private mutating func step(over byte: UInt8) {
        switch place {
        case .size(let value):
            switch byte {
            case UInt8(ascii: "\r"): break
            case UInt8(ascii: "\n"): place = value == 0 ? .lastEnd(left: 2) : .data(left: value)
            default:
                let digit = Int(byte & 15) + (byte > UInt8(ascii: "9") ? 9 : 0)
                place = .size(value: value << 4 | digit)
            }
        case .chunkEnd(let left):
            place = left == 1 ? .size(value: 0) : .chunkEnd(left: left - 1)
        case .lastEnd(let left):
            place = .lastEnd(left: left - 1)
        case .data, .plain:
            break
        }
    }
}
