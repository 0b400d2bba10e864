/// The candidates of every model, laid out for a worker.
struct ModelTable: ~Copyable {
    /// An endpoint that serves a model, and what it calls the model.
    struct Candidate {
        let endpoint: Int
        let upstreamName: StaticString?
        /// How many of the model's candidates from this one on share its priority.
        let groupCount: Int
    }

    private let starts: Table<Int>
    private let candidates: Table<Candidate>

    init(_ directory: ModelDirectory, priorities: [Int]) {
        let names = directory.upstreamNames
        let words = directory.candidates
        starts = Table(count: directory.candidateStarts.count) { index in
            Int(directory.candidateStarts[index])
        }
        let groups = ModelTable.groupCounts(directory, priorities: priorities)
        candidates = Table(count: words.count) { index in
            let name = Int(words[index] >> 16)
            return Candidate(
                endpoint: Int(words[index] & 0xffff),
                upstreamName: name == 0 ? nil : names[name - 1], groupCount: groups[index])
        }
    }

    /// - Parameter carried: lists that are walked through still, behind the directory's own.
    init(_ directory: DiscoveredDirectory, carrying carried: [Candidate]) {
        let known = directory.candidates
        starts = Table(count: directory.starts.count) { index in directory.starts[index] }
        candidates = Table(count: known.count + carried.count) { index in
            index < known.count ? known[index] : carried[index - known.count]
        }
    }

    /// For each candidate, how many from it on share its priority.
    private static func groupCounts(_ directory: ModelDirectory, priorities: [Int]) -> [Int] {
        var counts = [Int](repeating: 1, count: directory.candidates.count)
        for entry in 0..<directory.candidateStarts.count - 1 {
            let range = directory.candidateStarts[entry]..<directory.candidateStarts[entry + 1]
            for index in range.dropLast().reversed().map(Int.init) {
                let here = priorities[Int(directory.candidates[index] & 0xffff)]
                let next = priorities[Int(directory.candidates[index + 1] & 0xffff)]
                if here == next { counts[index] += counts[index + 1] }
            }
        }
        return counts
    }

    subscript(index: Int) -> Candidate { candidates[index] }

    var count: Int { candidates.count }

    /// The walk's beginning for entry `model`, before its first step.
    func firstChoice(of model: Int) -> Choice {
        let (start, end) = (starts[model], starts[model + 1])
        return Choice(end: end, groupStart: start, candidateCount: end - start)
    }
}

extension Worker {
    /// Takes the next endpoint that may serve the exchange, room in its rate limit, and a place at
    /// it; nil: none is left to try.
    mutating func nextEndpoint(_ index: Int) -> Int? {
        var choice = clients[index].exchange.choice
        let turn = clients[index].exchange.serial
        while step(&choice, index, turn: turn) {
            let endpoint = models[choice.candidate].endpoint
            if watchesStandings && isPassedOver(index, endpoint, &choice) { continue }
            if endpoints[endpoint].asksFirst && !mayServe(index, at: endpoint) { continue }
            choice.attempts += 1
            clients[index].exchange.choice = choice
            return endpoint
        }
        return watchesStandings ? lastResort(index, choice) : nil
    }

    /// Whether the walk has a step left; takes none.
    func hasFurther(_ choice: Choice) -> Bool {
        if gateway.retry.attempts > 0 && choice.attempts >= gateway.retry.attempts { return false }
        return choice.triedInGroup < choice.groupCount
            || choice.groupStart + choice.groupCount < choice.end
    }

    /// One step of the walk; where nothing balances, `turn` says where a group is begun.
    private mutating func step(_ choice: inout Choice, _ index: Int, turn: UInt64) -> Bool {
        if gateway.retry.attempts > 0 && choice.attempts >= gateway.retry.attempts { return false }
        if choice.triedInGroup == choice.groupCount {
            if choice.groupStart + choice.groupCount >= choice.end { return false }
            choice.groupStart += choice.groupCount
            choice.groupCount = models[choice.groupStart].groupCount
            choice.offset = choice.groupCount == 1 ? 0 : Int(turn % UInt64(choice.groupCount))
            choice.triedInGroup = 0
        }
        if choice.groupCount > 1, let rule = gateway.balance?.rule {
            balance(&choice, index, by: rule)
            choice.triedInGroup += 1
            return true
        }
        var place = choice.offset + choice.triedInGroup
        if place >= choice.groupCount { place -= choice.groupCount }
        choice.candidate = choice.groupStart + place
        choice.triedInGroup += 1
        return true
    }
}
