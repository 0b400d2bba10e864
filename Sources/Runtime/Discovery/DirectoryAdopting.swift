/// Taking over a new directory between two rounds, with exchanges under way.
extension Worker {
    /// Replaces what this worker knows of models by what was published last.
    ///
    /// Exchanges that may still go on to another endpoint keep the list that they walk through: it
    /// is copied behind the new ones, and their place in it moves with it.
    mutating func adoptDirectory() {
        guard let new = shared.directory.value(after: &directoryVersion) else { return }
        var carried: [ModelTable.Candidate] = []
        var places: [Range<Int>: Int] = [:]
        for index in 0..<clients.indexLimit where isChoosing(index) {
            let choice = clients[index].exchange.choice
            let list = choice.groupStart..<choice.end
            let place = places[list] ?? new.candidates.count + carried.count
            if places.updateValue(place, forKey: list) == nil {
                for candidate in list { carried.append(models[candidate]) }
            }
            clients[index].exchange.choice.move(by: place - list.lowerBound)
        }
        models = ModelTable(new, carrying: carried)
        modelIndex = { name in new.index(of: name) }
        directory = new
    }

    private func isChoosing(_ index: Int) -> Bool {
        guard clients.id(at: index) != nil, clients[index].exchange.serial != 0 else {
            return false
        }
        return clients[index].exchange.model >= 0 && !clients[index].exchange.isAnswered
            && clients[index].exchange.choice.groupStart < clients[index].exchange.choice.end
    }
}

extension Choice {
    fileprivate mutating func move(by distance: Int) {
        end += distance
        groupStart += distance
        candidate += distance
        if spare >= 0 { spare += distance }
    }
}
