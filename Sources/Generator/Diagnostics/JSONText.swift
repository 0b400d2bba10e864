/// JSON as it is written out: members keep their order.
indirect enum JSONText {
    case null
    case boolean(Bool)
    case integer(Int)
    /// As it is written: `1.2`.
    case number(String)
    case string(String)
    case array([JSONText])
    case object([(name: String, value: JSONText)])

    /// The text; on one line, or indented by two spaces a level.
    func text(isIndented: Bool) -> String {
        var text = ""
        write(to: &text, depth: isIndented ? 0 : nil)
        return text
    }

    private func write(to text: inout String, depth: Int?) {
        switch self {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let digits): text += digits
        case .string(let value): text += Self.quoted(value)
        case .array(let items):
            Self.writeList(items, open: "[", close: "]", to: &text, depth: depth) {
                item, inner, text in
                item.write(to: &text, depth: inner)
            }
        case .object(let members):
            Self.writeList(members, open: "{", close: "}", to: &text, depth: depth) {
                member, inner, text in
                text += Self.quoted(member.name) + (inner == nil ? ":" : ": ")
                member.value.write(to: &text, depth: inner)
            }
        }
    }

    private static func writeList<Item>(
        _ items: [Item], open: String, close: String, to text: inout String, depth: Int?,
        each: (Item, Int?, inout String) -> Void
    ) {
        text += open
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            if let depth { text += "\n" + String(repeating: "  ", count: depth + 1) }
            each(item, depth.map { $0 + 1 }, &text)
        }
        if let depth, !items.isEmpty { text += "\n" + String(repeating: "  ", count: depth) }
        text += close
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
