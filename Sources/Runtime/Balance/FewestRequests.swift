extension Balance {
    /// Of two at random the one with fewer requests under way for its weight.
    public static var leastRequests: Balance {
        Balance(countsRequests: true) { balancer, window, models in
            balancer.pickLessBusy(window, models)
        }
    }

    /// Of two at random the one that is expected to begin its answer sooner: the time that it took
    /// lately, once for each request that is under way there.
    public static var latency: Balance {
        Balance(countsRequests: true, measuresLatency: true) { balancer, window, models in
            balancer.pickQuicker(window, models)
        }
    }
}

extension Balancer {
    mutating func pickLessBusy(_ window: Window, _ models: borrowing ModelTable) -> Int {
        guard let (first, second) = twoOpen(window) else { return window.onlyOpen }
        let one = models[window.candidate(first)].endpoint
        let other = models[window.candidate(second)].endpoint
        let load = loads.inFlight(one) * weights[other]
        let otherLoad = loads.inFlight(other) * weights[one]
        if load == otherLoad { return prefers(one, to: other) ? first : second }
        return load < otherLoad ? first : second
    }

    fileprivate mutating func pickQuicker(_ window: Window, _ models: borrowing ModelTable) -> Int {
        guard let (first, second) = twoOpen(window) else { return window.onlyOpen }
        let one = models[window.candidate(first)].endpoint
        let other = models[window.candidate(second)].endpoint
        let cost = cost(one, now: window.now)
        let otherCost = self.cost(other, now: window.now)
        if cost == otherCost { return prefers(one, to: other) ? first : second }
        return cost < otherCost ? first : second
    }

    /// What one more request at the endpoint would have to wait, in relation to others. One of
    /// which nothing is known is asked at once, but not by all at once.
    private func cost(_ endpoint: Int, now: UInt64) -> Double {
        let count = loads.inFlight(endpoint)
        let latency = loads.latency(endpoint)
        if latency.word == 0 { return count == 0 ? 0 : 1e12 * Double(count) }
        return latency.microseconds(now: now) * Double(count + 1) / Double(weights[endpoint])
    }

    /// Whether, between two that are equally well off, it is `one`: as often as its weight says.
    private mutating func prefers(_ one: Int, to other: Int) -> Bool {
        random.next(below: weights[one] + weights[other]) < weights[one]
    }

    /// Two different places that are open, in a random order; nil: only one is.
    private mutating func twoOpen(_ window: Window) -> (Int, Int)? {
        let count = window.open.nonzeroBitCount
        if count == 1 { return nil }
        let first = random.next(below: count)
        var second = random.next(below: count - 1)
        if second >= first { second += 1 }
        return (window.open.place(ofBit: first), window.open.place(ofBit: second))
    }
}

extension Window {
    /// The first place that is open.
    var onlyOpen: Int { open.trailingZeroBitCount }
}

extension UInt64 {
    /// The place of its set bit number `number`, from 0 at the lowest; there has to be one.
    fileprivate func place(ofBit number: Int) -> Int {
        var bits = self
        for _ in 0..<number { bits &= bits - 1 }
        return bits.trailingZeroBitCount
    }
}
