import Dispatch
import Foundation
import Synchronization

/// A listening socket that serves each connection on a thread of its own.
final class Listener: Sendable {
    /// Where to listen.
    enum Address: Sendable {
        /// A numeric IPv4 or IPv6 address; port 0 takes any free one.
        case tcp(host: String, port: UInt16)
        /// The socket file is replaced if it exists.
        case unix(path: String)
    }

    /// A system call that failed while the socket was opened.
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ call: String) {
            description = "\(call): \(String(cString: strerror(errno)))"
        }
    }

    private let descriptor: Int32
    private let settings: Settings
    private let log: RequestLog
    private let connectionCount = Atomic<Int>(0)
    private let places = DispatchSemaphore(value: 4000)
    private static let stackByteCount = 512 << 10

    /// Opens the socket; clients may connect from here on.
    init(at address: Address, settings: Settings, log: RequestLog) throws(Failure) {
        self.settings = settings
        self.log = log
        descriptor =
            switch address {
            case .tcp(let host, let port): try Self.open(host: host, port: port)
            case .unix(let path): try Self.open(path: path)
            }
    }

    deinit {
        close(descriptor)
    }

    /// The port that is listened on; 0 for a socket file.
    var port: UInt16 {
        var address = sockaddr_in6()
        var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                getsockname(descriptor, $0, &size)
            }
        }
        // Both families have the port at the same place.
        return result == 0 && size >= 4 && address.sin6_family != UInt16(AF_UNIX)
            ? UInt16(bigEndian: address.sin6_port) : 0
    }

    /// Takes connections for ever, 4,000 at a time.
    func run() {
        while true {
            places.wait()
            let accepted = accept(descriptor, nil, nil)
            guard accepted >= 0 else {
                places.signal()
                // A client that left before it was accepted is no reason to stop, and descriptors
                // come back when others leave.
                if errno == EMFILE { usleep(10_000) }
                continue
            }
            let number = connectionCount.add(1, ordering: .relaxed).newValue
            let thread = Thread { [self] in
                Connection(wire: Wire(accepted), number: number, settings: settings, log: log)
                    .serve()
                places.signal()
            }
            thread.stackSize = Self.stackByteCount
            thread.start()
        }
    }
}

extension Listener {
    private static func open(host: String, port: UInt16) throws(Failure) -> Int32 {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let name = host == "localhost" ? "127.0.0.1" : host
        guard getaddrinfo(name, String(port), &hints, &found) == 0, let first = found else {
            errno = EINVAL
            throw Failure("\(host) is no numeric address")
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(first.pointee.ai_family, first.pointee.ai_socktype, 0)
        var flag: Int32 = 1
        setsockopt(
            descriptor,
            SOL_SOCKET,
            SO_REUSEADDR,
            &flag,
            socklen_t(MemoryLayout<Int32>.size)
        )
        let bound = bind(descriptor, first.pointee.ai_addr, first.pointee.ai_addrlen)
        return try listening(descriptor, bound: bound, at: "\(host):\(port)")
    }

    private static func open(path: String) throws(Failure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < capacity else {
            errno = ENAMETOOLONG
            throw Failure(path)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        unlink(path)
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return try listening(descriptor, bound: bound, at: path)
    }

    private static func listening(
        _ descriptor: Int32,
        bound: Int32,
        at place: String
    ) throws(Failure) -> Int32 {
        guard descriptor >= 0, bound == 0, listen(descriptor, 4096) == 0 else {
            let failure = Failure("cannot listen on \(place)")
            close(descriptor)
            throw failure
        }
        return descriptor
    }
}
