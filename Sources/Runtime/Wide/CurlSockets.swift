import CCurl
import GatewayRuntime
import Glibc

/// What libcurl wants to be told of: its descriptors and its clock.
///
/// A connection between two requests stays watched, so that its next one needs no system call.
final class CurlSockets {
    private struct Watched {
        var wanted: Int32 = CURL_POLL_NONE
        var watched: Int32 = CURL_POLL_NONE
        /// Whether its closing is told.
        var isConnection = false
        var isListed = false
        /// Whether it was ready while nothing was wanted of it.
        var isUseless = false
    }

    private var table: [Watched] = []
    /// Descriptors whose entry may have changed.
    private var changed: [Int32] = []
    /// Milliseconds of the monotonic clock; nil: libcurl waits for nothing.
    private(set) var dueAt: UInt64?

    var nowMilliseconds: UInt64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }

    /// libcurl's clock has been served, or will be set anew.
    func forgetTime() { dueAt = nil }

    /// Sets libcurl's clock; below 0: it waits for nothing.
    func setTime(milliseconds: Int) {
        switch milliseconds {
        case ..<0: dueAt = nil
        case 0: dueAt = 0
        default: dueAt = nowMilliseconds + UInt64(milliseconds)
        }
    }

    /// Whether libcurl waits for a descriptor that is ready; if not, it is not watched further.
    func isWanted(_ descriptor: Int32) -> Bool {
        let index = Int(descriptor)
        if index >= table.count || table[index].wanted != CURL_POLL_NONE { return true }
        note(descriptor) { $0.isUseless = true }
        return false
    }

    func want(_ descriptor: Int32, _ what: Int32) {
        note(descriptor) { $0.wanted = what == CURL_POLL_REMOVE ? CURL_POLL_NONE : what }
    }

    func opened(_ descriptor: Int32) {
        note(descriptor) { $0 = Watched(isConnection: true, isListed: $0.isListed) }
    }

    /// The descriptor is about to be closed, by which the kernel stops to watch it.
    func closing(_ descriptor: Int32) {
        note(descriptor) { $0 = Watched(isListed: $0.isListed) }
    }

    private func note(_ descriptor: Int32, _ change: (inout Watched) -> Void) {
        if descriptor < 0 { return }
        let index = Int(descriptor)
        while table.count <= index { table.append(Watched()) }
        change(&table[index])
        if table[index].isListed { return }
        table[index].isListed = true
        changed.append(descriptor)
    }

    func takeWatches(into watches: inout [WideWatch]) {
        for descriptor in changed {
            let index = Int(descriptor)
            table[index].isListed = false
            let entry = table[index]
            table[index].isUseless = false
            if entry.wanted == entry.watched { continue }
            let mayStay = entry.isConnection && entry.watched == CURL_POLL_IN && !entry.isUseless
            if entry.wanted == CURL_POLL_NONE && mayStay { continue }
            table[index].watched = entry.wanted
            watches.append(
                WideWatch(
                    descriptor: descriptor, isNew: entry.watched == CURL_POLL_NONE,
                    reads: entry.wanted & CURL_POLL_IN != 0,
                    writes: entry.wanted & CURL_POLL_OUT != 0))
        }
        changed.removeAll(keepingCapacity: true)
    }
}
