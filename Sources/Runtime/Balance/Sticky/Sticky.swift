import Glibc

extension Balance {
    /// Requests of one conversation go to one endpoint, as long as that has not much more to do
    /// than its share: rendezvous hashing with bounded loads.
    ///
    /// - Parameter header: the field whose value says which requests belong together; where a
    ///   request has none, or for nil, the beginning of its conversation says so.
    public static func sticky(header: StaticString?) -> Balance {
        let name = header.map { "\($0)".utf8.map { $0 | 0x20 } } ?? []
        return Balance(
            countsRequests: true,
            key: { worker, client in worker.stickyKey(client, header: name) },
            opening: { balancer, choice, models in balancer.home(of: choice, models) },
            picking: { balancer, window, models in balancer.pickByKey(window, models) })
    }

    /// How many requests an endpoint may always have under way, whatever its share is.
    static var stickyFloor: Int { 4 }

    /// How many it may have where its weight is `weight` of `weights` and `count` are under way at
    /// all of them, the new one included: its share and a quarter more.
    static func stickyBound(count: Int, weight: Int, of weights: Int) -> Int {
        let (share, whole) = (5 * count * weight, 4 * weights)
        return max((share + whole - 1) / whole, stickyFloor)
    }
}

extension Balancer {
    /// The open place with the highest score that is below its bound; one without a key goes where
    /// there is less to do.
    fileprivate mutating func pickByKey(_ window: Window, _ models: borrowing ModelTable) -> Int {
        if window.key == 0 { return pickLessBusy(window, models) }
        var count = 1
        var weight = 0
        for place in 0..<window.count {
            let endpoint = models[window.candidate(place)].endpoint
            count += loads.inFlight(endpoint)
            weight += weights[endpoint]
        }
        var (bounded, boundedScore) = (-1, 0.0)
        var (best, bestScore) = (window.onlyOpen, -1.0)
        for place in window.openPlaces {
            let endpoint = models[window.candidate(place)].endpoint
            let score = score(of: endpoint, for: window.key)
            if score > bestScore { (best, bestScore) = (place, score) }
            let bound = Balance.stickyBound(count: count, weight: weights[endpoint], of: weight)
            if loads.inFlight(endpoint) < bound && (bounded < 0 || score > boundedScore) {
                (bounded, boundedScore) = (place, score)
            }
        }
        return bounded >= 0 ? bounded : best
    }

    /// Where in its group the endpoint is that a key belongs to.
    fileprivate mutating func home(of choice: Choice, _ models: borrowing ModelTable) -> Int {
        if choice.foundKey == 0 { return random.next(below: choice.groupCount) }
        var (best, bestScore) = (0, -1.0)
        for place in 0..<choice.groupCount {
            let endpoint = models[choice.groupStart + place].endpoint
            let score = score(of: endpoint, for: choice.foundKey)
            if score > bestScore { (best, bestScore) = (place, score) }
        }
        return best
    }

    /// How much an endpoint draws a key to itself: each wins as often as its weight says, and keeps
    /// its keys whoever else comes or leaves.
    private func score(of endpoint: Int, for key: UInt64) -> Double {
        var bits = key ^ nameHashes[endpoint]
        bits = (bits ^ bits >> 33) &* 0xff51_afd7_ed55_8ccd
        bits = (bits ^ bits >> 33) &* 0xc4ce_b9fe_1a85_ec53
        bits ^= bits >> 33
        let uniform = (Double(bits >> 11) + 0.5) * 0x1p-53
        return Double(weights[endpoint]) / -log(uniform)
    }
}
