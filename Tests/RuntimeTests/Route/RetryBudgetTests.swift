import Dispatch
import Synchronization
import Testing

@testable import GatewayRuntime

/// How many requests may be sent once more.
@Suite struct RetryBudgetTests {
    /// Uses up what is let through besides the share.
    private func withoutFloor(_ percent: Int) -> RetryBudget {
        let budget = RetryBudget(percent: percent, nowMilliseconds: 0)
        for _ in 0..<10 { #expect(budget.take(requests: 0, nowMilliseconds: 0)) }
        #expect(!budget.take(requests: 0, nowMilliseconds: 0))
        return budget
    }

    @Test func `a quiet gateway has ten retries and one more each second`() {
        let budget = withoutFloor(20)
        #expect(!budget.take(requests: 1, nowMilliseconds: 999))
        #expect(budget.take(requests: 1, nowMilliseconds: 1000))
        #expect(!budget.take(requests: 1, nowMilliseconds: 1001))
        #expect((0..<20).count { _ in budget.take(requests: 1, nowMilliseconds: 600_000) } == 10)
    }

    @Test(arguments: [1, 20, 50, 100])
    func `a share of the requests may be sent again`(percent: Int) {
        let budget = withoutFloor(percent)
        let passed = (1...1000).count { budget.take(requests: $0, nowMilliseconds: 10) }
        #expect(passed == 10 * percent)
    }

    @Test func `a share that is not used is gone after ten seconds`() {
        let budget = withoutFloor(20)
        let later: UInt64 = 100_000
        // 1000 requests came within 100 s: those of 10 s count.
        #expect((0..<500).count { _ in budget.take(requests: 1000, nowMilliseconds: later) } == 30)
        #expect(!budget.take(requests: 1000, nowMilliseconds: later + 1))
    }

    @Test func `what was given back can be taken again`() {
        let budget = withoutFloor(100)
        #expect(budget.take(requests: 1, nowMilliseconds: 0))
        budget.giveBack(nowMilliseconds: 0)
        #expect(budget.take(requests: 1, nowMilliseconds: 0))
        #expect(!budget.take(requests: 1, nowMilliseconds: 0))
    }

    @Test func `a worker that is behind takes nothing away and gets nothing twice`() {
        let budget = withoutFloor(100)
        #expect(budget.take(requests: 3, nowMilliseconds: 9))
        #expect(budget.take(requests: 1, nowMilliseconds: 2))
        #expect(budget.take(requests: 2, nowMilliseconds: 9))
        #expect(!budget.take(requests: 3, nowMilliseconds: 5))
    }

    @Test func `the share is never passed however many workers ask`() {
        let budget = withoutFloor(20)
        let requests = Atomic(0)
        let passed = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<25_000 {
                let count = requests.add(1, ordering: .relaxed).newValue
                if budget.take(requests: count, nowMilliseconds: 20) {
                    passed.add(1, ordering: .relaxed)
                }
            }
        }
        let count = passed.load(ordering: .relaxed)
        #expect(count <= 20_000 && count > 19_900)
    }
}
