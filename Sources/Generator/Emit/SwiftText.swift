/// How values are written in emitted Swift.
enum SwiftText {
    /// `120_000`; digits in groups of three from 1,000 on.
    static func number(_ value: Int) -> String {
        (value < 0 ? "-" : "") + grouped(String(value.magnitude), by: 3)
    }

    /// `0xfd00_0000`; digits in groups of four.
    static func hexadecimal(_ value: UInt64) -> String {
        "0x" + grouped(String(value, radix: 16), by: 4)
    }

    private static func grouped(_ digits: String, by size: Int) -> String {
        var digits = Array(digits)
        for index in stride(from: digits.count - size, to: 0, by: -size) {
            digits.insert("_", at: index)
        }
        return String(digits)
    }

    /// A string literal on one line.
    static func literal(_ text: String) -> String {
        var literal = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": literal += "\\\""
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            case "\u{0}"..<" ", "\u{7F}", "\u{85}", "\u{2028}", "\u{2029}":
                literal += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + "\""
    }

    /// A raw literal of several lines; its further lines are indented by `indent`.
    ///
    /// It has as many `#` as it takes for nothing in `text` to end it or to be an escape.
    static func block(_ text: String, indent: String = "    ") -> String {
        var marks = ""
        while text.contains("\"\"\"\(marks)") || text.contains("\\\(marks)") { marks += "#" }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let indented = lines.map { $0.isEmpty ? "" : indent + $0 }
        return "\(marks)\"\"\"\n" + indented.joined(separator: "\n") + "\n\(indent)\"\"\"\(marks)"
    }

    /// A block of numbers, as many a line as fit into 80 columns.
    static func numberBlock(_ numbers: some Sequence<Int>) -> String {
        var lines: [String] = []
        var line = ""
        for number in numbers {
            let word = String(number)
            if line.count + word.count >= 80 {
                lines.append(line)
                line = word
            } else {
                line += line.isEmpty ? word : " " + word
            }
        }
        return block((lines + [line]).joined(separator: "\n"))
    }

    /// Text that may stand in a comment: on one line, without back quotes.
    static func comment(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 == "`" ? "'" : $0 })
    }
}
