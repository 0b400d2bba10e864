import Glibc
import Testing

@testable import GatewayRuntime

/// A blocking socket of a script; what does not come within a minute is an error.
final class ScriptSocket {
    let descriptor: Int32
    private var isOpen = true

    init(adopting descriptor: Int32) throws {
        self.descriptor = descriptor
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        Socket.set(descriptor, level: Int32(IPPROTO_TCP), option: TCP_NODELAY, to: 1)
        try #require(descriptor >= 0)
    }

    /// Connects to a port of loopback.
    convenience init(port: UInt16) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in.loopback(port: port)
        let result = address.withGeneric { connect(descriptor, $0, $1) }
        try self.init(adopting: result == 0 ? descriptor : -1)
    }

    deinit { close() }

    func close() {
        if isOpen { Glibc.close(descriptor) }
        isOpen = false
    }

    /// Closes with a reset.
    func reset() {
        if isOpen { Socket.abort(descriptor) }
        isOpen = false
    }

    func send(_ bytes: some Sequence<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if sent <= 0 { return }
            rest = rest.dropFirst(sent)
        }
    }

    func send(_ text: String) { send(text.utf8) }

    /// What comes next; empty at the end, nil where the connection was reset or nothing came.
    func receive() -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return count < 0 ? nil : Array(bytes[..<count])
    }

    /// All that comes until `isWhole` holds of it, or until the end.
    func receive(until isWhole: ([UInt8]) -> Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        while !isWhole(bytes) {
            guard let more = receive(), !more.isEmpty else { return bytes }
            bytes += more
        }
        return bytes
    }
}

/// A listening socket of a script.
final class ScriptListener {
    private let descriptor: Int32
    let port: UInt16

    /// Takes a port of loopback that the kernel chooses.
    ///
    /// - Parameter isDeaf: whether the port is only taken, so that connections to it are refused.
    convenience init(isDeaf: Bool) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in.loopback(port: 0)
        let result = address.withGeneric { bind(descriptor, $0, $1) }
        try #require(result == 0)
        if !isDeaf { try #require(listen(descriptor, 16) == 0) }
        try self.init(adopting: descriptor)
    }

    /// - Parameter descriptor: a socket that is bound.
    init(adopting descriptor: Int32) throws {
        self.descriptor = descriptor
        let port = ScriptListener.port(of: descriptor)
        self.port = try #require(port)
        var limit = timeval(tv_sec: 60, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    }

    deinit { close(descriptor) }

    func accept() throws -> ScriptSocket {
        try ScriptSocket(adopting: Glibc.accept(descriptor, nil, nil))
    }

    /// Whether a connection waits to be accepted.
    var hasWaiting: Bool {
        var wish = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&wish, 1, 0) == 1
    }

    static func port(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &size)
            }
        }
        return result == 0 ? UInt16(bigEndian: address.sin6_port) : nil
    }
}

extension sockaddr_in {
    static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    mutating func withGeneric<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
        withUnsafePointer(to: self) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
