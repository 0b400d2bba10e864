import CLinux
import Glibc

/// An address in its 128-bit form, in host order; IPv4 as `::ffff:0:0/96`, a unix peer as `::1`.
struct PeerAddress: Equatable {
    var high: UInt64
    var low: UInt64

    /// The near end of a unix socket: as trusted as loopback.
    static var local: PeerAddress { PeerAddress(high: 0, low: 1) }

    var isIPv4: Bool { high == 0 && low >> 32 == 0xffff }

    var isLoopback: Bool {
        (high == 0 && low == 1) || (isIPv4 && (low >> 24) & 0xff == 127)
    }

    func isInside(_ network: Network) -> Bool {
        let length = network.prefixLength
        if length == 0 { return true }
        if length <= 64 { return (high ^ network.high) >> UInt64(64 - length) == 0 }
        if high != network.high { return false }
        return length == 128
            ? low == network.low : (low ^ network.low) >> UInt64(128 - length) == 0
    }

    /// `127.0.0.1` or `2001:db8::1`.
    func text() -> String {
        var buffer = [CChar](repeating: 0, count: 64)
        if isIPv4 {
            var address = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
            unsafe inet_ntop(AF_INET, &address, &buffer, 64)
        } else {
            var address = bytes()
            unsafe inet_ntop(AF_INET6, &address, &buffer, 64)
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
    }

    /// Its 16 bytes in network order.
    func bytes() -> [UInt8] {
        var bytes: [UInt8] = []
        for half in [high, low] {
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: half >> UInt64(shift)))
            }
        }
        return bytes
    }
}

/// Where a socket can be bound or connected to, in the kernel's form.
@safe
struct SocketAddress {
    private var storage: sockaddr_storage
    private var length: socklen_t
    let family: Int32
    /// The file of a unix socket.
    private let unixPath: String?

    var isUnix: Bool { family == AF_UNIX }

    init(_ address: PeerAddress, port: UInt16) {
        storage = sockaddr_storage()
        unixPath = nil
        if address.isIPv4 {
            family = AF_INET
            var value = sockaddr_in()
            value.sin_family = sa_family_t(AF_INET)
            value.sin_port = port.bigEndian
            value.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.low).bigEndian
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
            unsafe memcpy(&storage, &value, MemoryLayout<sockaddr_in>.size)
        } else {
            family = AF_INET6
            var value = sockaddr_in6()
            value.sin6_family = sa_family_t(AF_INET6)
            value.sin6_port = port.bigEndian
            var bytes = address.bytes()
            unsafe memcpy(&value.sin6_addr, &bytes, 16)
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
            unsafe memcpy(&storage, &value, MemoryLayout<sockaddr_in6>.size)
        }
    }

    /// The unix socket at `path`; nil where it is empty or longer than 107 bytes.
    init?(unixPath path: String) {
        let bytes = Array(path.utf8)
        guard (1...107).contains(bytes.count) else { return nil }
        storage = sockaddr_storage()
        unixPath = path
        family = AF_UNIX
        var value = sockaddr_un()
        value.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &value.sun_path) { unsafe $0.copyBytes(from: bytes) }
        length = socklen_t(MemoryLayout<sockaddr_un>.size)
        unsafe memcpy(&storage, &value, MemoryLayout<sockaddr_un>.size)
    }

    /// An IPv4 or IPv6 address as text, or `unix:/path`; nil where it is neither.
    init?(text: String, port: UInt16) {
        if text.hasPrefix("unix:") {
            self.init(unixPath: String(text.dropFirst(5)))
        } else if let address = PeerAddress(text: text) {
            self.init(address, port: port)
        } else {
            return nil
        }
    }

    /// Begins to connect a new socket: (socket, whether it is connected already).
    func connect() -> Result<(socket: Int32, isConnected: Bool), Errno> {
        let flags =
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            | Int32(SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(family, flags, 0)
        if socket < 0 { return .failure(.last) }
        if family != AF_UNIX {
            Socket.set(socket, level: Int32(IPPROTO_TCP), option: TCP_NODELAY, to: 1)
        }
        if unsafe call(socket, Glibc.connect) == 0 { return .success((socket, true)) }
        let error = Errno.last
        if error.code == EINPROGRESS { return .success((socket, false)) }
        Socket.close(socket)
        return .failure(error)
    }

    /// Removes the file that a listening unix socket has left.
    func removeFile() {
        if let unixPath { _ = unsafe unlink(unixPath) }
    }

    /// Removes a unix socket's file that nobody listens at any more.
    private func removeStaleFile() {
        guard isUnix, case .failure(let error) = connect().map({ Socket.close($0.socket) }),
            error.code == ECONNREFUSED
        else { return }
        removeFile()
    }

    /// A new socket that listens here, shared with others by SO_REUSEPORT.
    func listen() -> Result<Int32, Errno> {
        removeStaleFile()
        let flags =
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            | Int32(SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(family, flags, 0)
        if socket < 0 { return .failure(.last) }
        if family != AF_UNIX {
            Socket.set(socket, level: SOL_SOCKET, option: SO_REUSEADDR, to: 1)
            Socket.set(socket, level: SOL_SOCKET, option: SO_REUSEPORT, to: 1)
        }
        if unsafe call(socket, bind) == 0 && Glibc.listen(socket, 4096) == 0 {
            return .success(socket)
        }
        let error = Errno.last
        Socket.close(socket)
        return .failure(error)
    }

    private func call(
        _ socket: Int32, _ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        unsafe withUnsafePointer(to: storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe function(socket, address, length)
            }
        }
    }
}

extension PeerAddress {
    /// Reads `127.0.0.1` or `::1`; nil where it is neither.
    init?(text: String) {
        var four = in_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self.init(high: 0, low: 0xffff_0000_0000 | UInt64(UInt32(bigEndian: four.s_addr)))
            return
        }
        var six = [UInt8](repeating: 0, count: 16)
        guard unsafe inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        self.init(networkOrder: six)
    }

    /// From 16 bytes in network order.
    init(networkOrder bytes: [UInt8]) {
        let halves = [0, 8].map { from in
            bytes[from..<from + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        self.init(high: halves[0], low: halves[1])
    }

    /// The far end of an accepted connection.
    init(_ storage: borrowing sockaddr_storage) {
        switch Int32(storage.ss_family) {
        case AF_INET:
            var value = sockaddr_in()
            var copy = copy storage
            unsafe memcpy(&value, &copy, MemoryLayout<sockaddr_in>.size)
            let four = UInt64(UInt32(bigEndian: value.sin_addr.s_addr))
            self.init(high: 0, low: 0xffff_0000_0000 | four)
        case AF_INET6:
            var value = sockaddr_in6()
            var copy = copy storage
            unsafe memcpy(&value, &copy, MemoryLayout<sockaddr_in6>.size)
            let bytes = unsafe withUnsafeBytes(of: value.sin6_addr) { unsafe Array($0) }
            self.init(networkOrder: bytes)
        default:
            self = .local
        }
    }
}
