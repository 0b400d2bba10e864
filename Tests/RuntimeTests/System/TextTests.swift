import Foundation
import Testing

@testable import GatewayRuntime

/// Numbers, times and escapes as text, against what Foundation says.
@Suite struct TextTests {
    static let numbers: [UInt] =
        [0, 1, 9, 10, 11, 99, 100, UInt(Int.max), UInt.max - 1, UInt.max]
        + (1...19).flatMap { power in
            let ten = (0..<power).reduce(UInt(1)) { value, _ in value * 10 }
            return [ten - 1, ten, ten + 1]
        }

    @Test func `decimals of every length are right`() {
        for number in Self.numbers {
            #expect(ByteBuffer.text { $0.append(decimal: number) } == "\(number)")
        }
        for number in [0, -1, -10, 7, Int.max, Int.min] {
            #expect(ByteBuffer.text { $0.append(decimal: number) } == "\(number)")
        }
    }

    @Test func `digits are filled up with zeros and cut to the lowest`() {
        #expect(ByteBuffer.text { $0.append(7, digitCount: 3) } == "007")
        #expect(ByteBuffer.text { $0.append(0, digitCount: 1) } == "0")
        #expect(ByteBuffer.text { $0.append(12345, digitCount: 2) } == "45")
        let all = ByteBuffer.text { $0.appendDigits(of: .max, count: 20) }
        #expect(all == "18446744073709551615")
    }

    @Test func `hexadecimals have no leading zeros`() {
        var random = Random(seed: 3)
        let values = [0, 1, 9, 10, 15, 16, 255, 256, 65_535, 1 << 59, 1 << 60, Int.max]
        for value in values + (0..<200).map({ Int(random.next() >> (1 + UInt64($0) % 63)) }) {
            let text = ByteBuffer.text { $0.append(hexadecimal: value) }
            #expect(text == String(value, radix: 16))
        }
    }

    @Test func `eight hexadecimals are always eight`() {
        var random = Random(seed: 4)
        let values: [UInt32] = [0, 9, 10, 0x9abc_def0, 0x0123_4567, .max]
        for value in values + (0..<500).map({ _ in UInt32(truncatingIfNeeded: random.next()) }) {
            let text = ByteBuffer.text { $0.append(hexadecimal8: value) }
            #expect(text == String(format: "%08x", value))
        }
    }

    @Test func `durations are milliseconds with three decimals`() {
        let known: [(UInt64, String)] = [
            (0, "0.000"), (999, "0.000"), (1000, "0.001"), (12_345_678, "12.345"),
            (999_999, "0.999"), (1_000_000, "1.000"), (3_600_000_000_000, "3600000.000"),
        ]
        for (nanoseconds, text) in known {
            #expect(ByteBuffer.text { $0.append(milliseconds: nanoseconds) } == text)
        }
    }

    @Test func `times are those that Foundation writes`() {
        var random = Random(seed: 5)
        let known: [UInt64] = [
            0, 999, 951_782_400_000, 951_868_799_999, 1_705_314_600_123, 4_107_542_399_999,
        ]
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for milliseconds in known + (0..<300).map({ _ in random.next(below: 13_569_465_600_000) }) {
            let text = ByteBuffer.text { $0.append(time: milliseconds) }
            let whole = Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(style)
            let fraction = String(format: ".%03dZ", Int(milliseconds % 1000))
            #expect(text == whole.replacingOccurrences(of: ".000Z", with: fraction))
        }
        #expect(
            ByteBuffer.text { $0.append(time: 1_705_314_600_123) } == "2024-01-15T10:30:00.123Z")
    }

    @Test func `every byte of ASCII is escaped so that JSON gives it back`() throws {
        let bytes = Array(UInt8(0)...127)
        let text = ByteBuffer.text {
            $0.append("[\"")
            $0.append(jsonEscaped: bytes.span)
            $0.append("é€😀\"]")
        }
        let read = try JSONDecoder().decode([String].self, from: Data(text.utf8))
        #expect(read == [String(decoding: bytes, as: UTF8.self) + "é€😀"])
        #expect(
            ByteBuffer.text { $0.append(jsonEscapedText: "a\"b\\c\n\u{7f}") }
                == "a\\\"b\\\\c\\u000a\\u007f")
        #expect(ByteBuffer.text { $0.append(jsonStringOrNull: nil) } == "null")
        #expect(ByteBuffer.text { $0.append(jsonStringOrNull: "ab") } == "\"ab\"")
    }

    @Test(arguments: [
        [0xff], [0x61, 0x80, 0x22], [0xc3], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0x80, 0x0a],
        [0xf4, 0x90, 0x80, 0x80], [0x61, 0xc3, 0xa9, 0xff, 0x5c],
    ])
    func `bytes that are no UTF-8 are replaced, so that JSON stays JSON`(bytes: [UInt8]) throws {
        let text = ByteBuffer.text {
            $0.append("[\"")
            $0.append(jsonEscaped: bytes.span)
            $0.append("\"]")
        }
        let read = try JSONDecoder().decode([String].self, from: Data(text.utf8))
        #expect(read == [String(decoding: bytes, as: UTF8.self)])
        var raw = ByteBuffer()
        raw.append(jsonEscaped: bytes.span)
        #expect(String(validating: raw.array, as: UTF8.self) != nil)
    }

    @Test(arguments: [
        ("plain", "plain"), ("%41%4a%4A", "AJJ"), ("a%2Fb", "a/b"), ("%", "%"), ("%4", "%4"),
        ("%4g%g4%%41", "%4g%g4%A"), ("%c3%bc", "ü"), ("100%25", "100%"), ("%41%", "A%"),
    ])
    func `percent-encodings are read and malformed ones stay`(encoded: String, plain: String) {
        let text = ByteBuffer.text { $0.append(percentDecoded: Array(encoded.utf8).span) }
        #expect(text == plain)
    }
}
