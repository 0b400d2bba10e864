/// Reads one scalar as a type, and says what YAML 1.1 would have made of it.
struct ScalarReader {
    let findings: Findings
    let key: YAMLKey
    let node: YAMLNode
    let scalar: YAMLScalar

    private var text: String { scalar.text }

    /// The value; nil when it has been reported. Only for types of one scalar.
    func value(as type: SchemaType) -> Setting.Value? {
        switch type {
        case .text(let format): return words(format).map { .text($0) }
        case .choice(let words, let synonyms): return choice(words, synonyms).map { .text($0) }
        case .boolean: return boolean().map { .boolean($0) }
        case .duration(let range): return duration(range, type.words).map { .integer($0) }
        case .byteSize(let range): return byteSize(range, type.words).map { .integer($0) }
        case .integer(let range): return integer(range, type.words).map { .integer($0) }
        case .integerOrWord(let range, let word):
            if text == word { return .integer(0) }
            if scalar.reading == .string, scalar.isPlain {
                reportWrongType(
                    type.words, help: Nearest.advice(for: text, among: [word]))
                return nil
            }
            return integer(range, type.words).map { .integer($0) }
        case .percentOrWord(let range, let word):
            if text == word { return .text(word) }
            return percent(range, type.words).map { .integer($0) }
        case .sectionOrWord(let keys, let word):
            if text == word { return .text(word) }
            var help = Nearest.advice(for: text, among: [word])
            if case .integer = scalar.reading, let first = keys.first {
                help = "write `{\(first.name): \(text)}`"
            }
            reportWrongType(type.words, help: help)
            return nil
        case .list, .listOrWord, .map, .section, .textOrSection, .textOrList, .choiceOrSection:
            return nil
        }
    }

    private func words(_ format: TextFormat) -> String? {
        let isValue = format.holdsReferences
        if !isValue, text.contains("${") {
            findings.report(.referenceOutsideHeader, at: node.location, key.spelling)
            return nil
        }
        let meaning: String
        switch scalar.reading {
        case .string: return text
        case .integer where isValue: return text
        case .null: meaning = "nothing"
        case .boolean(let value): meaning = "the boolean \(value)"
        case .integer: meaning = "a number"
        case .oddInteger(let value): meaning = value.map { "the number \($0)" } ?? "a number"
        case .fraction: meaning = "a number with a fraction"
        case .date: meaning = "a date"
        }
        if isValue {
            // A header value may be a credential, so that it is not repeated.
            if text.utf8.count >= 8 { findings.hide(node.location) }
            findings.report(
                .notAText, at: node.location, key.spelling, meaning, help: "put the value in quotes"
            )
        } else {
            findings.report(
                .notAText, at: node.location, text, meaning, help: "write \"\(text)\" in quotes")
        }
        return nil
    }

    private func choice(_ words: [String], _ synonyms: [String: String]) -> String? {
        let meant = synonyms[text] ?? text
        if words.contains(meant) { return meant }
        let help =
            Nearest.advice(for: text, among: words)
            ?? "write \(SchemaType.choice(words, synonyms: [:]).words)"
        findings.report(.unknownWord, at: node.location, text, key.spelling, help: help)
        return nil
    }

    private func boolean() -> Bool? {
        if scalar.isPlain, text == "true" || text == "false" { return text == "true" }
        var help = "write `true` or `false`"
        if case .boolean(let value) = scalar.reading { help = "write `\(value)`" }
        if !scalar.isPlain, text == "true" || text == "false" {
            help = "write `\(text)` without quotes"
        }
        findings.report(.notABoolean, at: node.location, text, key.spelling, help: help)
        return nil
    }

    private func integer(_ range: ClosedRange<Int>, _ words: String) -> Int? {
        switch scalar.reading {
        case .integer(let value):
            return checked(value, in: range, words)
        case .oddInteger(let value):
            reportOdd(value)
        case .fraction:
            let value = Double(text).flatMap { Int(exactly: $0) }
            let help = value.map { "write \($0)" } ?? "write \(words)"
            findings.report(
                .oddNumber, at: node.location, text, "a number with a fraction", help: help)
        default:
            let isQuoted = !scalar.isPlain && Int(text) != nil
            reportWrongType(words, help: isQuoted ? "write \(text) without quotes" : nil)
        }
        return nil
    }

