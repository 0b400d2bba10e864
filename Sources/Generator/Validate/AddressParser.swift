/// Addresses and networks out of text, in their 128-bit form; IPv4 as `::ffff:0:0/96`.
enum AddressParser {
    /// Four decimal numbers without needless zeros; nil where it is no such address.
    static func ipv4(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var value: UInt32 = 0
        for part in parts {
            let isPlain = part.utf8.allSatisfy(\.isDigit) && (part.count == 1 || part.first != "0")
            guard isPlain, let byte = UInt8(part) else { return nil }
            value = value << 8 | UInt32(byte)
        }
        return value
    }

    /// RFC 4291, section 2.2, without zone; nil where it is no such address.
    static func ipv6(_ text: String) -> (high: UInt64, low: UInt64)? {
        guard text.utf8.count <= 45 else { return nil }
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, let left = groups(halves[0]) else { return nil }
        var all = left
        if halves.count == 2 {
            guard let right = groups(halves[1]), left.count + right.count < 8 else { return nil }
            all += Array(repeating: 0, count: 8 - left.count - right.count) + right
        }
        guard all.count == 8 else { return nil }
        let high = all[..<4].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
        let low = all[4...].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
        return (high, low)
    }

    /// The 16-bit groups between single colons; the last may be an IPv4 address.
    private static func groups(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, let address = ipv4(String(part)) {
                groups += [UInt16(address >> 16), UInt16(address & 0xFFFF)]
                continue
            }
            guard (1...4).contains(part.count), part.utf8.allSatisfy(\.isHexDigit),
                let group = UInt16(part, radix: 16)
            else { return nil }
            groups.append(group)
        }
        return groups
    }
}

extension Network {
    /// `10.0.0.0/8`, `fd00::/8`, or one address; nil where it is none of them.
    init?(text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = parts.first.map(String.init) else { return nil }
        let length = parts.count == 2 ? Int(parts[1]) : nil
        if parts.count == 2 {
            guard let length, parts[1].utf8.allSatisfy(\.isDigit), length <= 128 else { return nil }
        }
        if let value = AddressParser.ipv4(address) {
            guard length ?? 32 <= 32 else { return nil }
            self.init(
                high: 0, low: 0xFFFF_0000_0000 | UInt64(value), prefixLength: 96 + (length ?? 32),
                text: text)
        } else if let value = AddressParser.ipv6(address) {
            self.init(high: value.high, low: value.low, prefixLength: length ?? 128, text: text)
        } else {
            return nil
        }
    }

    /// The same network without the bits behind its prefix.
    var masked: Network {
        var network = self
        network.high &= Self.mask(min(64, prefixLength))
        network.low &= Self.mask(max(0, prefixLength - 64))
        return network
    }

    /// The same network as it is written without the bits behind its prefix.
    var canonicalText: String {
        let network = masked
        if network.high == 0, network.low >> 32 == 0xFFFF, prefixLength >= 96 {
            let bytes = [24, 16, 8, 0].map { String(network.low >> UInt64($0) & 0xFF) }
            return bytes.joined(separator: ".") + "/\(prefixLength - 96)"
        }
        var groups = [network.high, network.low].flatMap { half in
            [48, 32, 16, 0].map { String(half >> UInt64($0) & 0xFFFF, radix: 16) }
        }
        while groups.last == "0" { groups.removeLast() }
        let end = groups.count < 7 ? "::" : groups.count == 7 ? ":0" : ""
        return groups.joined(separator: ":") + end + "/\(prefixLength)"
    }

    private static func mask(_ length: Int) -> UInt64 {
        length == 0 ? 0 : UInt64.max << UInt64(64 - length)
    }
}

extension UInt8 {
    var isHexDigit: Bool {
        let lower = self | 0x20
        return isDigit || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f"))
    }
}
