/// Deadlines of connections, looked at when their tick comes.
///
/// A connection keeps its own deadline and may move it later at no cost: when the wheel reaches the
/// tick that it knows of, the connection is asked again. Only an earlier deadline moves the entry.
struct TimerWheel: ~Copyable {
    static var tickMilliseconds: UInt64 { 32 }
    private static var slotCount: Int { 1024 }

    private struct Node {
        var token = EventToken(raw: 0)
        /// The tick it waits for; 0: not in the wheel.
        var tick: UInt64 = 0
        var previous: Int32 = -1
        var next: Int32 = -1
    }

    private var nodes: [Node] = []
    private var free: [Int32] = []
    private var slots = [Int32](repeating: -1, count: TimerWheel.slotCount)
    private var waitingCount = 0
    /// The last tick that has been looked at.
    private var current: UInt64
    /// No entry waits for an earlier tick than this.
    private var earliest: UInt64 = .max

    init(nowMilliseconds: UInt64) {
        current = nowMilliseconds / TimerWheel.tickMilliseconds
    }

    /// A new entry; it is told who waits by `name`.
    mutating func add() -> Int32 {
        if let index = free.popLast() {
            nodes[Int(index)] = Node()
            return index
        }
        nodes.append(Node())
        return Int32(nodes.count - 1)
    }

    /// Says whose deadline the entry is.
    mutating func name(_ index: Int32, _ token: EventToken) {
        nodes[Int(index)].token = token
    }

    mutating func remove(_ index: Int32) {
        unlink(index)
        free.append(index)
    }

    /// Makes sure that the entry is looked at by `deadline`, within a tick.
    @inline(__always)
    mutating func arm(_ index: Int32, deadlineMilliseconds deadline: UInt64) {
        let tick = deadline / TimerWheel.tickMilliseconds + 1
        let known = nodes[Int(index)].tick
        if known != 0 && known <= tick { return }
        link(index, tick: tick)
    }

    private mutating func link(_ index: Int32, tick: UInt64) {
        unlink(index)
        let last = current + UInt64(TimerWheel.slotCount) - 1
        let tick = min(max(tick, current + 1), last)
        let slot = Int(tick % UInt64(TimerWheel.slotCount))
        let next = slots[slot]
        nodes[Int(index)].tick = tick
        nodes[Int(index)].previous = -1
        nodes[Int(index)].next = next
        if next >= 0 { nodes[Int(next)].previous = index }
        slots[slot] = index
        waitingCount += 1
        earliest = min(earliest, tick)
    }

    private mutating func unlink(_ index: Int32) {
        let node = nodes[Int(index)]
        if node.tick == 0 { return }
        if node.previous >= 0 {
            nodes[Int(node.previous)].next = node.next
        } else {
            slots[Int(node.tick % UInt64(TimerWheel.slotCount))] = node.next
        }
        if node.next >= 0 { nodes[Int(node.next)].previous = node.previous }
        nodes[Int(index)].tick = 0
        waitingCount -= 1
    }

    /// Takes one entry whose tick has come by `nowMilliseconds`; nil: there is none (left).
    mutating func takeDue(nowMilliseconds: UInt64) -> EventToken? {
        let now = nowMilliseconds / TimerWheel.tickMilliseconds
        if now < earliest {
            current = max(current, now)
            return nil
        }
        while current < now || slots[Int(current % UInt64(TimerWheel.slotCount))] >= 0 {
            let index = slots[Int(current % UInt64(TimerWheel.slotCount))]
            if index >= 0 && nodes[Int(index)].tick <= current {
                unlink(index)
                return nodes[Int(index)].token
            }
            if current >= now { return nil }
            current += 1
        }
        return nil
    }

    /// Milliseconds until the next entry wants to be looked at; -1: there is none.
    mutating func nextTimeoutMilliseconds(nowMilliseconds: UInt64) -> Int {
        if waitingCount == 0 { return -1 }
        if earliest <= current { earliest = nextTick() }
        let due = earliest * TimerWheel.tickMilliseconds
        return due > nowMilliseconds ? Int(due - nowMilliseconds) : 0
    }

    private func nextTick() -> UInt64 {
        var tick = current
        let last = current + UInt64(TimerWheel.slotCount)
        while tick < last && slots[Int(tick % UInt64(TimerWheel.slotCount))] < 0 { tick += 1 }
        return tick
    }
}
