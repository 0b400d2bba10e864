import CLinux
import Glibc

/// The signals that a gateway heeds, waited for by its main thread.
enum Signals {
    /// What a signal asks for.
    enum Wish {
        /// SIGTERM or SIGINT.
        case stop
        /// SIGHUP.
        case reload
    }

    /// Keeps the signals from interrupting any thread; threads started later inherit that.
    static func blockForWaiting() {
        _ = signal(SIGPIPE, SIG_IGN)
        // As the first process of a container it inherits orphans, which the kernel then reaps.
        _ = signal(SIGCHLD, SIG_IGN)
        var set = heededSet()
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for the next signal, `milliseconds` at most; nil: none has come.
    static func wait(milliseconds: Int) -> Wish? {
        var set = heededSet()
        var time = timespec(
            tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        switch unsafe sigtimedwait(&set, nil, &time) {
        case SIGTERM, SIGINT: return .stop
        case SIGHUP: return .reload
        default: return nil
        }
    }

    private static func heededSet() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, number) }
        return set
    }
}
