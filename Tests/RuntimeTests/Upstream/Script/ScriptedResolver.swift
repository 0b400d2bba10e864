import Glibc
import Synchronization

@testable import GatewayRuntime

/// A resolver that says what a test tells it to, when the test tells it to.
final class ScriptedResolver: NameResolver {
    /// What a test shares with the worker's thread.
    final class Script: Sendable {
        private let pending = Mutex<(questions: [Int], answers: [NameAnswer])>(([], []))
        private let asked = Mutex(0)
        let wake: Int32

        init() throws { wake = try EventCounter.open(blocks: false) }

        deinit { close(wake) }

        /// Questions so far.
        var questionCount: Int { asked.withLock { $0 } }

        func ask(_ tag: Int) {
            pending.withLock { $0.questions.append(tag) }
            asked.withLock { $0 += 1 }
        }

        var isBusy: Bool {
            pending.withLock { !$0.questions.isEmpty || !$0.answers.isEmpty }
        }

        /// Answers the oldest question; waits until there is one, for seconds at most.
        ///
        /// - Returns: whether there was one.
        @discardableResult func answer(_ addresses: [String]) -> Bool {
            for _ in 0..<50_000 {
                let tag = pending.withLock { pending in
                    pending.questions.isEmpty ? nil : pending.questions.removeFirst()
                }
                if let tag {
                    tell(addresses, tag: tag)
                    return true
                }
                usleep(100)
            }
            return false
        }

        /// Answers without having been asked; no address: the name is not found.
        func tell(_ addresses: [String], tag: Int = 0) {
            let found = addresses.compactMap { PeerAddress(text: $0) }
                .map { ResolvedAddress(high: $0.high, low: $0.low) }
            let answer = NameAnswer(
                tag: tag, addresses: found, timeToLiveSeconds: 3600, failure: .notFound)
            pending.withLock { $0.answers.append(answer) }
            EventCounter.add(wake)
        }

        func takeAnswers() -> [NameAnswer] {
            pending.withLock { pending in
                defer { pending.answers = [] }
                return pending.answers
            }
        }
    }

    private let script: Script

    init(_ script: Script) { self.script = script }

    var isBusy: Bool { script.isBusy }

    func resolve(_ name: StaticString, tag: Int) { script.ask(tag) }

    func descriptors() -> [(descriptor: Int32, reads: Bool, writes: Bool)] {
        [(script.wake, true, false)]
    }

    func nextTimeoutMilliseconds() -> Int? { nil }

    func advance(descriptor: Int32, readable: Bool, writable: Bool) {
        if descriptor == script.wake { EventCounter.wait(descriptor) }
    }

    func takeAnswers() -> [NameAnswer] { script.takeAnswers() }
}
