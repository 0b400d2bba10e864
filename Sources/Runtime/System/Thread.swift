import Glibc

/// Threads that run for as long as the process does.
enum Thread {
    private final class Start {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Runs `body` on a new thread, which inherits the caller's signal mask.
    static func start(_ body: @escaping @Sendable () -> Void) -> Errno? {
        var thread = pthread_t()
        let start = unsafe Unmanaged.passRetained(Start(body)).toOpaque()
        let code = unsafe pthread_create(
            &thread, nil,
            { argument in
                if let argument = unsafe argument {
                    unsafe Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
                }
                return nil
            }, start)
        if code != 0 { return Errno(code: code) }
        pthread_detach(thread)
        return nil
    }
}
