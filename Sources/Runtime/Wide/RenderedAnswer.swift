import Glibc

/// An answer on its way to the exchange, written as HTTP/1.1 whatever it came by.
struct RenderedAnswer: ~Copyable {
    /// What is ready to be read.
    private(set) var bytes = ByteQueue()
    /// Whether the head is among what was ready.
    private(set) var hasHead = false

    /// Bytes that wait before the endpoint is held up.
    static var byteLimit: Int { 65_536 }
    /// Bytes of a head; the exchange refuses far shorter ones.
    private static var headByteLimit: Int { 262_144 }

    private var head = ByteQueue()
    private var status = 0
    private var length: Int?
    private var hasTwoLengths = false
    private var hasCoding = false
    private var isChunked = false

    mutating func removeAll() {
        bytes.reset(keeping: 16_384)
        head.reset(keeping: 16_384)
        hasHead = false
        beginHead(status: 0)
    }

    mutating func move(to target: UnsafeMutablePointer<UInt8>, _ byteCount: Int) -> Int {
        unsafe bytes.move(to: target, byteCount)
    }

    private mutating func beginHead(status: Int) {
        head.removeAll()
        self.status = status
        length = nil
        hasTwoLengths = false
        hasCoding = false
    }

    /// Takes one line of a head, its line end included; false: that is no head.
    mutating func takeLine(
        _ line: UnsafePointer<UInt8>, _ byteCount: Int, isAnswerToHead: Bool
    ) -> Bool {
        // What stands behind the body is not passed on.
        if hasHead { return true }
        if head.isEmpty { return unsafe takeStatus(line, byteCount) }
        if unsafe byteCount <= 2 && (line[0] == 0x0d || line[0] == 0x0a) {
            return endHead(isAnswerToHead: isAnswerToHead)
        }
        if unsafe isNamed("transfer-encoding:", line, byteCount) {
            hasCoding = true
            return true
        }
        if unsafe isNamed("content-length:", line, byteCount) {
            return unsafe takeLength(line + 15, byteCount - 15)
        }
        unsafe head.append(line, byteCount)
        return head.count <= RenderedAnswer.headByteLimit
    }

    /// Reads `HTTP/1.1 200 OK` or `HTTP/2 200`, whose version gives way to 1.1.
    private mutating func takeStatus(_ line: UnsafePointer<UInt8>, _ byteCount: Int) -> Bool {
        var index = 0
        while index < byteCount, unsafe line[index] != 0x20 { index += 1 }
        guard byteCount >= index + 4 else { return false }
        var value = 0
        for digit in 1...3 {
            let number = unsafe line[index + digit] &- UInt8(ascii: "0")
            if number > 9 { return false }
            value = value * 10 + Int(number)
        }
        beginHead(status: value)
        head.append("HTTP/1.1")
        unsafe head.append(line + index, byteCount - index)
        return true
    }

    private mutating func takeLength(_ text: UnsafePointer<UInt8>, _ byteCount: Int) -> Bool {
        var value = 0
        var digitCount = 0
        var isPast = false
        for index in 0..<byteCount {
            switch unsafe text[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9") where digitCount < 18 && !isPast:
                value = unsafe value * 10 + Int(text[index] - UInt8(ascii: "0"))
                digitCount += 1
            case 0x20, 0x09, 0x0d, 0x0a: isPast = digitCount > 0
            default: return false
            }
        }
        if digitCount == 0 { return false }
        if let length, length != value { hasTwoLengths = true }
        length = value
        return true
    }

    /// The blank line has come: an answer on the way is forgotten, the last one is framed.
    private mutating func endHead(isAnswerToHead: Bool) -> Bool {
        if status < 200 && status != 101 {
            head.removeAll()
            return true
        }
        if hasTwoLengths && !hasCoding { return false }
        let hasBody = !isAnswerToHead && status >= 200 && status != 204 && status != 304
        isChunked = hasBody && (hasCoding || length == nil)
        if isChunked {
            head.append("Transfer-Encoding: chunked\r\n")
        } else if let length, !hasCoding, status != 204 {
            head.append("Content-Length: ")
            head.append(decimal: length)
            head.append("\r\n")
        }
        head.append("\r\n")
        bytes.append(head)
        head.removeAll()
        hasHead = true
        return true
    }

    /// Whether `byteCount` bytes of the body can be taken now.
    func hasRoom(for byteCount: Int) -> Bool {
        bytes.isEmpty || bytes.count + byteCount <= RenderedAnswer.byteLimit
    }

    /// Takes the next piece of the body.
    mutating func takeBody(_ start: UnsafePointer<UInt8>, _ byteCount: Int) {
        if !isChunked {
            unsafe bytes.append(start, byteCount)
            return
        }
        bytes.append(hexadecimal: byteCount)
        bytes.append("\r\n")
        unsafe bytes.append(start, byteCount)
        bytes.append("\r\n")
    }

    /// The body is whole.
    mutating func end() {
        if isChunked { bytes.append("0\r\n\r\n") }
        isChunked = false
    }

    private func isNamed(
        _ name: StaticString, _ line: UnsafePointer<UInt8>, _ byteCount: Int
    ) -> Bool {
        let length = name.utf8CodeUnitCount
        if byteCount < length { return false }
        return unsafe strncasecmp(
            UnsafeRawPointer(line).assumingMemoryBound(to: CChar.self),
            UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), length) == 0
    }
}

extension ByteQueue {
    /// Appends `value`, 0 or more, in decimal digits.
    fileprivate mutating func append(decimal value: Int) {
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
            divisor /= 10
        }
    }
}