    private func percent(_ range: ClosedRange<Int>, _ words: String) -> Int? {
        if let value = Units.percent(text) { return checked(value, in: range, words) }
        var help: String?
        if case .integer(let value) = scalar.reading, range.contains(value) {
            help = "write `\(value)%`"
        } else if let part = Double(text), part > 0, part < 1 {
            help = "write `\(max(Int((part * 100).rounded()), 1))%`"
        }
        findings.report(.badPercentage, at: node.location, text, help: help)
        return nil
    }

    private func reportWrongType(_ words: String, help: String?) {
        findings.report(
            .wrongType, at: node.location, "`\(key.spelling)`", words, scalar.kind, help: help)
    }

    private func reportOdd(_ value: Int?) {
        guard let value else {
            findings.report(
                .oddNumber, at: node.location, text, "a number that is too large",
                help: "write a smaller number in decimal digits")
            return
        }
        let digits = text.drop { $0 == "0" }
        let isOctal = text.hasPrefix("0") && digits.count < text.count && Int(digits) != nil
        let meaning =
            isOctal && Int(digits) != value ? "the octal number \(value)" : "the number \(value)"
        let help =
            isOctal && Int(digits) != value
            ? "write \(digits) or \(value), as meant" : "write \(value)"
        findings.report(.oddNumber, at: node.location, text, meaning, help: help)
    }

    private func duration(_ range: ClosedRange<Int>, _ words: String) -> Int? {
        if let value = Units.milliseconds(text) { return checked(value, in: range, words) }
        switch scalar.reading {
        case .integer(let value):
            reportBareDuration(help: value > 0 ? "write \(value)s for seconds, or \(value)ms" : nil)
        case .oddInteger(let value?) where text.contains(":"):
            let parts = text.split(separator: ":").compactMap { Int($0) }
            let minutes =
                parts.count == 2 ? "\(parts[0])m\(parts[1])s" : Units.duration(value * 1_000)
            reportBareDuration(help: "write \(minutes)")
        case .oddInteger(let value?) where value > 0:
            reportBareDuration(help: "write \(Int(text) ?? value)s")
        case .fraction:
            let seconds = Double(text).flatMap { Int(exactly: ($0 * 1_000).rounded()) } ?? 0
            reportBareDuration(help: seconds > 0 ? "write \(Units.duration(seconds))" : nil)
        default:
            if let value = Int(text), value > 0 {
                reportBareDuration(help: "write \(value)s for seconds, or \(value)ms")
            } else {
                findings.report(.badDuration, at: node.location, text, help: durationAdvice)
            }
        }
        return nil
    }

    private func reportBareDuration(help: String?) {
        findings.report(.bareDuration, at: node.location, text, help: help)
    }

    /// What the writer of `1d`, `10 sec` or `5min` meant.
    private var durationAdvice: String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number < 1_000_000 else { return nil }
        let unit = text[digits.endIndex...].drop { $0 == " " }.lowercased()
        switch unit {
        case "d", "day", "days": return "write \(number * 24)h"
        case "s", "sec", "secs", "second", "seconds": return "write \(number)s"
        case "m", "min", "mins", "minute", "minutes": return "write \(number)m"
        case "h", "hr", "hrs", "hour", "hours": return "write \(number)h"
        case "msec", "millis", "ms": return "write \(number)ms"
        default: return nil
        }
    }

    private func byteSize(_ range: ClosedRange<Int>, _ words: String) -> Int? {
        if case .oddInteger(let value) = scalar.reading {
            reportOdd(value)
            return nil
        }
        if let value = Units.bytes(text) { return checked(value, in: range, words) }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text[digits.endIndex...].drop { $0 == " " }.uppercased()
        var help: String?
        if let prefix = unit.first, "KMGT".contains(prefix), !digits.isEmpty, unit.count <= 3 {
            help = "write \(digits)\(prefix)iB (1024) or \(digits)\(prefix)B (1000)"
        }
        findings.report(.badByteSize, at: node.location, text, help: help)
        return nil
    }

    private func checked(_ value: Int, in range: ClosedRange<Int>, _ words: String) -> Int? {
        if range.contains(value) { return value }
        findings.report(
            .outOfRange, at: node.location, key.spelling, words, text)
        return nil
    }
}
