import Glibc
import Synchronization

/// SIGINT and SIGTERM, noted where they arrive and acted on where it is safe.
enum Interruption {
    private static let received = Atomic<Int32>(0)

    /// The signal that asks the command to end, if one has come.
    static var signal: Int32? {
        let number = received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }

    /// From now on the two signals are noted and interrupt waiting calls.
    static func watch() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            Interruption.received.store(number, ordering: .relaxed)
        }
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        var watched = sigset_t()
        sigemptyset(&watched)
        sigaddset(&watched, SIGINT)
        sigaddset(&watched, SIGTERM)
        sigprocmask(SIG_UNBLOCK, &watched, nil)
    }

    /// Throws `Failure.interrupted` where a signal has come.
    static func check() throws(Failure) {
        if let signal { throw .interrupted(signal) }
    }
}
