/// Where the breaker of each endpoint stands, an atomic word each.
struct BreakerStates: ~Copyable {
    /// What has changed.
    enum Change {
        case nothing
        case halfOpened
        case opened
        case closed
    }

    private let openMilliseconds: UInt64
    private let trialLimit: UInt64
    private let words: AtomicWords

    init(openMilliseconds: Int, trials: Int, endpointCount: Int) {
        self.openMilliseconds = UInt64(openMilliseconds)
        trialLimit = UInt64(trials)
        words = AtomicWords(count: endpointCount)
    }

    /// Opens it, whatever it was.
    func open(_ endpoint: Int, now: UInt64) {
        _ = change(endpoint) { $0.opened(until: now + openMilliseconds) }
    }

    /// Lets a request through as a trial.
    ///
    /// - Returns: the time that it belongs to; nil: the request goes elsewhere.
    func takeTrial(_ endpoint: Int, now: UInt64) -> (term: UInt8, change: Change)? {
        var change = Change.nothing
        let taken = self.change(endpoint) { word in
            change = .nothing
            switch word.state {
            case .closed:
                return nil
            case .open:
                if now < word.until { return nil }
                change = .halfOpened
                return Word(until: word.until, state: .halfOpen, term: word.term, trials: 1)
            case .halfOpen:
                if word.trials + word.successes >= trialLimit { return nil }
                var next = word
                next.trials += 1
                return next
            }
        }
        return taken.map { (UInt8($0.term), change) }
    }

    /// A trial has ended.
    ///
    /// - Parameters:
    ///   - term: what `takeTrial` gave.
    ///   - isGood: nil: it has told nothing.
    func endTrial(_ endpoint: Int, term: UInt8, isGood: Bool?, now: UInt64) -> Change {
        let ended = change(endpoint) { word in
            guard word.state == .halfOpen, word.term == UInt64(term) else { return nil }
            if isGood == false { return word.opened(until: now + openMilliseconds) }
            var next = word
            next.trials -= 1
            if isGood == true { next.successes += 1 }
            return next.successes >= trialLimit ? Word(state: .closed, term: word.term) : next
        }
        switch ended?.state {
        case .open: return .opened
        case .closed: return .closed
        case .halfOpen, nil: return .nothing
        }
    }

    /// Puts what `next` makes of the word in its place; nil where it leaves it.
    private func change(_ endpoint: Int, _ next: (Word) -> Word?) -> Word? {
        while true {
            let bits = words.load(endpoint)
            guard let new = next(Word(bits: bits)) else { return nil }
            if words.replace(bits, with: new.bits, at: endpoint) { return new }
        }
    }
}

/// A breaker's word, taken apart.
private struct Word {
    enum State: UInt64 {
        case closed, open, halfOpen
    }

    /// Monotonic milliseconds; 38 bits.
    var until: UInt64 = 0
    var state: State
    /// Counts how often it was opened, in 8 bits, so that a late trial of another time is known.
    var term: UInt64
    /// Under way, and ended well; 0…255.
    var trials: UInt64 = 0
    var successes: UInt64 = 0

    func opened(until: UInt64) -> Word {
        Word(until: until, state: .open, term: term + 1 & 0xff)
    }
}

extension Word {
    init(bits: UInt64) {
        until = bits >> 26
        state = State(rawValue: bits >> 24 & 3) ?? .closed
        term = bits >> 16 & 0xff
        trials = bits >> 8 & 0xff
        successes = bits & 0xff
    }

    var bits: UInt64 { until << 26 | state.rawValue << 24 | term << 16 | trials << 8 | successes }
}
