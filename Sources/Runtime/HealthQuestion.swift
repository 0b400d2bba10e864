import CLinux
import Glibc

/// `--health` and `--ready`: a running gateway is asked by its own binary, since an empty image has
/// no other program that could.
struct HealthQuestion {
    /// Which of the gateway's own routes is asked.
    enum Route: Equatable {
        case alive, ready

        var path: String { self == .alive ? "/healthz" : "/readyz" }
    }

    let route: Route
    /// Where the gateway listens; the address of every interface leads to this machine as well.
    let address: SocketAddress
    /// Encrypts where clients are listened to with TLS; its endpoint 0 is the gateway itself.
    let security: (any TransportSecurity)?

    /// From the first step to the last, in milliseconds.
    static let patienceMilliseconds = 5_000

    /// Nil: the gateway answers with 200. Else what it answers or why it does not, in words.
    func answer() -> String? {
        let socket: Int32
        switch address.connect() {
        case .success(let connection): socket = connection.socket
        case .failure(let error): return error.text
        }
        defer { Socket.close(socket) }
        var line = Conversation(socket: socket, security: security)
        guard line.begin() else { return line.reason }
        let request = "GET \(route.path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        guard line.send(Array(request.utf8)), let status = line.readStatus() else {
            return line.reason
        }
        return status == "200" ? nil : "it answers \(route.path) with \(status)"
    }
}

/// One connection to the gateway, waited for step by step until the time is over.
private struct Conversation {
    let socket: Int32
    let security: (any TransportSecurity)?
    private let end =
        Clock.monotonicNanoseconds()
        + UInt64(HealthQuestion.patienceMilliseconds) * 1_000_000
    private var session: Int32 = -1
    /// Why it could not go on.
    private(set) var reason = "it does not answer in time"

    init(socket: Int32, security: (any TransportSecurity)?) {
        self.socket = socket
        self.security = security
    }

    /// Waits until the connection is there, and its session where it is to have one.
    mutating func begin() -> Bool {
        guard wait(for: POLLOUT) else { return false }
        if let error = Socket.connectError(socket) { return fail(error.text) }
        guard let security else { return true }
        guard let number = security.connect(socket, endpoint: 0) else {
            return fail("no memory for a TLS session")
        }
        session = number
        while true {
            switch security.handshake(number) {
            case .complete: return true
            case .failed: return fail("no TLS session: \(security.detail(number))")
            case .waiting: if !wait(for: POLLIN) { return false }
            }
        }
    }

    mutating func send(_ bytes: [UInt8]) -> Bool {
        var sentCount = 0
        while sentCount < bytes.count {
            let result = unsafe bytes.withUnsafeBufferPointer { buffer -> CarriedBytes in
                guard let start = buffer.baseAddress else { return .failed }
                let rest = unsafe start + sentCount
                return unsafe transfer(sending: rest, byteCount: buffer.count - sentCount)
            }
            switch result {
            case .bytes(let count): sentCount += count
            case .wouldBlock: if !wait(for: POLLOUT) { return false }
            case .end, .failed: return fail("it closes the connection")
            }
        }
        return true
    }

    /// The three digits of `HTTP/1.1 200`; nil: `reason` says why there are none.
    mutating func readStatus() -> String? {
        let statusRange = 9..<12
        var head: [UInt8] = []
        while head.count < statusRange.upperBound {
            var piece = [UInt8](repeating: 0, count: 512)
            let result = unsafe piece.withUnsafeMutableBufferPointer { buffer -> CarriedBytes in
                guard let start = buffer.baseAddress else { return .failed }
                return unsafe transfer(receivingInto: start, byteCount: buffer.count)
            }
            switch result {
            case .bytes(let count): head += piece[..<count]
            case .wouldBlock: if !wait(for: POLLIN) { return nil }
            case .end, .failed:
                reason = "it closes the connection"
                return nil
            }
        }
        guard head.starts(with: Array("HTTP/1.".utf8)) else {
            reason = "what answers there is no gateway"
            return nil
        }
        return String(decoding: head[statusRange], as: UTF8.self)
    }

    private func transfer(
        sending start: UnsafePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes {
        if let security { return unsafe security.send(session, from: start, byteCount: byteCount) }
        let bytes = unsafe UnsafeMutablePointer(mutating: start)
        return CarriedBytes(unsafe Socket.send(socket, from: bytes, byteCount: byteCount))
    }

    private func transfer(
        receivingInto start: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes {
        if let security {
            return unsafe security.receive(session, into: start, byteCount: byteCount)
        }
        return CarriedBytes(unsafe Socket.receive(socket, into: start, byteCount: byteCount))
    }

    /// Waits for the socket; false: the time is over.
    private func wait(for event: Int32) -> Bool {
        let now = Clock.monotonicNanoseconds()
        guard now < end else { return false }
        var watched = pollfd(fd: socket, events: Int16(event), revents: 0)
        let milliseconds = Int32(clamping: (end - now) / 1_000_000 + 1)
        // What a signal interrupts is tried again by the caller, who looks at the time each round.
        return unsafe poll(&watched, 1, milliseconds) != 0
    }

    private mutating func fail(_ reason: String) -> Bool {
        self.reason = reason
        return false
    }
}

extension CarriedBytes {
    /// What came of a call on a plain socket.
    fileprivate init(_ result: IOResult) {
        switch result {
        case .bytes(let count): self = .bytes(count)
        case .wouldBlock: self = .wouldBlock
        case .end: self = .end
        case .failed: self = .failed
        }
    }
}
