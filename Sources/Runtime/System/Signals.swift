import CLinux
import Glibc

/// The signals that end a gateway, waited for by its main thread.
enum Signals {
    /// Keeps the signals from interrupting any thread; threads started later inherit that.
    static func blockForWaiting() {
        _ = signal(SIGPIPE, SIG_IGN)
        var set = stopSet()
        _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Waits for SIGTERM or SIGINT; false: `milliseconds` have passed, or another signal came.
    static func waitForStop(milliseconds: Int, onHangUp: () -> Void) -> Bool {
        var set = stopSet()
        var time = timespec(
            tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        let number = unsafe sigtimedwait(&set, nil, &time)
        if number == SIGHUP { onHangUp() }
        return number == SIGTERM || number == SIGINT
    }

    private static func stopSet() -> sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, number) }
        return set
    }
}
