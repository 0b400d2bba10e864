import Testing

@testable import GatewayRuntime

/// A wheel with its users: each keeps its own deadline, as connections do.
private struct Clockwork: ~Copyable {
    var wheel: TimerWheel
    var now: UInt64
    /// The deadline of each entry; 0: none.
    var deadlines: [Int32: UInt64] = [:]
    var fired: [(entry: Int32, at: UInt64)] = []
    /// How often an entry was looked at before its deadline.
    var earlyLooks = 0

    init(now: UInt64 = 1_000_000) {
        self.now = now
        wheel = TimerWheel(nowMilliseconds: now)
    }

    mutating func add() -> Int32 {
        let entry = wheel.add()
        wheel.name(entry, EventToken(raw: UInt64(UInt32(bitPattern: entry))))
        deadlines[entry] = 0
        return entry
    }

    mutating func arm(_ entry: Int32, in milliseconds: UInt64) {
        deadlines[entry] = now + milliseconds
        wheel.arm(entry, deadlineMilliseconds: now + milliseconds)
    }

    mutating func remove(_ entry: Int32) {
        wheel.remove(entry)
        deadlines[entry] = nil
    }

    /// Sets the clock and takes what is due, asking again for what was looked at too soon.
    mutating func turn(to time: UInt64) {
        now = time
        while let token = wheel.takeDue(nowMilliseconds: now) {
            let entry = token.descriptor
            guard let deadline = deadlines[entry], deadline != 0 else { continue }
            if deadline > now {
                earlyLooks += 1
                wheel.arm(entry, deadlineMilliseconds: deadline)
            } else {
                fired.append((entry, now))
                deadlines[entry] = 0
            }
        }
    }

    /// Sleeps as a worker does, from one wish of the wheel to the next.
    mutating func run(until end: UInt64) {
        while now < end {
            let wish = wheel.nextTimeoutMilliseconds(nowMilliseconds: now)
            turn(to: wish < 0 ? end : min(now + UInt64(max(wish, 1)), end))
        }
    }
}

@Suite struct TimerWheelTests {
    private static var slack: UInt64 { 2 * TimerWheel.tickMilliseconds }

    @Test func `an empty wheel wants no time`() {
        var clock = Clockwork()
        let wish = clock.wheel.nextTimeoutMilliseconds(nowMilliseconds: clock.now)
        #expect(wish == -1)
        clock.turn(to: clock.now + 1_000_000)
        #expect(clock.fired.isEmpty)
    }

    @Test(arguments: [0, 1, 31, 32, 33, 100, 1000, 32_735, 32_736, 32_768, 40_000, 300_000])
    func `a deadline is never early and at most two ticks late`(milliseconds: UInt64) {
        for offset in UInt64(0)..<40 {
            var clock = Clockwork(now: 5_000_000 + offset)
            let entry = clock.add()
            let deadline = clock.now + milliseconds
            clock.arm(entry, in: milliseconds)
            clock.run(until: deadline + 10_000)
            #expect(clock.fired.count == 1)
            let lateness = (clock.fired.first?.at ?? 0) &- deadline
            #expect(lateness <= Self.slack, "\(lateness) ms late")
        }
    }

    @Test func `a later deadline costs nothing until the first one comes`() {
        var clock = Clockwork()
        let entry = clock.add()
        let start = clock.now
        clock.arm(entry, in: 100)
        for _ in 0..<50 { clock.arm(entry, in: 5000) }
        clock.run(until: start + 4999)
        #expect(clock.earlyLooks == 1 && clock.fired.isEmpty)
        clock.run(until: start + 5000 + Self.slack)
        #expect(clock.fired.count == 1)
    }

    @Test func `an earlier deadline moves the entry`() {
        var clock = Clockwork()
        let entry = clock.add()
        let start = clock.now
        clock.arm(entry, in: 20_000)
        clock.arm(entry, in: 200)
        clock.run(until: start + 200 + Self.slack)
        #expect(clock.fired.count == 1)
        clock.run(until: start + 30_000)
        #expect(clock.fired.count == 1)
    }

    @Test func `a removed entry is not heard of again and its place is used`() {
        var clock = Clockwork()
        let entries = (0..<3).map { _ in clock.add() }
        for entry in entries { clock.arm(entry, in: 100) }
        clock.remove(entries[1])
        let next = clock.add()
        #expect(next == entries[1])
        clock.run(until: clock.now + 1000)
        #expect(Set(clock.fired.map(\.entry)) == [entries[0], entries[2]])
        let wish = clock.wheel.nextTimeoutMilliseconds(nowMilliseconds: clock.now)
        #expect(wish == -1)
    }

    @Test func `a long sleep loses nothing`() {
        var clock = Clockwork()
        let entries = (0..<100).map { _ in clock.add() }
        for (number, entry) in entries.enumerated() { clock.arm(entry, in: UInt64(number) * 700) }
        clock.turn(to: clock.now + 86_400_000)
        #expect(Set(clock.fired.map(\.entry)) == Set(entries))
        #expect(clock.fired.count == 100)
        clock.arm(entries[7], in: 500)
        clock.run(until: clock.now + 500 + Self.slack)
        #expect(clock.fired.count == 101)
    }

    @Test(arguments: UInt64(1)...6)
    func `a random life fires what a list of deadlines would`(seed: UInt64) {
        var random = Random(seed: seed)
        var clock = Clockwork(now: 1_000_000 + random.next(below: 1000))
        var entries: [Int32] = []
        for _ in 0..<3000 {
            switch random.next(below: 8) {
            case 0, 1: entries.append(clock.add())
            case 2 where !entries.isEmpty:
                clock.remove(entries.remove(at: Int(random.next(below: UInt64(entries.count)))))
            case 3...5 where !entries.isEmpty:
                let entry = entries[Int(random.next(below: UInt64(entries.count)))]
                let longest: UInt64 = random.next(below: 4) == 0 ? 100_000 : 2000
                clock.arm(entry, in: random.next(below: longest))
            default:
                step(&clock, by: random.next(below: random.next(below: 20) == 0 ? 50_000 : 300))
            }
        }
        let waiting = clock.deadlines.values.filter { $0 != 0 }.count
        let before = clock.fired.count
        clock.run(until: clock.now + 100_000 + Self.slack)
        #expect(clock.fired.count == before + waiting)
    }

    /// Lets time pass and checks each deadline against the clock, one by one.
    private func step(_ clock: inout Clockwork, by milliseconds: UInt64) {
        let known = clock.deadlines
        let before = clock.fired.count
        let end = clock.now + milliseconds
        clock.run(until: end)
        let fired = clock.fired[before...]
        #expect(Set(fired.map(\.entry)).count == fired.count)
        for (entry, at) in fired {
            let deadline = known[entry] ?? .max
            #expect(deadline != 0 && at >= deadline && at <= deadline + Self.slack)
        }
        let firedEntries = Set(fired.map(\.entry))
        for (entry, deadline) in known where deadline != 0 && deadline + Self.slack <= end {
            #expect(firedEntries.contains(entry), "a deadline was missed")
        }
    }
}
