import Glibc
import Synchronization

/// Where the workers' lines meet: a thread of its own writes them, so that a slow reader of the log
/// or a full disk never holds up a worker.
final class LogSink: Sendable {
    /// What may wait to be written; lines past it are dropped and counted.
    private static let waitingByteLimit = 4 << 20

    private let waiting = Mutex<[UInt8]>([])
    private let wake: Int32
    private let isEnding = Atomic(false)
    private let hasEnded = Atomic(false)
    let droppedCount = Atomic(0)

    /// - Parameter wake: an eventfd that tells the writing thread that there is something.
    init(wake: Int32) { self.wake = wake }

    /// Takes whole lines.
    func take(_ lines: borrowing Span<UInt8>) {
        let isTaken = waiting.withLock { waiting in
            if waiting.count + lines.count > LogSink.waitingByteLimit { return false }
            waiting.reserveCapacity(waiting.count + lines.count)
            for index in lines.indices { waiting.append(lines[index]) }
            return true
        }
        if !isTaken { droppedCount.add(1, ordering: .relaxed) }
        EventCounter.add(wake)
    }

    /// Writes what comes until `end` is called.
    func run() {
        while true {
            let isLast = isEnding.load(ordering: .acquiring)
            let lines = waiting.withLock { waiting in
                let lines = waiting
                waiting = []
                return lines
            }
            write(lines)
            if isLast { break }
            EventCounter.wait(wake)
        }
        hasEnded.store(true, ordering: .releasing)
    }

    /// Asks for the last lines to be written and waits for that, `milliseconds` at most.
    func end(withinMilliseconds milliseconds: Int) {
        isEnding.store(true, ordering: .releasing)
        EventCounter.add(wake)
        var waited = 0
        while !hasEnded.load(ordering: .acquiring) && waited < milliseconds {
            usleep(1000)
            waited += 1
        }
    }

    private func write(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let result = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    STDOUT_FILENO, buffer.baseAddress?.advanced(by: written),
                    buffer.count - written)
            }
            if result > 0 {
                written += result
            } else if errno != EINTR {
                droppedCount.add(1, ordering: .relaxed)
                return
            }
        }
    }
}
