import Glibc
import Testing

@testable import GatewayRuntime

/// A sink that nobody writes for, so that what it takes stays in it.
private func idleSink() throws -> LogSink {
    LogSink(wake: try EventCounter.open(blocks: false))
}

@Suite struct LogTests {
    @Test func `a sink takes four mebibytes, then drops and counts`() throws {
        let sink = try idleSink()
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 18)
        for _ in 0..<16 { sink.take(piece.span) }
        #expect(sink.droppedCount.load(ordering: .relaxed) == 0)
        sink.take([UInt8(ascii: "y")].span)
        sink.take(piece.span)
        #expect(sink.droppedCount.load(ordering: .relaxed) == 2)
    }

    @Test func `lines are handed over after a while`() throws {
        var log = AccessLog(format: .json, sink: try idleSink())
        let before = log.nextFlushMilliseconds(nowMilliseconds: 1000)
        log.lines.append("{}\n")
        log.lineEnded(nowMilliseconds: 1000)
        log.lineEnded(nowMilliseconds: 1150)
        let waits = [1000, 1150, 1200, 1300].map { log.nextFlushMilliseconds(nowMilliseconds: $0) }
        #expect(before == nil && waits == [200, 50, 0, 0])
        log.flushIfDue(nowMilliseconds: 1199)
        let early = log.lines.count
        log.flushIfDue(nowMilliseconds: 1200)
        let late = log.lines.count
        let after = log.nextFlushMilliseconds(nowMilliseconds: 1200)
        #expect(early == 3 && late == 0 && after == nil)
    }

    @Test func `many lines are handed over at once`() throws {
        var log = AccessLog(format: .json, sink: try idleSink())
        for _ in 0..<32_767 { log.lines.append("x") }
        log.lineEnded(nowMilliseconds: 1)
        let before = log.lines.count
        log.lines.append("x")
        log.lineEnded(nowMilliseconds: 1)
        let after = log.lines.count
        #expect(before == 32_767 && after == 0)
    }

    @Test func `a log can be off`() throws {
        let off = AccessLog(format: .off, sink: try idleSink()).isOn
        let on = AccessLog(format: .json, sink: try idleSink()).isOn
        #expect(!off && on)
    }
}

@Suite struct CountersTests {
    @Test func `exchanges are counted by outcome and class of status`() {
        let counters = Counters()
        for (number, outcome) in Exchange.Outcome.allCases.enumerated() {
            let status = UInt16(min(number, 5) * 100 + 99)
            for _ in 0...number { counters.count(outcome, status: status) }
        }
        #expect(
            Exchange.Outcome.allCases.map { counters.count(of: $0) } == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect((0...5).map { counters.count(ofStatusClass: $0) } == [1, 2, 3, 4, 5, 21])
        counters.count(.own, status: 999)
        #expect(counters.count(ofStatusClass: 5) == 22)
    }

    @Test func `a counter adds up`() {
        let counters = Counters()
        counters.requests.add(1)
        counters.requests.add(41)
        #expect(counters.requests.count == 42 && counters.connections.count == 0)
    }

    @Test func `connections are counted up to their limit`() throws {
        let shared = try SharedState(
            workerCount: 1, rates: RateGates(nil, endpointCount: 0),
            standings: Standings(endpointCount: 0, isWatched: false))
        #expect((0..<3).map { _ in shared.reserveConnection(limit: 2) } == [true, true, false])
        #expect(shared.openConnectionCount == 2)
        shared.releaseConnection()
        #expect(shared.reserveConnection(limit: 2) && shared.openConnectionCount == 2)
    }

    @Test func `a stop wakes every worker`() throws {
        let shared = try SharedState(
            workerCount: 3, rates: RateGates(nil, endpointCount: 0),
            standings: Standings(endpointCount: 0, isWatched: false))
        #expect(!shared.isStopping && !shared.haveAllEnded)
        shared.requestStop()
        #expect(shared.isStopping)
        for wake in shared.wakes {
            var wish = pollfd(fd: wake, events: Int16(POLLIN), revents: 0)
            #expect(poll(&wish, 1, 0) == 1)
            shared.takeWake(wake)
            #expect(poll(&wish, 1, 0) == 0)
        }
        for _ in 0..<3 { shared.workerEnded() }
        #expect(shared.haveAllEnded)
    }
}
