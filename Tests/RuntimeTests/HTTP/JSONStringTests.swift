import Testing

@testable import GatewayRuntime

@Suite struct JSONStringTests {
    static func decoded(_ raw: String) -> String? {
        var text: [UInt8] = []
        guard decodeJSONString(Array(raw.utf8).span, into: &text) else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    static func encoded(_ bytes: [UInt8]) -> String {
        var json: [UInt8] = []
        appendJSONString(bytes.span, to: &json)
        return String(decoding: json, as: UTF8.self)
    }

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("\\\"\\\\\\/", "\"\\/"),
        ("\\b\\f\\n\\r\\t", "\u{8}\u{c}\n\r\t"), ("\\u0041\\u00E9\\u20ac", "A\u{e9}\u{20ac}"),
        ("\\ud83d\\uDE00!", "\u{1f600}!"), ("\\uFFFF", "\u{ffff}"), ("\u{e9}", "\u{e9}"),
        ("\\udbff\\udfff", "\u{10ffff}"),
    ])
    func `escapes mean what they stand for`(raw: String, text: String) {
        #expect(Self.decoded(raw) == text)
    }

    @Test(arguments: [
        "\\", "\\x", "\\u", "\\u12", "\\u12g4", "\\ud83d", "\\ud83dx", "\\ud83d\\n", "\\ude00",
        "\\ud83d\\ud83d", "\\ud83d\\u0041", "a\"b", "a\nb", "\\U0041", "\\u+041",
    ])
    func `malformed contents mean nothing`(raw: String) {
        #expect(Self.decoded(raw) == nil)
    }

    @Test func `what is written reads back, and is plain where it can be`() {
        #expect(
            Self.encoded(Array("a\"b\\c\n\r\t/\u{e9}\u{1f600}".utf8))
                == "a\\\"b\\\\c\\n\\r\\t/\u{e9}\u{1f600}")
        #expect(Self.encoded([0x00, 0x1f, 0x7f]) == "\\u0000\\u001f\\u007f")
        for scalar in [
            0...0x7ff, 0xd700...0xd7ff, 0xe000...0xe100, 0xff00...0x10100, 0x10ff00...0x10ffff,
        ] as [ClosedRange<UInt32>] {
            let text = String(String.UnicodeScalarView(scalar.compactMap(Unicode.Scalar.init)))
            #expect(Self.decoded(Self.encoded(Array(text.utf8))) == text)
        }
    }

    @Test func `bytes that are no UTF-8 are replaced`() {
        let cases: [[UInt8]] = [
            [0x80], [0xff], [0xc0, 0x80], [0xc3], [0xc3, 0x28], [0xe0, 0x80, 0x80],
            [0xed, 0xa0, 0x80],
            [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80], [0x61, 0xc3, 0xa9, 0xff],
        ]
        for bytes in cases {
            #expect(Self.encoded(bytes) == String(decoding: bytes, as: UTF8.self))
        }
    }
}
