import Glibc

/// A program that is run to its end, in a process group of its own.
struct Subprocess {
    /// Its name, sought in `PATH`, then its arguments.
    var arguments: [String]

    /// What it has written to both of its outputs, and how it ended.
    struct Outcome {
        var status: Int32
        var output: String
        var isSuccess: Bool { status == 0 }
    }

    /// Runs it and gives every line that it writes to `onLine`; `onTick` is called every 100 ms.
    ///
    /// - Throws: `Failure.build` where it cannot be started; `Failure.interrupted` where a signal
    ///   came, after the whole group has been ended.
    func run(
        onLine: (String) -> Void = { _ in },
        onTick: () -> Void = {}
    ) throws(Failure) -> Outcome {
        var pipe: [Int32] = [0, 0]
        guard Glibc.pipe(&pipe) == 0 else { throw .build("no pipe: \(Files.reason())") }
        for descriptor in pipe { Files.closeOnExec(descriptor) }
        defer { close(pipe[0]) }
        let process = try spawn(output: pipe[1])
        close(pipe[1])
        var output: [UInt8] = []
        var lineStart = 0
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            if let signal = Interruption.signal {
                end(process)
                throw .interrupted(signal)
            }
            onTick()
            var watched = pollfd(fd: pipe[0], events: Int16(POLLIN), revents: 0)
            guard poll(&watched, 1, 100) > 0 else { continue }
            let count = read(pipe[0], &chunk, chunk.count)
            guard count > 0 else { break }
            output += chunk[..<count]
            while let end = output[lineStart...].firstIndex(of: UInt8(ascii: "\n")) {
                onLine(String(decoding: output[lineStart..<end], as: UTF8.self))
                lineStart = end + 1
            }
        }
        let text = String(decoding: output, as: UTF8.self)
        return Outcome(status: wait(for: process), output: text)
    }

    /// Starts it with nothing to read and both outputs in one pipe.
    private func spawn(output: Int32) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // Whoever started this may have blocked signals; the program is to hear them all.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK
        posix_spawnattr_setflags(&attributes, Int16(flags))
        posix_spawnattr_setpgroup(&attributes, 0)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let failure = posix_spawnp(&process, arguments[0], &actions, &attributes, words, environ)
        guard failure == 0 else {
            throw .build("cannot run '\(arguments[0])': \(String(cString: strerror(failure)))")
        }
        return process
    }

    /// Ends the group, at first kindly.
    private func end(_ process: pid_t) {
        kill(-process, SIGTERM)
        for _ in 0..<20 {
            if waitpid(process, nil, WNOHANG) != 0 { break }
            usleep(50_000)
        }
        kill(-process, SIGKILL)
        waitpid(process, nil, 0)
    }

    /// The exit status, 128 and the signal's number where a signal ended it.
    private func wait(for process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? status >> 8 & 0xff : 128 + signal
    }
}
