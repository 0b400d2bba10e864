@testable import GatewayRuntime

/// What `ModelScanner` should say, found the slow and plain way: a recursive reader of whole
/// bodies.
struct NaiveJSON {
    private let bytes: [UInt8]
    private var index = 0
    private var value: Range<Int>?

    private struct Stop: Error {
        let outcome: ModelOutcome
    }

    /// The outcome of a body, and where its model's value stands.
    static func model(in bytes: [UInt8]) -> (outcome: ModelOutcome, value: Range<Int>?) {
        var reader = NaiveJSON(bytes: bytes)
        do {
            reader.skipSpace()
            guard reader.peek() == UInt8(ascii: "{") else { throw Stop(outcome: .malformed) }
            try reader.readObject(depth: 1)
            reader.skipSpace()
            guard reader.index == bytes.count else { throw Stop(outcome: .malformed) }
            return (reader.value == nil ? .missing : .found, reader.value)
        } catch let stop as Stop {
            return (stop.outcome, nil)
        } catch {
            return (.malformed, nil)
        }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func peek() -> UInt8 {
        index < bytes.count ? bytes[index] : 0
    }

    private mutating func skipSpace() {
        while [0x20, 0x09, 0x0a, 0x0d].contains(peek()) { index += 1 }
    }

    private mutating func expect(_ text: String) throws {
        for byte in text.utf8 {
            guard peek() == byte else { throw Stop(outcome: .malformed) }
            index += 1
        }
    }

    private mutating func readObject(depth: Int) throws {
        guard depth <= 512 else { throw Stop(outcome: .malformed) }
        try expect("{")
        skipSpace()
        if peek() == UInt8(ascii: "}") {
            index += 1
            return
        }
        while true {
            skipSpace()
            let key = try readString(limit: .max)
            let isModel = depth == 1 && decoded(key) == Array("model".utf8)
            if isModel, value != nil { throw Stop(outcome: .duplicate) }
            skipSpace()
            try expect(":")
            skipSpace()
            if isModel {
                try readModel()
            } else {
                try readValue(depth: depth)
            }
            skipSpace()
            if peek() == UInt8(ascii: "}") {
                index += 1
                return
            }
            try expect(",")
        }
    }

    private mutating func readModel() throws {
        if "{[tfn-0123456789".utf8.contains(peek()) { throw Stop(outcome: .notString) }
        value = try readString(limit: 256)
    }

    private mutating func readValue(depth: Int) throws {
        switch peek() {
        case UInt8(ascii: "{"): try readObject(depth: depth + 1)
        case UInt8(ascii: "["): try readArray(depth: depth + 1)
        case UInt8(ascii: "\""): _ = try readString(limit: .max)
        case UInt8(ascii: "t"): try expect("true")
        case UInt8(ascii: "f"): try expect("false")
        case UInt8(ascii: "n"): try expect("null")
        case let byte where "-0123456789".utf8.contains(byte):
            while "+-.eE0123456789".utf8.contains(peek()) { index += 1 }
        default: throw Stop(outcome: .malformed)
        }
    }

    private mutating func readArray(depth: Int) throws {
        guard depth <= 512 else { throw Stop(outcome: .malformed) }
        try expect("[")
        skipSpace()
        if peek() == UInt8(ascii: "]") {
            index += 1
            return
        }
        while true {
            skipSpace()
            try readValue(depth: depth)
            skipSpace()
            if peek() == UInt8(ascii: "]") {
                index += 1
                return
            }
            try expect(",")
        }
    }

    /// Reads a string and returns where its contents stand.
    private mutating func readString(limit: Int) throws -> Range<Int> {
        try expect("\"")
        let start = index
        while peek() >= 0x20, peek() != UInt8(ascii: "\"") {
            guard index - start < limit else { throw Stop(outcome: .tooLong) }
            guard peek() == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            index += 1
            let isUnit = peek() == UInt8(ascii: "u")
            guard "\"\\/bfnrtu".utf8.contains(peek()) else { throw Stop(outcome: .malformed) }
            index += 1
            for _ in 0..<(isUnit ? 4 : 0) {
                guard "0123456789abcdefABCDEF".utf8.contains(peek()) else {
                    throw Stop(outcome: .malformed)
                }
                index += 1
            }
        }
        guard index - start <= limit else { throw Stop(outcome: .tooLong) }
        try expect("\"")
        return start..<index - 1
    }

    private func decoded(_ range: Range<Int>) -> [UInt8]? {
        var text: [UInt8] = []
        return decodeJSONString(bytes[range].span, into: &text) ? text : nil
    }
}
