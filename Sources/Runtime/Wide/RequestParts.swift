import CCurl
import Glibc

/// The head of a request, cut into the pieces that libcurl takes; they stay in one block.
@safe
struct RequestParts: ~Copyable {
    /// What follows the head.
    enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
    }

    private(set) var framing = Framing.none
    /// Zero-terminated: `POST`.
    private(set) var method: UnsafePointer<CChar>?
    /// The path and query without a terminator.
    private(set) var target: UnsafeBufferPointer<UInt8>

    private var bytes = ByteQueue()
    private var nodes: UnsafeMutablePointer<curl_slist>
    private var nodeCapacity: Int
    private var nodeCount = 0
    private var hasAccept = false
    private var hasContentType = false

    /// Bytes of a head at most; the gateway's own limits are far below.
    private static var byteLimit: Int { 1 << 20 }

    init() {
        unsafe target = UnsafeBufferPointer(start: nil, count: 0)
        nodeCapacity = 32
        unsafe nodes = .allocate(capacity: nodeCapacity)
    }

    deinit { unsafe nodes.deallocate() }

    /// How much of a head there is.
    enum Progress {
        case incomplete
        /// The head ended after that many bytes of those given.
        case complete(Int)
        case malformed
    }

    mutating func removeAll() {
        bytes.reset(keeping: 16_384)
        nodeCount = 0
        unsafe method = nil
        framing = .none
        hasAccept = false
        hasContentType = false
    }

    /// Takes a head's next bytes; those behind its end are left.
    mutating func take(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> Progress {
        let before = bytes.count
        unsafe bytes.append(start, byteCount)
        guard let first = unsafe bytes.first, let end = unsafe blankLineEnd(first, bytes.count)
        else { return bytes.count > RequestParts.byteLimit ? .malformed : .incomplete }
        guard unsafe cut(first, first.distance(to: end)) else { return .malformed }
        return unsafe .complete(first.distance(to: end) - before)
    }

    /// Where the body begins; nil: the head's blank line has not come.
    private func blankLineEnd(
        _ start: UnsafeMutablePointer<UInt8>, _ byteCount: Int
    ) -> UnsafeMutablePointer<UInt8>? {
        let end = unsafe start + byteCount
        var line = unsafe start
        while let lineEnd = unsafe find(Byte.lineFeed, from: line, to: end) {
            unsafe line = lineEnd + 1
            if unsafe end - line >= 2 && line[0] == Byte.carriageReturn && line[1] == Byte.lineFeed
            {
                return unsafe line + 2
            }
        }
        return nil
    }

    /// The fields as libcurl takes them, with what keeps it from adding its own.
    mutating func fields() -> UnsafeMutablePointer<curl_slist> {
        if !hasAccept { add("Accept:") }
        if !hasContentType { add("Content-Type:") }
        add("Expect:")
        for index in 0..<nodeCount {
            unsafe nodes[index].next = index + 1 < nodeCount ? nodes + index + 1 : nil
        }
        return unsafe nodes
    }

    private mutating func add(_ text: StaticString) {
        let start = unsafe UnsafeMutableRawPointer(mutating: text.utf8Start)
        unsafe add(start.assumingMemoryBound(to: CChar.self))
    }

    private mutating func add(_ line: UnsafeMutablePointer<CChar>) {
        if nodeCount == nodeCapacity {
            let larger = UnsafeMutablePointer<curl_slist>.allocate(capacity: nodeCapacity * 2)
            unsafe memcpy(larger, nodes, nodeCount * MemoryLayout<curl_slist>.stride)
            unsafe nodes.deallocate()
            unsafe nodes = larger
            nodeCapacity *= 2
        }
        unsafe nodes[nodeCount] = curl_slist(data: line, next: nil)
        nodeCount += 1
    }

    /// Cuts the head at `start` into lines, each ended by a zero where its line end was.
    private mutating func cut(_ start: UnsafeMutablePointer<UInt8>, _ byteCount: Int) -> Bool {
        var line = unsafe start
        let end = unsafe start + byteCount - 2
        while unsafe line < end {
            guard let lineEnd = unsafe find(Byte.carriageReturn, from: line, to: end + 1) else {
                return false
            }
            unsafe lineEnd.pointee = 0
            if unsafe line == start {
                guard unsafe cutRequestLine(line, lineEnd) else { return false }
            } else {
                guard unsafe takeField(line, lineEnd) else { return false }
            }
            unsafe line = lineEnd + 2
        }
        return unsafe method != nil
    }

    private mutating func cutRequestLine(
        _ line: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        guard let methodEnd = unsafe find(Byte.space, from: line, to: end),
            let targetEnd = unsafe find(Byte.space, from: methodEnd + 1, to: end)
        else { return false }
        unsafe methodEnd.pointee = 0
        unsafe method = UnsafeRawPointer(line).assumingMemoryBound(to: CChar.self)
        unsafe target = UnsafeBufferPointer(
            start: methodEnd + 1, count: (methodEnd + 1).distance(to: targetEnd))
        return true
    }

    /// Notes what a field says of the body, and keeps any other for the endpoint.
    private mutating func takeField(
        _ line: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        guard let colon = unsafe find(Byte.colon, from: line, to: end) else { return false }
        var value = unsafe colon + 1
        while unsafe value < end && (value.pointee == Byte.space || value.pointee == Byte.tab) {
            unsafe value += 1
        }
        let text = unsafe UnsafeMutableRawPointer(line).assumingMemoryBound(to: CChar.self)
        switch unsafe line.distance(to: colon) {
        case 14 where unsafe isNamed("content-length", text):
            guard let length = unsafe decimal(value, end) else { return false }
            framing = .length(length)
            return true
        case 17 where unsafe isNamed("transfer-encoding", text):
            framing = .chunked
            return true
        case 6 where unsafe isNamed("accept", text): hasAccept = true
        case 12 where unsafe isNamed("content-type", text): hasContentType = true
        default: break
        }
        if unsafe value == end {
            // libcurl takes a name with nothing behind its colon for a field to be left out.
            unsafe colon.pointee = Byte.semicolon
            unsafe (colon + 1).pointee = 0
        }
        unsafe add(text)
        return true
    }

    private func isNamed(_ name: StaticString, _ line: UnsafePointer<CChar>) -> Bool {
        let start = unsafe UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        return unsafe strncasecmp(line, start, name.utf8CodeUnitCount) == 0
    }

    private func decimal(
        _ start: UnsafeMutablePointer<UInt8>, _ end: UnsafeMutablePointer<UInt8>
    ) -> Int? {
        let digits = unsafe UnsafeBufferPointer(start: start, count: start.distance(to: end))
        if digits.isEmpty || digits.count > 18 { return nil }
        var value = 0
        for index in digits.indices {
            let digit = unsafe digits[index] &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }
}

/// The first `byte` in a stretch of memory.
private func find(
    _ byte: UInt8, from start: UnsafeMutablePointer<UInt8>, to end: UnsafeMutablePointer<UInt8>
) -> UnsafeMutablePointer<UInt8>? {
    let found = unsafe memchr(start, Int32(byte), start.distance(to: end))
    return unsafe found?.assumingMemoryBound(to: UInt8.self)
}

/// The bytes that divide a head.
private enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0a
    static let carriageReturn: UInt8 = 0x0d
    static let space: UInt8 = 0x20
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
}
