import Testing

@testable import GatewayRuntime

@Suite struct VocabularyTests {
    static let names: [(String, FieldName)] = [
        ("Connection", .connection), ("Keep-Alive", .keepAlive), ("TE", .te), ("Trailer", .trailer),
        ("Transfer-Encoding", .transferEncoding), ("Upgrade", .upgrade), ("Host", .host),
        ("Content-Length", .contentLength), ("Content-Type", .contentType),
        ("Content-Encoding", .contentEncoding), ("Expect", .expect), ("Cookie", .cookie),
        ("Set-Cookie", .setCookie), ("Authorization", .authorization), ("X-Api-Key", .xAPIKey),
        ("api-key", .apiKey), ("Forwarded", .forwarded), ("X-Forwarded-For", .xForwardedFor),
        ("X-Forwarded-Proto", .xForwardedProto), ("X-Forwarded-Host", .xForwardedHost),
        ("Via", .via), ("X-Request-ID", .xRequestID), ("X-Accel-Buffering", .accelBuffering),
        ("Server", .server), ("Date", .date), ("Retry-After", .retryAfter),
        ("Proxy-Authorization", .proxyPrefixed), ("Proxy-", .proxyPrefixed),
        ("proxy-a", .proxyPrefixed), ("Proxy-ab", .proxyPrefixed), ("X-Olla-", .ollaPrefixed),
        ("X-Olla-A", .ollaPrefixed), ("X-Olla-Request-ID", .ollaPrefixed),
        ("x-gateway-destination-endpoint", .steering), ("X-Gateway-", .steering),
        ("X-LLM-D-", .steering), ("x-llm-d-pool", .steering), ("X-Gateway", .other),
        ("X-Gateways-", .other), ("X-LLM-D", .other), ("Proxy", .other), ("", .other),
        ("X-Olla", .other), ("Accept", .other), ("X-Forwarded-Port", .other),
    ]

    func named(_ name: [UInt8]) -> FieldName {
        FieldName.named(name.span)
    }

    @Test func `fields are known by name in any case, and by no other name`() {
        for (name, id) in Self.names {
            for spelling in [name, name.lowercased(), name.uppercased()] {
                #expect(named(Array(spelling.utf8)) == id, "\(spelling)")
            }
            guard id != .other, !["Prefixed", "steering"].contains(where: "\(id)".contains) else {
                continue
            }
            #expect(named(Array((name + "s").utf8)) == .other)
            for index in 0..<name.utf8.count {
                var bytes = Array(name.utf8)
                bytes[index] ^= 0x40
                #expect(named(bytes) == .other)
                bytes[index] ^= 0x40 ^ 0x80
                #expect(named(bytes) == .other)
            }
        }
    }

    @Test func `a dash in a name is nothing but a dash`() {
        #expect(named(Array("content\rlength".utf8)) == .other)
        #expect(named(Array("te\0".utf8)) == .other)
    }

    @Test func `the sets hold what they say`() {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let digits = "0123456789"
        let visible = String(decoding: Array(0x21...0x7e as ClosedRange<UInt8>), as: UTF8.self)
        let sets: [(ByteSet, String)] = [
            (.token, letters + digits + "!#$%&'*+-.^_`|~"),
            (.nameLike, letters + digits + "-"),
            (.segment, letters + digits + "-._~!$&'()*+,;=:@"),
            (.query, visible.filter { $0 != "#" }),
            (.hostName, letters + digits + "-._~"),
            (.authority, letters + digits + "-._~[]:"),
            (.addressLiteral, digits + "abcdefABCDEF:."),
            (.number, digits + "+-.eE"),
            (.boundary, letters + digits + "'()+_,-./:=? "),
        ]
        for (set, members) in sets {
            for byte in 0...255 as ClosedRange<UInt8> {
                #expect(set.contains(byte) == members.utf8.contains(byte), "\(members) \(byte)")
            }
        }
    }

    @Test func `steps of many bytes find what single steps find`() {
        var random = Random(seed: 1)
        for _ in 0..<2_000 {
            let bytes = random.bytes(upTo: 60, from: [0x00, 0x1f, 0x22, 0x5c, 0x7f, 0x80, 0xff])
            let start = Int(random.next(below: UInt64(bytes.count + 1)))
            func first(where holds: (UInt8) -> Bool) -> Int {
                bytes[start...].firstIndex(where: holds) ?? bytes.count
            }
            let control = firstControl(bytes.span, from: start)
            #expect(control == first { $0 < 0x20 || $0 == 0x7f })
            let stop = firstStringStop(bytes.span, from: start)
            #expect(stop == first { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c })
            let unlikeName = firstNotNameLike(bytes.span, from: start)
            #expect(unlikeName == first { !ByteSet.nameLike.contains($0) })
            let quote = firstIndex(of: 0x22, in: bytes.span, from: start)
            #expect(quote == first { $0 == 0x22 })
        }
    }

    @Test func `a run of plain path bytes ends at every byte that is not, and at odd slashes`() {
        var random = Random(seed: 6)
        for _ in 0..<2_000 {
            let bytes = random.bytes(upTo: 60, from: Array("//./-%:\u{0}".utf8))
            let start = Int(random.next(below: UInt64(bytes.count + 1)))
            let stop = firstNotPathLike(bytes.span, from: start)
            let isPlain = bytes[start..<stop].allSatisfy {
                ByteSet.nameLike.contains($0) || $0 == Byte.slash
            }
            let text = String(decoding: bytes[start..<min(stop + 1, bytes.count)], as: UTF8.self)
            #expect(isPlain && !text.dropLast().contains("//") && !text.contains("/."))
            guard stop < bytes.count else { continue }
            #expect(!ByteSet.nameLike.contains(bytes[stop]))
            guard bytes[stop] == Byte.slash, bytes.count - stop > 32 else { continue }
            #expect(bytes[stop + 1] == Byte.slash || bytes[stop + 1] == Byte.dot)
        }
    }

    @Test func `a table of fields gives back what was put in, and is empty when emptied`() {
        var table = FieldTable(capacity: 2)
        let one = Field(name: ByteRange(1, 2), value: ByteRange(3, 9), id: .host)
        table.append(one)
        table.append(Field(name: ByteRange(4, 5), value: ByteRange(6, 6), id: .other))
        #expect(table.count == 2 && table.capacity == 2)
        #expect(table[0].value.range == 3..<9 && table[0].id == .host)
        #expect(table[1].value.isEmpty && table[1].value.end == 6)
        table.removeAll()
        #expect(table.count == 0)
    }
}
