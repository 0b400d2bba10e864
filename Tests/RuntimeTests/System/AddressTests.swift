import Testing

@testable import GatewayRuntime

@Suite struct AddressTests {
    @Test(arguments: [
        "127.0.0.1", "0.0.0.0", "255.255.255.255", "10.1.2.3", "::1", "::", "2001:db8::1",
        "fe80::1:2:3:4", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8:0:1::",
    ])
    func `an address is written as it was read`(text: String) throws {
        #expect(try #require(PeerAddress(text: text)).text() == text)
    }

    @Test(arguments: [
        "", "localhost", "127.1", "1.2.3", "1.2.3.256", "1.2.3.4 ", " 1.2.3.4", "01.2.3.4",
        "1.2.3.4:80", "[::1]", "::1%lo", ":::", "1::2::3", "12345::", "::g",
    ])
    func `what is no address is refused`(text: String) {
        #expect(PeerAddress(text: text) == nil)
        #expect(SocketAddress(text: text, port: 1) == nil)
    }

    @Test func `the halves are in host order`() throws {
        let six = try #require(PeerAddress(text: "2001:db8::a:b"))
        #expect(six.high == 0x2001_0db8_0000_0000 && six.low == 0x000a_000b)
        let four = try #require(PeerAddress(text: "1.2.3.4"))
        #expect(four.high == 0 && four.low == 0xffff_0102_0304 && four.isIPv4)
        #expect(four.bytes() == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 1, 2, 3, 4])
        #expect(PeerAddress(networkOrder: six.bytes()) == six)
    }

    @Test func `a mapped address is the IPv4 address that it maps`() {
        #expect(PeerAddress(text: "::ffff:1.2.3.4") == PeerAddress(text: "1.2.3.4"))
        #expect(PeerAddress(text: "::ffff:1.2.3.4")?.text() == "1.2.3.4")
        #expect(PeerAddress(text: "::1.2.3.4")?.isIPv4 == false)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true), ("::ffff:127.1.1.1", true),
        ("126.255.255.255", false), ("128.0.0.1", false), ("::", false), ("::2", false),
        ("::127.0.0.1", false), ("1::1", false),
    ])
    func `loopback is told from the rest`(text: String, isLoopback: Bool) {
        #expect(PeerAddress(text: text)?.isLoopback == isLoopback)
        #expect(PeerAddress.local.isLoopback)
    }

    /// A network and addresses that are, and are not, inside.
    private struct Example {
        let network: Network
        let inside: [String]
        let outside: [String]
    }

    private static let examples = [
        Example(
            network: Network(10, 0, 0, 0, prefixLength: 8),
            inside: ["10.0.0.0", "10.255.255.255", "::ffff:10.1.1.1"],
            outside: ["9.255.255.255", "11.0.0.0", "::10.0.0.1", "::a00:1"]),
        Example(
            network: Network(192, 168, 1, 7, prefixLength: 32), inside: ["192.168.1.7"],
            outside: ["192.168.1.6", "192.168.1.8"]),
        Example(
            network: Network(0, 0, 0, 0, prefixLength: 0), inside: ["0.0.0.0", "255.1.1.1"],
            outside: ["::1", "2001:db8::1", "::fffe:1.2.3.4"]),
        Example(
            network: Network(high: 0, low: 0, prefixLength: 0),
            inside: ["::1", "ffff::", "1.2.3.4"], outside: []),
        Example(
            network: Network(high: 0x2001_0db8_0000_0001, low: 5, prefixLength: 128),
            inside: ["2001:db8:0:1::5"], outside: ["2001:db8:0:1::4", "2001:db8::5"]),
        Example(
            network: Network(high: 0x2001_0db8_0000_0001, low: 0, prefixLength: 64),
            inside: ["2001:db8:0:1::", "2001:db8:0:1:ffff::9"],
            outside: ["2001:db8::", "2001:db8:0:2::"]),
        Example(
            network: Network(high: 0xfd00_0000_0000_0000, low: 0, prefixLength: 8),
            inside: ["fd00::1", "fdff:1::"], outside: ["fc00::1", "fe00::", "10.0.0.1"]),
        Example(
            network: Network(high: 1, low: 1 << 63, prefixLength: 65),
            inside: ["0:0:0:1:8000::", "0:0:0:1:ffff::1"], outside: ["0:0:0:1:7fff::", "::8000:0"]),
    ]

    @Test(arguments: examples.indices)
    func `a network holds its addresses and no others`(at index: Int) throws {
        let example = Self.examples[index]
        for text in example.inside {
            #expect(try #require(PeerAddress(text: text)).isInside(example.network), "\(text)")
        }
        for text in example.outside {
            #expect(try #require(PeerAddress(text: text)).isInside(example.network) == false)
        }
    }

    @Test func `every prefix length agrees with comparing bit by bit`() {
        var random = Random(seed: 8)
        for _ in 0..<200 {
            let network = (high: random.next(), low: random.next())
            let length = Int(random.next(below: 129))
            let shared = Int(random.next(below: 129))
            let flip: UInt64 = shared >= 128 ? 0 : 1 << UInt64(63 - shared % 64)
            let address = PeerAddress(
                high: shared < 64 ? network.high ^ flip : network.high,
                low: shared >= 64 ? network.low ^ flip : network.low)
            let block = Network(high: network.high, low: network.low, prefixLength: length)
            #expect(address.isInside(block) == (length <= shared), "\(length) of \(shared)")
        }
    }

    @Test func `the path of a socket file has 1 to 107 bytes`() {
        #expect(SocketAddress(text: "unix:/tmp/a", port: 0)?.isUnix == true)
        #expect(SocketAddress(unixPath: String(repeating: "a", count: 107)) != nil)
        #expect(SocketAddress(unixPath: String(repeating: "a", count: 108)) == nil)
        #expect(SocketAddress(text: "unix:", port: 0) == nil)
    }
}

@Suite struct RandomTests {
    @Test func `numbers do not repeat, within a life and across lives`() {
        var seen: Set<UInt64> = []
        for _ in 0..<50 {
            var random = GatewayRuntime.Random()
            for _ in 0..<100 { seen.insert(random.next()) }
        }
        #expect(seen.count == 5000)
    }

    @Test func `every bit is set about half of the time`() {
        var random = GatewayRuntime.Random()
        var counts = [Int](repeating: 0, count: 64)
        for _ in 0..<4000 {
            let number = random.next()
            for bit in 0..<64 where number >> UInt64(bit) & 1 == 1 { counts[bit] += 1 }
        }
        #expect(counts.allSatisfy { (1700...2300).contains($0) })
    }
}
