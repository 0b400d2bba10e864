import Foundation

/// Why a connection cannot go on.
enum WireError: Error, Equatable {
    /// The client has closed or reset the connection, or was silent for too long.
    case closed
    /// What came is no request; the text says why.
    case malformed(String)
}

/// A connected socket with a read buffer; blocking, closed by its owner.
final class Wire {
    let descriptor: Int32
    /// Milliseconds between single bytes of output; 0: everything at once.
    var dripMilliseconds = 0
    private var buffer: [UInt8] = []
    private var position = 0
    private static let lineByteLimit = 65_536

    /// - Parameter descriptor: a connected stream socket; a read waits 120 s at most.
    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var patience = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_RCVTIMEO,
            &patience,
            socklen_t(MemoryLayout<timeval>.size)
        )
        var flag: Int32 = 1
        setsockopt(
            descriptor,
            Int32(IPPROTO_TCP),
            TCP_NODELAY,
            &flag,
            socklen_t(MemoryLayout<Int32>.size)
        )
    }

    /// One line without its end, which is CR LF or LF.
    func line() throws(WireError) -> String {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                var text = buffer[position..<end]
                if text.last == UInt8(ascii: "\r") { text.removeLast() }
                position = end + 1
                return String(decoding: text, as: UTF8.self)
            }
            guard buffer.count - position < Self.lineByteLimit else {
                throw .malformed("a line is too long")
            }
            let searchedCount = buffer.count - position
            try fill()
            searched = position + searchedCount
        }
    }

    /// Exactly `count` bytes.
    func bytes(_ count: Int) throws(WireError) -> [UInt8] {
        while buffer.count - position < count { try fill() }
        defer { position += count }
        return Array(buffer[position..<position + count])
    }

    private func fill() throws(WireError) {
        buffer.removeFirst(position)
        position = 0
        let count = withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 1) { space in
            let count = recv(descriptor, space.baseAddress, space.count, 0)
            if count > 0 { buffer.append(contentsOf: space.prefix(count)) }
            return count
        }
        guard count > 0 else { throw .closed }
    }

    /// Writes everything; waits as long as the client reads slowly.
    func send(_ bytes: [UInt8]) throws(WireError) {
        guard dripMilliseconds == 0 else { return try drip(bytes) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.send(
                    descriptor,
                    raw.baseAddress?.advanced(by: offset),
                    raw.count - offset,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { throw .closed }
            offset += count
        }
    }

    private func drip(_ bytes: [UInt8]) throws(WireError) {
        for byte in bytes {
            var byte = byte
            guard Glibc.send(descriptor, &byte, 1, Int32(MSG_NOSIGNAL)) == 1 else {
                throw .closed
            }
            try pause(milliseconds: dripMilliseconds)
        }
    }

    /// Waits, and throws `closed` as soon as the client has left; 0 only looks.
    func pause(milliseconds: Int) throws(WireError) {
        // POLLRDHUP: a client that shuts its writing side in mid-answer has left, too.
        var watched = pollfd(fd: descriptor, events: 0x2000, revents: 0)
        guard poll(&watched, 1, Int32(milliseconds)) == 0 else { throw .closed }
    }

    /// Makes the coming close a TCP reset.
    func armReset() {
        var choice = linger(l_onoff: 1, l_linger: 0)
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_LINGER,
            &choice,
            socklen_t(MemoryLayout<linger>.size)
        )
    }
}
