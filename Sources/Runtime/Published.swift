import Synchronization

/// A value that one thread replaces and others take over when they are woken.
///
/// The lock is entered when something was published and by nobody else; what was replaced is freed
/// when the last thread has let go of it.
final class Published<Value: Sendable>: Sendable {
    private struct State {
        var value: Value?
        /// How many values were published.
        var version = 0
    }

    private let state = Mutex(State())

    func publish(_ value: Value) {
        state.withLock { state in
            state.value = value
            state.version += 1
        }
    }

    /// The last value where it is newer than `version`, which then becomes its own; before the
    /// first one it is 0.
    func value(after version: inout Int) -> Value? {
        let (value, newest) = state.withLock { ($0.value, $0.version) }
        if newest == version { return nil }
        version = newest
        return value
    }
}
