import Synchronization
import Testing

@testable import GatewayRuntime

/// Counts how many of its `Counted` are alive.
private final class Census: Sendable {
    let livingCount = Atomic(0)
    var living: Int { livingCount.load(ordering: .relaxed) }
}

/// An owned element that tells its census when it begins and ends.
private struct Counted: ~Copyable {
    let number: Int
    private let census: Census

    init(_ number: Int, _ census: Census) {
        self.number = number
        self.census = census
        census.livingCount.add(1, ordering: .relaxed)
    }

    deinit { census.livingCount.subtract(1, ordering: .relaxed) }
}

@Suite struct SlabTests {
    @Test func `an element is found by its index until it is removed`() {
        let census = Census()
        var slab = Slab<Counted>(capacity: 2)
        let first = slab.insert(Counted(1, census))
        let second = slab.insert(Counted(2, census))
        let numbers = (slab[Int(first.index)].number, slab[Int(second.index)].number)
        #expect(numbers == (1, 2))
        #expect(removedNumber(&slab, first) == 1)
        let state = (slab.holds(first), slab.holds(second), slab.count, census.living)
        #expect(state == (false, true, 1, 1))
        let ids = (slab.id(at: Int(first.index)), slab.id(at: Int(second.index)))
        #expect(ids == (nil, second))
    }

    private func removedNumber(_ slab: inout Slab<Counted>, _ id: SlabID) -> Int {
        slab.remove(id).number
    }

    @Test func `a stale id does not meet the element that follows at its index`() {
        let census = Census()
        var slab = Slab<Counted>(capacity: 1)
        var stale: [SlabID] = []
        for number in 0..<300 {
            let id = slab.insert(Counted(number, census))
            #expect(id.index == 0 && id.generation & 1 == 1)
            let held = stale.contains { slab.holds($0) }
            #expect(!held)
            #expect(removedNumber(&slab, id) == number)
            stale.append(id)
        }
        #expect(census.living == 0)
    }

    @Test func `no id stands for no element`() {
        let census = Census()
        var slab = Slab<Counted>(capacity: 1)
        let before = slab.holds(.none)
        let id = slab.insert(Counted(1, census))
        let after = slab.holds(.none)
        #expect(!before && !after && id != .none)
        let outside = (slab.id(at: 1), slab.holds(SlabID(index: 1, generation: 1)))
        #expect(outside == (nil, false))
    }

    @Test func `growth moves every element and loses none`() {
        let census = Census()
        do {
            var slab = Slab<Counted>(capacity: 1)
            let ids = (0..<1000).map { slab.insert(Counted($0, census)) }
            for (number, id) in ids.enumerated() {
                let found = (slab.holds(id), slab[Int(id.index)].number)
                #expect(found == (true, number))
            }
            let state = (slab.count, slab.indexLimit, census.living)
            #expect(state == (1000, 1000, 1000))
        }
        #expect(census.living == 0)
    }

    @Test func `what lives at the end ends with the slab, and only that`() {
        let census = Census()
        do {
            var slab = Slab<Counted>(capacity: 4)
            let ids = (0..<10).map { slab.insert(Counted($0, census)) }
            for id in ids where id.index % 3 == 0 { _ = slab.remove(id) }
            #expect(census.living == 6)
        }
        #expect(census.living == 0)
    }

    @Test func `a random life holds what a dictionary would`() {
        let census = Census()
        var random = Random(seed: 6)
        var slab = Slab<Counted>(capacity: 2)
        var model: [(id: SlabID, number: Int)] = []
        for number in 0..<5000 {
            if random.next(below: 5) < 3 || model.isEmpty {
                model.append((slab.insert(Counted(number, census)), number))
            } else {
                let place = Int(random.next(below: UInt64(model.count)))
                let (id, expected) = model.remove(at: place)
                #expect(removedNumber(&slab, id) == expected)
                let isHeld = slab.holds(id)
                #expect(!isHeld)
            }
            let state = (slab.count, census.living)
            #expect(state == (model.count, model.count))
        }
        for (id, number) in model {
            let found = slab[Int(id.index)].number
            #expect(found == number)
        }
    }
}

@Suite struct TableTests {
    @Test func `elements are made in order, changed in place and ended once`() {
        let census = Census()
        do {
            var table = Table(count: 5) { Counted($0 * 10, census) }
            let numbers = (0..<5).map { table[$0].number }
            #expect(numbers == [0, 10, 20, 30, 40])
            table[2] = Counted(99, census)
            let state = (table[2].number, table.count, census.living)
            #expect(state == (99, 5, 5))
        }
        #expect(census.living == 0)
    }

    @Test func `an empty table can be made and ended`() {
        let table = Table(count: 0) { $0 }
        let count = table.count
        #expect(count == 0)
    }
}
