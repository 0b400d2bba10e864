import Testing

@testable import GatewayRuntime

@Suite struct ChunkDecoderTests {
    static let full = Array(
        "5\r\nhello\r\n00A;a=\"b c\"\r\n, 0\r\n\r\nyou\r\n0\r\nT: 1\r\nU:\r\n\r\nGET".utf8)

    @Test func `data, extensions and trailers are told apart, however the body is cut`() {
        let everywhere = DecodedChunks(Self.full, cuts: Array(1..<Self.full.count))
        let boundaries = Set([10, 35])
        #expect(everywhere.boundaries == boundaries)
        for cut in 0..<Self.full.count {
            var decoded = DecodedChunks(Self.full, cuts: [cut])
            #expect(String(decoding: decoded.data, as: UTF8.self) == "hello, 0\r\n\r\nyou")
            #expect(decoded.end == Self.full.count - 3 && decoded.fault == nil)
            #expect(decoded.hasExtension && decoded.hasTrailers)
            #expect(decoded.boundaries == boundaries.union([0]).intersection([cut]))
            decoded.boundaries = boundaries
            #expect(decoded == everywhere)
        }
    }

    static let faults: [(body: String, fault: ChunkFault)] = [
        ("\r\n", .invalidSize), ("+5\r\n", .invalidSize), ("-5\r\n", .invalidSize),
        ("0x5\r\n", .invalidSize), (" 5\r\n", .invalidSize), ("5 \r\n", .invalidSize),
        ("5\t;a\r\n", .invalidSize), ("g\r\n", .invalidSize), (";a\r\n", .invalidSize),
        ("5\u{0}\r\n", .invalidSize), ("\n", .bareLineFeed), ("5\n", .bareLineFeed),
        ("5;a\n", .bareLineFeed), ("5\r5", .bareCarriageReturn), ("5;a\rb", .bareCarriageReturn),
        ("10000000000000000\r\n", .sizeTooLarge), ("8000000000000000\r\n", .sizeTooLarge),
        ("ffffffffffffffff\r\n", .sizeTooLarge), ("00000000000000001\r\n", .sizeTooLarge),
        ("5;a\u{0}\r\n", .invalidExtension), ("5;\u{7f}\r\n", .invalidExtension),
        ("5;" + String(repeating: "a", count: 257), .extensionTooLong),
        ("1\r\nab\r\n", .missingLineEnd), ("1\r\na\n", .missingLineEnd),
        ("1\r\na\ra", .missingLineEnd), ("1\r\na0\r\n\r\n", .missingLineEnd),
        ("0\r\n A: b\r\n", .malformedTrailer(.foldedLine)),
        ("0\r\n: b\r\n", .malformedTrailer(.emptyName)),
        ("0\r\nA : b\r\n", .malformedTrailer(.spaceInName)),
        ("0\r\nA\r\n", .malformedTrailer(.missingColon)),
        ("0\r\nA(: b\r\n", .malformedTrailer(.invalidName)),
        ("0\r\n\n", .malformedTrailer(.bareLineFeed)),
        ("0\r\nA: b\n", .malformedTrailer(.bareLineFeed)),
        ("0\r\nA: \u{0}\r\n", .malformedTrailer(.controlInValue)),
        ("0\r\nA: b\rc", .malformedTrailer(.bareCarriageReturn)),
        ("0\r\n\rc", .malformedTrailer(.bareCarriageReturn)),
        ("0\r\nA: b\r\n\tc\r\n", .malformedTrailer(.foldedLine)),
        ("0\r\n" + String(repeating: "A:\r\n", count: 129), .trailersTooLarge),
        ("0\r\nA:" + String(repeating: "a", count: 8_192), .trailersTooLarge),
    ]

    @Test(arguments: faults)
    func `a fault is found, however the body is cut`(body: String, fault: ChunkFault) {
        let bytes = Array(body.utf8)
        let step = max(1, bytes.count / 64)
        #expect(DecodedChunks(bytes).fault == fault)
        for cut in stride(from: 1, to: bytes.count, by: step) {
            #expect(DecodedChunks(bytes, cuts: [cut]).fault == fault, "cut at \(cut)")
        }
        #expect(DecodedChunks(bytes, cuts: Array(1..<bytes.count)).fault == fault)
        #expect(fault.message.utf8CodeUnitCount > 10)
    }

    @Test(arguments: [
        ("0\r\n\r\n", 5), ("0000000000000000\r\n\r\n", 20),
        ("0;" + String(repeating: "a", count: 256) + "\r\n\r\n", 262),
        ("0\r\n" + String(repeating: "A:\r\n", count: 128) + "\r\n", 517),
    ])
    func `what is as long as its limit is read`(body: String, end: Int) {
        #expect(DecodedChunks(Array(body.utf8)).end == end)
    }

    @Test func `white space after a size is let pass only where that is allowed`() {
        let bytes = Array("5  \r\nhello\r\n0 ;a\r\n\r\n".utf8)
        let decoded = DecodedChunks(bytes, isStrict: false)
        #expect(decoded.end == bytes.count && decoded.data == Array("hello".utf8))
        #expect(DecodedChunks(Array("5 5\r\n".utf8), isStrict: false).fault == .invalidSize)
        #expect(DecodedChunks(Array(" 5\r\n".utf8), isStrict: false).fault == .invalidSize)
    }

    @Test func `the largest size is no overflow`() {
        var decoder = ChunkDecoder(isStrict: true)
        let bytes = Array("7fffffffffffffff\r\nab".utf8)
        #expect(decoder.next(bytes.span, from: 0) == .data(18..<20))
        #expect(decoder.next(bytes.span, from: 20) == .needMore)
    }

    @Test func `an extension is reported until it is asked for`() {
        var decoder = ChunkDecoder(isStrict: true)
        let bytes = Array("1;a\r\nb\r\n1\r\nc\r\n".utf8)
        #expect(decoder.next(bytes.span, from: 0) == .data(5..<6))
        #expect(decoder.hasExtension)
        decoder.hasExtension = false
        #expect(decoder.next(bytes.span, from: 6) == .data(11..<12))
        #expect(!decoder.hasExtension)
    }

    @Test func `random chunks come out as they went in`() {
        var random = Random(seed: 2)
        for _ in 0..<300 {
            var body: [UInt8] = []
            var expected: [UInt8] = []
            for _ in 0..<random.next(below: 6) {
                let data = random.bytes(upTo: 40, from: [0x0d, 0x0a, 0x30]) + [0x0d]
                body +=
                    Array(String(data.count, radix: 16).utf8) + [0x0d, 0x0a] + data + [0x0d, 0x0a]
                expected += data
            }
            body += Array("0\r\n\r\n".utf8)
            let cuts = (0..<3).map { _ in Int(random.next(below: UInt64(body.count))) }.sorted()
            let decoded = DecodedChunks(body, cuts: cuts)
            #expect(decoded.data == expected && decoded.end == body.count)
        }
    }
}
