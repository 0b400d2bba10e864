import CLinux
import Glibc

/// An eventfd: what one thread wakes another with.
enum EventCounter {
    /// - Parameter blocks: whether `wait` waits for an `add`.
    static func open(blocks: Bool) throws(Errno) -> Int32 {
        let flags = Int32(EFD_CLOEXEC) | (blocks ? 0 : Int32(EFD_NONBLOCK))
        let descriptor = eventfd(0, flags)
        if descriptor < 0 { throw .last }
        return descriptor
    }

    static func add(_ descriptor: Int32) {
        var one: UInt64 = 1
        _ = unsafe write(descriptor, &one, 8)
    }

    static func wait(_ descriptor: Int32) {
        var count: UInt64 = 0
        _ = unsafe read(descriptor, &count, 8)
    }
}
