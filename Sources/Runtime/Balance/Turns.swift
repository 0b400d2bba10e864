extension Balance {
    /// One after the other; who goes on from one that failed goes to any other.
    public static var roundRobin: Balance {
        Balance(
            countsRequests: false,
            opening: { balancer, choice, _ in balancer.turn(of: choice.groupStart) },
            picking: { balancer, window, models in
                if !window.isFirst { return balancer.pickByWeight(window, models, isEven: true) }
                return balancer.pickNext(window)
            })
    }

    /// One after the other as often as weights say, each as evenly as can be.
    public static var weighted: Balance {
        Balance(countsRequests: false) { balancer, window, models in
            if !window.isFirst { return balancer.pickByWeight(window, models, isEven: false) }
            return balancer.pickSmoothly(window, models)
        }
    }
}

extension Balancer {
    fileprivate func turn(of group: Int) -> Int { turns.words[Int(turns.starts[group])] }

    fileprivate mutating func pickNext(_ window: Window) -> Int {
        let word = Int(turns.starts[window.groupStart])
        let turn = turns.words[word]
        turns.words[word] = turn + 1 == window.groupCount ? 0 : turn + 1
        return window.groupCount <= Window.limit ? turn : 0
    }

    /// Smooth weighted round robin: each has a credit, which grows by its weight with every choice;
    /// who has most is chosen and pays what all of them have gained.
    fileprivate mutating func pickSmoothly(
        _ window: Window, _ models: borrowing ModelTable
    ) -> Int {
        let word = Int(turns.starts[window.groupStart])
        var total = 0
        var best = 0
        var bestWord = -1
        for place in 0..<window.count {
            let candidate = window.candidate(place)
            let weight = weights[models[candidate].endpoint]
            let own = word + candidate - window.groupStart
            total += weight
            turns.words[own] += weight
            if bestWord < 0 || turns.words[own] > turns.words[bestWord] {
                (best, bestWord) = (place, own)
            }
        }
        turns.words[bestWord] -= total
        return best
    }

    /// One of the open places at random, each as likely as its weight says, or all alike.
    fileprivate mutating func pickByWeight(
        _ window: Window, _ models: borrowing ModelTable, isEven: Bool
    ) -> Int {
        var total = 0
        for place in window.openPlaces {
            total += isEven ? 1 : weights[models[window.candidate(place)].endpoint]
        }
        var rest = random.next(below: total)
        for place in window.openPlaces {
            rest -= isEven ? 1 : weights[models[window.candidate(place)].endpoint]
            if rest < 0 { return place }
        }
        return window.onlyOpen
    }
}

extension Window {
    /// The places that are open, in their order.
    var openPlaces: some Sequence<Int> {
        sequence(state: open) { bits in
            if bits == 0 { return nil }
            defer { bits &= bits - 1 }
            return bits.trailingZeroBitCount
        }
    }
}
