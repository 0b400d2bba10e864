/// What YAML 1.1 takes a plain scalar for.
enum YAMLReading: Equatable {
    case string
    case null
    case boolean(Bool)
    /// Decimal digits without a needless zero: text and number are the same.
    case integer(Int)
    /// `010`, `0x10`, `0b1`, `1_000`, `1:30`: not the number that it seems to be, or not to all.
    case oddInteger(Int?)
    case fraction
    case date
}

extension YAMLScalar {
    /// What YAML 1.1 takes it for; everything in quotes is a string.
    var reading: YAMLReading {
        guard isPlain else { return .string }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE": return .boolean(true)
        case "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE":
            return .boolean(false)
        case ".inf", ".Inf", ".INF", "-.inf", "+.inf", ".nan", ".NaN", ".NAN": return .fraction
        default: return numberReading
        }
    }

    /// What a reader would call it.
    var kind: String {
        switch reading {
        case .string: "a string"
        case .null: "nothing"
        case .boolean: "a boolean"
        case .integer, .oddInteger: "a number"
        case .fraction: "a number with a fraction"
        case .date: "a date"
        }
    }

    private var numberReading: YAMLReading {
        guard let first = text.utf8.first, text.utf8.count <= 64 else { return .string }
        let isNumeric = first.isDigit || first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
        guard isNumeric || first == UInt8(ascii: ".") else { return .string }
        let isNegative = first == UInt8(ascii: "-")
        let isSigned = isNegative || first == UInt8(ascii: "+")
        let digits = isSigned ? text.dropFirst() : Substring(text)
        if let value = Self.oddValue(of: digits) { return .oddInteger(isNegative ? -value : value) }
        if !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit) {
            guard let value = Int(text), first != UInt8(ascii: "+") else { return .oddInteger(nil) }
            return .integer(value)
        }
        if Self.isFraction(digits) { return .fraction }
        return Self.isDate(text) ? .date : .string
    }

    /// The value of an octal, hexadecimal, binary, underscored or sexagesimal number.
    private static func oddValue(of digits: Substring) -> Int? {
        let plain = digits.filter { $0 != "_" }
        guard let first = plain.utf8.first, first.isDigit else { return nil }
        if plain.hasPrefix("0x") { return Int(plain.dropFirst(2), radix: 16) }
        if plain.hasPrefix("0b") { return Int(plain.dropFirst(2), radix: 2) }
        if plain.hasPrefix("0o") { return Int(plain.dropFirst(2), radix: 8) }
        if plain.contains(":") { return sexagesimal(plain) }
        guard plain.utf8.allSatisfy(\.isDigit) else { return nil }
        if first == UInt8(ascii: "0"), plain.utf8.count > 1 {
            return Int(plain, radix: 8) ?? Int(plain)
        }
        return digits.utf8.count == plain.utf8.count ? nil : Int(plain)
    }

    /// `1:30` is 90 in YAML 1.1.
    private static func sexagesimal(_ text: String) -> Int? {
        var value = 0
        for (index, part) in text.split(separator: ":", omittingEmptySubsequences: false)
            .enumerated()
        {
            guard let number = Int(part), part.utf8.allSatisfy(\.isDigit),
                index == 0 || number < 60, value < 1_000_000_000
            else { return nil }
            value = value * 60 + number
        }
        return value
    }

    private static func isFraction(_ digits: Substring) -> Bool {
        let hasDigit = digits.utf8.contains(where: \.isDigit)
        let hasMark = digits.utf8.contains { ".eE".utf8.contains($0) }
        return hasDigit && hasMark && Double(digits) != nil
    }

    private static func isDate(_ text: String) -> Bool {
        let parts = text.prefix(10).split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [4, 2, 2]
            && parts.allSatisfy { $0.utf8.allSatisfy(\.isDigit) }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isLetter: Bool {
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }
}
