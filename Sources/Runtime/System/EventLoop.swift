import CLinux
import Glibc

/// Who an event is for.
enum EventKind: UInt8 {
    case listener
    case client
    case upstream
    case wake
    case resolver
    case wide
    /// Only timers have it.
    case probe
}

/// What the kernel hands back with an event: kind, generation, index.
struct EventToken: Equatable {
    let raw: UInt64

    init(raw: UInt64) { self.raw = raw }

    init(_ kind: EventKind, _ id: SlabID) {
        raw = UInt64(kind.rawValue) << 56 | UInt64(id.generation) << 32 | UInt64(id.index)
    }

    /// For a descriptor that is in no slab: its number takes the index's place.
    init(_ kind: EventKind, descriptor: Int32) {
        raw = UInt64(kind.rawValue) << 56 | UInt64(UInt32(bitPattern: descriptor))
    }

    var kind: EventKind? { EventKind(rawValue: UInt8(raw >> 56)) }
    var id: SlabID {
        SlabID(
            index: UInt32(truncatingIfNeeded: raw),
            generation: UInt32(truncatingIfNeeded: raw >> 32) & 0xff_ffff)
    }
    var descriptor: Int32 { Int32(truncatingIfNeeded: raw) }
}

/// What has happened to one descriptor.
struct Event {
    let token: EventToken
    private let mask: UInt32

    init(token: EventToken, mask: UInt32) {
        self.token = token
        self.mask = mask
    }

    /// There is something to read; the end of the other side's half counts as well.
    var isReadable: Bool { mask & (EPOLLIN.rawValue | Event.endMask) != 0 }
    var isWritable: Bool { mask & (EPOLLOUT.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 }
    /// The other side has ended or broken the connection.
    var isEnded: Bool { mask & Event.endMask != 0 }

    private static var endMask: UInt32 {
        EPOLLRDHUP.rawValue | EPOLLHUP.rawValue | EPOLLERR.rawValue
    }
}

/// One epoll instance: sockets are registered once, edge-triggered, and stay until they close.
@safe
struct EventLoop: ~Copyable {
    private let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private static var batchCount: Int { 256 }

    init() throws(Errno) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        unsafe events = .allocate(capacity: EventLoop.batchCount)
        if descriptor < 0 { throw .last }
    }

    deinit {
        Socket.close(descriptor)
        unsafe events.deallocate()
    }

    /// Watches a connection for everything, told once per change.
    func watch(_ socket: Int32, as token: EventToken) -> Errno? {
        let interest =
            EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        return control(EPOLL_CTL_ADD, socket, interest, token)
    }

    /// Watches a descriptor as long as it is ready.
    func watchLevel(
        _ socket: Int32, reads: Bool = true, writes: Bool = false, as token: EventToken
    ) -> Errno? {
        let interest = (reads ? EPOLLIN.rawValue : 0) | (writes ? EPOLLOUT.rawValue : 0)
        return control(EPOLL_CTL_ADD, socket, interest, token)
    }

    /// Watches a descriptor otherwise than before, as long as it is ready.
    func changeLevel(
        _ descriptor: Int32, isNew: Bool, reads: Bool, writes: Bool, as token: EventToken
    ) {
        let interest = (reads ? EPOLLIN.rawValue : 0) | (writes ? EPOLLOUT.rawValue : 0)
        let operation = isNew ? EPOLL_CTL_ADD : interest == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD
        if let error = control(operation, descriptor, interest, token), error.code == EEXIST {
            _ = control(EPOLL_CTL_MOD, descriptor, interest, token)
        }
    }

    func unwatch(_ socket: Int32) {
        _ = control(EPOLL_CTL_DEL, socket, 0, EventToken(raw: 0))
    }

    private func control(
        _ operation: Int32, _ socket: Int32, _ interest: UInt32, _ token: EventToken
    ) -> Errno? {
        var event = unsafe epoll_event()
        unsafe ingot_epoll_set(&event, interest, token.raw)
        let result = unsafe epoll_ctl(descriptor, operation, socket, &event)
        return result == 0 ? nil : .last
    }

    /// Waits for events, `timeoutMilliseconds` at most (-1: for ever); returns how many there are.
    func wait(timeoutMilliseconds: Int) -> Int {
        let timeout = Int32(clamping: timeoutMilliseconds)
        let count = unsafe ingot_epoll_wait(
            descriptor, events, Int32(EventLoop.batchCount), timeout)
        return count < 0 ? 0 : Int(count)
    }

    /// Event `index` of the last wait, which returned more than that.
    func event(_ index: Int) -> Event {
        precondition(index >= 0 && index < EventLoop.batchCount)
        let token = unsafe ingot_epoll_token(events + index)
        return unsafe Event(token: EventToken(raw: token), mask: events[index].events)
    }
}
