/// Durations and byte sizes, as text and as numbers.
enum Units {
    static let second = 1_000
    static let minute = 60 * second
    static let hour = 60 * minute
    static let kibibyte = 1_024
    static let mebibyte = 1_024 * kibibyte
    static let gibibyte = 1_024 * mebibyte

    /// Milliseconds of `500ms`, `2m30s`, `1.5h`, `0`; nil where it is no duration.
    ///
    /// Less than a millisecond counts as one.
    static func milliseconds(_ text: String) -> Int? {
        if text == "0" { return 0 }
        let units: [(String, Double)] = [
            ("ns", 1e-6), ("us", 1e-3), ("µs", 1e-3), ("ms", 1), ("s", 1e3), ("m", 6e4),
            ("h", 3.6e6),
        ]
        var rest = Substring(text)
        var sum = 0.0
        guard !rest.isEmpty, rest.utf8.count <= 64 else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            guard digits.contains(where: \.isNumber), let number = Double(digits) else {
                return nil
            }
            rest = rest[digits.endIndex...]
            let letters = rest.prefix { !$0.isNumber && $0 != "." }
            guard let unit = units.first(where: { $0.0 == letters }) else { return nil }
            rest = rest[letters.endIndex...]
            sum += number * unit.1
        }
        return sum < 1e15 ? Int(sum.rounded(.up)) : nil
    }

    /// Bytes of `64KiB`, `1MB`, `512`; nil where it is no size.
    static func bytes(_ text: String) -> Int? {
        let units = [
            "": 1, "B": 1, "kB": 1_000, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000,
            "TB": 1_000_000_000_000, "KiB": kibibyte, "MiB": mebibyte, "GiB": gibibyte,
            "TiB": 1_024 * gibibyte,
        ]
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let letters = text[digits.endIndex...].drop { $0 == " " }
        guard let unit = units[String(letters)], let number = Int(digits) else { return nil }
        let (product, isTooLarge) = number.multipliedReportingOverflow(by: unit)
        return isTooLarge ? nil : product
    }

    /// The number in `20%`; nil where it is no such share.
    static func percent(_ text: String) -> Int? {
        guard text.hasSuffix("%"), text.utf8.dropLast().allSatisfy(\.isDigit) else { return nil }
        return Int(text.dropLast())
    }

    /// How a duration is written: `1m30s`, `0s`.
    static func duration(_ milliseconds: Int) -> String {
        guard milliseconds != 0 else { return "0s" }
        var text = ""
        var rest = milliseconds
        for (name, size) in [("h", hour), ("m", minute), ("s", second), ("ms", 1)]
        where rest >= size {
            text += "\(rest / size)\(name)"
            rest %= size
        }
        return text
    }

    /// How a size is written: `64KiB`, `1000`.
    static func byteSize(_ bytes: Int) -> String {
        let units = [
            ("TiB", 1_024 * gibibyte), ("GiB", gibibyte), ("MiB", mebibyte), ("KiB", kibibyte),
        ]
        for (name, size) in units where bytes != 0 && bytes % size == 0 {
            return "\(bytes / size)\(name)"
        }
        return String(bytes)
    }
}
