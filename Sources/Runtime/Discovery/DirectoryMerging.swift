extension DiscoveredDirectory {
    /// Puts together what the YAML and the lists say.
    ///
    /// - Complexity: O(n log n) in the models of all endpoints.
    convenience init(_ lists: DiscoveredLists) {
        var merge = DirectoryMerge(lists.gateway)
        for (endpoint, list) in lists.lists.sorted(by: { $0.key < $1.key }) {
            for model in list.models { merge.add(model, at: endpoint) }
        }
        merge.sortEntries()
        let aliases = merge.addAliases()
        let listing = DirectoryListing(merge, aliases: aliases)
        let priorities = lists.gateway.endpoints.map(\.priority)
        var starts = [0]
        var candidates: [ModelTable.Candidate] = []
        for places in merge.entries {
            candidates += ModelTable.Candidate.list(places, priorities: priorities)
            starts.append(candidates.count)
        }
        self.init(
            starts: starts, candidates: candidates, list: listing.text, objects: listing.objects,
            isFirstRoundOver: !lists.isFirstRound, names: merge.nameIndex)
    }
}

extension DirectoryMerge {
    init(_ gateway: CompiledGateway) {
        let models = gateway.models
        self.gateway = gateway
        compiledCount = models.candidateStarts.count - 1
        namedCount = models.objectRanges.count / 2
        let order = gateway.endpoints.indices.sorted { left, right in
            let (one, other) = (gateway.endpoints[left], gateway.endpoints[right])
            return one.priority != other.priority ? one.priority > other.priority : left < right
        }
        var ranks = [Int](repeating: 0, count: order.count)
        for (rank, endpoint) in order.enumerated() { ranks[endpoint] = rank }
        self.ranks = ranks
        aliasNames = Set((gateway.discovery?.aliases ?? []).map { Array("\($0.name)".utf8) })
        entries = (0..<compiledCount).map { entry in
            let range = models.candidateStarts[entry]..<models.candidateStarts[entry + 1]
            return range.map { place in
                let word = models.candidates[Int(place)]
                let name = Int(word >> 16)
                return Place(
                    endpoint: Int(word & 0xffff),
                    upstreamName: name == 0 ? nil : models.upstreamNames[name - 1])
            }
        }
    }

    /// Adds an endpoint to a model's entry, or a new entry. An alias keeps its name to itself.
    mutating func add(_ model: DiscoveredModel, at endpoint: Int) {
        if aliasNames.contains(model.name) { return }
        let place = Place(endpoint: endpoint, upstreamName: nil)
        if let named = namedIndex(model.name) {
            if !entries[named].contains(where: { $0.endpoint == endpoint }) {
                entries[named].append(place)
            }
        } else if let extra = extraIndexes[model.name] {
            entries[compiledCount + extra].append(place)
        } else {
            append(Extra(model: model, root: model.name, endpoint: endpoint), at: [place])
        }
    }

    mutating func sortEntries() {
        for index in entries.indices { sort(&entries[index]) }
    }

    /// Gives each alias the endpoints that have one of its targets now.
    ///
    /// - Returns: the entries of those that have any, in their order.
    mutating func addAliases() -> [Int] {
        let aliases = gateway.discovery?.aliases ?? []
        let places = aliases.map(places(of:))
        var found: [Int] = []
        for (alias, places) in zip(aliases, places) where !places.isEmpty {
            let name = Array("\(alias.name)".utf8)
            if let named = namedIndex(name) {
                entries[named] = places
                found.append(named)
            } else {
                found.append(compiledCount + extras.count)
                append(aliasExtra(name, of: alias, at: places), at: places)
            }
        }
        return found
    }

    private mutating func append(_ extra: Extra, at places: [Place]) {
        extraIndexes[extra.model.name] = extras.count
        extras.append(extra)
        entries.append(places)
    }

    /// An alias's endpoints, each with the first of the targets that it has.
    private func places(of alias: DiscoveredAlias) -> [Place] {
        var places: [Place] = []
        var known: Set<Int> = []
        for target in alias.targets {
            for place in self.places(of: target) where known.insert(place.endpoint).inserted {
                places.append(
                    Place(
                        endpoint: place.endpoint, upstreamName: place.upstreamName ?? target))
            }
        }
        sort(&places)
        return places
    }

    /// Who has the model, by the first level that matches.
    private func places(of target: StaticString) -> [Place] {
        let name = Array("\(target)".utf8)
        let compiled = gateway.models.index(name.span)
        if let compiled, compiled < namedCount { return entries[compiled] }
        if let extra = extraIndexes[name] { return entries[compiledCount + extra] }
        return compiled.map { entries[$0] } ?? []
    }

    private func aliasExtra(_ name: [UInt8], of alias: DiscoveredAlias, at places: [Place]) -> Extra
    {
        let root = Array("\(alias.targets[0])".utf8)
        var model = DiscoveredModel(name: name, created: 0, owner: Array("openai".utf8))
        if let extra = extraIndexes[root] {
            model.created = extras[extra].model.created
            model.owner = extras[extra].model.owner
        }
        return Extra(model: model, root: root, endpoint: nil)
    }

    /// Finds exact names, compiled or discovered, before patterns and what nothing lists.
    fileprivate var nameIndex: DiscoveredDirectory.NameIndex {
        let compiled = gateway.models.index
        let (compiledCount, namedCount) = (compiledCount, namedCount)
        let discovered = NameTable(extras.map(\.model.name))
        return { name in
            let index = compiled(name)
            if let index, index < namedCount { return index }
            return discovered.index(of: name).map { compiledCount + $0 } ?? index
        }
    }

    /// The entry of a name, not of a pattern, that the YAML has.
    func namedIndex(_ name: [UInt8]) -> Int? {
        guard let index = gateway.models.index(name.span), index < namedCount else { return nil }
        return index
    }

    private func sort(_ places: inout [Place]) {
        places.sort { ranks[$0.endpoint] < ranks[$1.endpoint] }
    }
}

extension ModelTable.Candidate {
    /// Endpoints in the order of trial, each knowing how many from it on share its priority.
    fileprivate static func list(
        _ places: [DirectoryMerge.Place], priorities: [Int]
    ) -> [ModelTable.Candidate] {
        var list: [ModelTable.Candidate] = []
        var groupCount = 0
        var priority = 0
        for place in places.reversed() {
            groupCount = priorities[place.endpoint] == priority ? groupCount + 1 : 1
            priority = priorities[place.endpoint]
            list.append(
                ModelTable.Candidate(
                    endpoint: place.endpoint, upstreamName: place.upstreamName,
                    groupCount: groupCount))
        }
        return list.reversed()
    }
}
