/// Reads one JSON text (RFC 8259), nested 128 deep at most.
struct JSONReader {
    /// What is not JSON: the offset of the byte that shows it.
    struct Failure: Error, Equatable {
        let byteOffset: Int
    }

    private let bytes: [UInt8]
    private var index = 0
    private static let depthLimit = 128

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The value of a whole text, white space around it allowed.
    static func read(_ bytes: [UInt8]) throws(Failure) -> JSON {
        var reader = JSONReader(bytes)
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.index == bytes.count else { throw reader.failure }
        return value
    }

    private var failure: Failure { Failure(byteOffset: index) }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || (0x09...0x0a).contains(byte) || byte == 0x0d {
            index += 1
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    private mutating func value(depth: Int) throws(Failure) -> JSON {
        skipSpace()
        guard depth < Self.depthLimit else { throw failure }
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ spelling: String, _ value: JSON) throws(Failure) -> JSON {
        guard bytes[index...].starts(with: spelling.utf8) else { throw failure }
        index += spelling.utf8.count
        return value
    }

    private mutating func array(depth: Int) throws(Failure) -> JSON {
        index += 1
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw failure }
        return .array(elements)
    }

    private mutating func object(depth: Int) throws(Failure) -> JSON {
        index += 1
        var members: [JSON.Member] = []
        skipSpace()
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            let name = try string()
            skipSpace()
            guard take(":") else { throw failure }
            members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw failure }
        return .object(members)
    }

    private mutating func number() throws(Failure) -> JSON {
        let start = index
        while let byte = next, Self.numberBytes.contains(byte) { index += 1 }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        // Swift's numbers also begin with a plus sign and JSON's do not.
        guard !text.hasPrefix("+") else { throw Failure(byteOffset: start) }
        if let whole = Int(text) { return .int(whole) }
        guard let real = Double(text) else { throw Failure(byteOffset: start) }
        return .double(real)
    }

    private static let numberBytes = Set("0123456789+-.eE".utf8)

    private mutating func string() throws(Failure) -> String {
        guard take("\"") else { throw failure }
        var text: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                index += 1
                try escape(into: &text)
            case 0..<0x20: throw failure
            default:
                text.append(byte)
                index += 1
            }
        }
        throw failure
    }

    private mutating func escape(into text: inout [UInt8]) throws(Failure) {
        guard let kind = next else { throw failure }
        if kind == UInt8(ascii: "u") {
            index += 1
            text += String(try scalar()).utf8
            return
        }
        guard let plain = Self.escapes[kind] else { throw failure }
        text.append(plain)
        index += 1
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5c, UInt8(ascii: "/"): 0x2f,
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0c, UInt8(ascii: "n"): 0x0a,
        UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09,
    ]

    /// The scalar of `XXXX`, or of `XXXX\uXXXX` for a pair; a lone surrogate is U+FFFD.
    private mutating func scalar() throws(Failure) -> Character {
        let first = try fourDigits()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard bytes[index...].starts(with: #"\u"#.utf8) else { return "\u{fffd}" }
        index += 2
        let second = try fourDigits()
        guard first < 0xdc00, (0xdc00..<0xe000).contains(second) else { return "\u{fffd}" }
        let combined = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
        return Unicode.Scalar(combined).map(Character.init) ?? "\u{fffd}"
    }

    private mutating func fourDigits() throws(Failure) -> UInt32 {
        guard index + 4 <= bytes.count else { throw failure }
        let text = String(decoding: bytes[index..<index + 4], as: UTF8.self)
        guard let code = UInt32(text, radix: 16) else { throw failure }
        index += 4
        return code
    }
}
