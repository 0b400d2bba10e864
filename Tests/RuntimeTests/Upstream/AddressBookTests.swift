import Testing

@testable import GatewayRuntime

/// The order in which addresses are tried, without a socket.
@Suite struct AddressBookTests {
    private static let mixed = ["10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8::2"]

    private func peers(_ texts: [String]) -> [PeerAddress] {
        texts.compactMap { PeerAddress(text: $0) }
    }

    private func book(_ texts: [String], seed: UInt64 = 0) -> AddressBook {
        var book = AddressBook()
        _ = book.replace(with: peers(texts), port: 80, seed: seed)
        return book
    }

    /// Every address in the order of trial, for one connection.
    private func order(_ book: inout AddressBook, at now: UInt64 = 1000) -> [String] {
        var race = Race()
        var order: [String] = []
        while let place = book.next(&race, nowMilliseconds: now) {
            order.append(book[place].peer.text())
        }
        return order
    }

    @Test func `families take turns and IPv6 begins`() {
        var book = book(Self.mixed)
        let isSix = order(&book).map { $0.contains(":") }
        #expect(isSix == [true, false, true, false])
    }

    @Test func `when one family is at its end the other goes on`() {
        var book = book(["10.0.0.1", "2001:db8::1", "10.0.0.2", "10.0.0.3"])
        let isSix = order(&book).map { $0.contains(":") }
        #expect(isSix == [true, false, false, false])
    }

    @Test(arguments: [1, 2, 3, 7, 64])
    func `connections go round the addresses`(count: Int) {
        var book = book((1...count).map { "10.0.0.\($0)" })
        var firsts: [String] = []
        for _ in 0..<count * 2 { firsts.append(order(&book)[0]) }
        #expect(Set(firsts).count == count && Array(firsts[..<count]) == Array(firsts[count...]))
    }

    @Test func `each address is tried once for a connection`() {
        for seed in 0..<10 as Range<UInt64> {
            var book = book(Self.mixed, seed: seed << 32)
            #expect(order(&book).sorted() == Self.mixed)
        }
    }

    @Test func `an address that has failed is behind the others for half a minute`() throws {
        var book = book(["10.0.0.1", "10.0.0.2", "10.0.0.3"])
        let failed = try #require(PeerAddress(text: "10.0.0.2"))
        book.putBehind(failed, nowMilliseconds: 1000)
        for _ in 0..<6 { #expect(order(&book, at: 30_999).last == "10.0.0.2") }
        let firsts = (0..<3).map { _ in order(&book, at: 31_000)[0] }
        #expect(firsts.contains("10.0.0.2"))
    }

    @Test func `of those that have failed the one that did so first goes first`() throws {
        var book = book(["10.0.0.1", "10.0.0.2", "10.0.0.3"])
        for (index, text) in ["10.0.0.3", "10.0.0.1", "10.0.0.2"].enumerated() {
            let failed = try #require(PeerAddress(text: text))
            book.putBehind(failed, nowMilliseconds: 1000 + UInt64(index))
        }
        #expect(order(&book, at: 2000) == ["10.0.0.3", "10.0.0.1", "10.0.0.2"])
    }

    /// The race of a connection for which every address was tried.
    private func wholeRace(_ book: inout AddressBook) -> Race {
        var race = Race()
        while book.next(&race, nowMilliseconds: 1000) != nil {}
        return race
    }

    @Test func `IPv4 goes first for five minutes once IPv6 was tried in vain`() throws {
        var book = book(["10.0.0.1", "2001:db8::1"])
        let race = wholeRace(&book)
        let four = try #require(PeerAddress(text: "10.0.0.1"))
        book.connected(four, race, nowMilliseconds: 1000)
        #expect(order(&book, at: 300_999)[0] == "10.0.0.1")
        #expect(order(&book, at: 301_000)[0] == "2001:db8::1")
    }

    @Test func `IPv6 goes first again once it has connected`() throws {
        var book = book(["10.0.0.1", "2001:db8::1"])
        let race = wholeRace(&book)
        for text in ["10.0.0.1", "2001:db8::1"] {
            let peer = try #require(PeerAddress(text: text))
            book.connected(peer, race, nowMilliseconds: 1000)
        }
        #expect(order(&book)[0] == "2001:db8::1")
    }

    @Test func `IPv4 that wins untried against IPv6 says nothing of IPv6`() throws {
        var book = book(["10.0.0.1", "2001:db8::1"])
        let four = try #require(PeerAddress(text: "10.0.0.1"))
        book.connected(four, Race(), nowMilliseconds: 1000)
        #expect(order(&book)[0] == "2001:db8::1")
    }

    @Test func `a list that is the same in another order is no news`() {
        var book = book(Self.mixed)
        let generation = book.generation
        let isShorter = book.replace(with: peers(Self.mixed.reversed()), port: 80, seed: 1)
        #expect(!isShorter && book.generation == generation)
    }

    @Test func `what is known of an address stays when others come and go`() throws {
        var book = book(["10.0.0.1", "10.0.0.2"])
        let failed = try #require(PeerAddress(text: "10.0.0.2"))
        book.putBehind(failed, nowMilliseconds: 1000)
        let isShorter = book.replace(
            with: peers(["10.0.0.2", "10.0.0.3"]), port: 80, seed: 1)
        #expect(isShorter && !book.lists(PeerAddress(high: 0, low: 0xffff_0a00_0001)))
        for _ in 0..<3 { #expect(order(&book, at: 2000) == ["10.0.0.3", "10.0.0.2"]) }
    }

    @Test func `a connection that sees a new list begins again with it`() {
        var book = book(["10.0.0.1"])
        var race = Race()
        #expect(book.next(&race, nowMilliseconds: 1) != nil)
        #expect(!book.hasNext(race))
        _ = book.replace(with: peers(["10.0.0.9"]), port: 80, seed: 1)
        #expect(book.hasNext(race))
        let place = book.next(&race, nowMilliseconds: 1)
        #expect(place.map { book[$0].peer.text() } == "10.0.0.9")
        #expect(book.next(&race, nowMilliseconds: 1) == nil)
    }

    @Test func `no more than 64 addresses of a name are kept, each once`() {
        let many = (0..<100).map { "10.0.\($0 % 80).1" }
        var book = book(many)
        #expect(book.count == AddressBook.limit)
        #expect(Set(order(&book)).count == AddressBook.limit)
    }
}
