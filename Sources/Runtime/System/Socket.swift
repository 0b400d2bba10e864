import CLinux
import Glibc

/// What a call that moves bytes came to.
enum IOResult: Equatable {
    /// 1 or more bytes were moved.
    case bytes(Int)
    /// Nothing for now: the event loop will tell.
    case wouldBlock
    /// The other side has ended its half.
    case end
    /// The connection is gone.
    case failed(Errno)
}

/// An error number of the kernel.
struct Errno: Equatable, Error {
    let code: Int32

    static var last: Errno { Errno(code: ingot_errno()) }
    /// What a layer above a socket says when its other side has broken off.
    static var brokenLayer: Errno { Errno(code: EPROTO) }

    /// What `strerror` says.
    var text: String {
        var buffer = [CChar](repeating: 0, count: 128)
        _ = unsafe strerror_r(code, &buffer, buffer.count)
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    }
}

/// The system calls on sockets; each returns a value, none throws.
enum Socket {
    @inline(never)
    static func receive(
        _ socket: Int32, into start: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> IOResult {
        while true {
            let received = unsafe ingot_receive(socket, start, byteCount)
            if received > 0 { return .bytes(received) }
            if received == 0 { return .end }
            let code = ingot_errno()
            if code == EAGAIN { return .wouldBlock }
            if code != EINTR { return .failed(Errno(code: code)) }
        }
    }

    @inline(never)
    static func send(
        _ socket: Int32, from start: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> IOResult {
        while true {
            let sent = unsafe ingot_send(socket, start, byteCount)
            if sent >= 0 { return .bytes(sent) }
            let code = ingot_errno()
            if code == EAGAIN { return .wouldBlock }
            if code != EINTR { return .failed(Errno(code: code)) }
        }
    }

    /// Sends four pieces in one call, in their order.
    static func send(
        _ socket: Int32, _ first: borrowing Span<UInt8>, _ second: borrowing Span<UInt8>,
        _ third: borrowing Span<UInt8>, _ fourth: borrowing Span<UInt8>
    ) -> IOResult {
        unsafe first.withUnsafeBytes { one in
            unsafe second.withUnsafeBytes { two in
                unsafe third.withUnsafeBytes { three in
                    unsafe fourth.withUnsafeBytes { four in
                        unsafe gather(socket, [one, two, three, four])
                    }
                }
            }
        }
    }

    private static func gather(
        _ socket: Int32, _ pieces: InlineArray<4, UnsafeRawBufferPointer>
    ) -> IOResult {
        var vectors = unsafe InlineArray<4, iovec> { index in
            unsafe vector(pieces[index])
        }
        var span = unsafe vectors.mutableSpan
        return unsafe span.withUnsafeMutableBufferPointer { unsafe gather(socket, vectors: $0) }
    }

    private static func vector(_ piece: UnsafeRawBufferPointer) -> iovec {
        unsafe iovec(
            iov_base: UnsafeMutableRawPointer(mutating: piece.baseAddress), iov_len: piece.count)
    }

    private static func gather(
        _ socket: Int32, vectors: UnsafeMutableBufferPointer<iovec>
    ) -> IOResult {
        var message = unsafe msghdr()
        unsafe message.msg_iov = vectors.baseAddress
        unsafe message.msg_iovlen = vectors.count
        while true {
            let sent = unsafe sendmsg(socket, &message, Int32(MSG_NOSIGNAL))
            if sent >= 0 { return .bytes(sent) }
            let code = ingot_errno()
            if code == EAGAIN { return .wouldBlock }
            if code != EINTR { return .failed(Errno(code: code)) }
        }
    }

    /// Whether nothing at all has come on an idle connection: no byte, no end, no error.
    static func isQuiet(_ socket: Int32) -> Bool {
        var byte: UInt8 = 0
        let received = unsafe recv(
            socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        return received < 0 && ingot_errno() == EAGAIN
    }

    /// The error that ended an attempt to connect; nil: it is connected.
    static func connectError(_ socket: Int32) -> Errno? {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &length)
        if result != 0 { return .last }
        return code == 0 ? nil : Errno(code: code)
    }

    /// Closes with a reset, so that the other side learns at once that its answer is not wanted.
    static func abort(_ socket: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(
            socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        _ = Glibc.close(socket)
    }

    static func close(_ socket: Int32) {
        _ = Glibc.close(socket)
    }

    /// Ends the sending half; the other side reads the end after the last byte.
    static func endSending(_ socket: Int32) {
        _ = shutdown(socket, Int32(SHUT_WR))
    }

    static func set(_ socket: Int32, level: Int32, option: Int32, to value: Int32) {
        var value = value
        _ = unsafe setsockopt(
            socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
