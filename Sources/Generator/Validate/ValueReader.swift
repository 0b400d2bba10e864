/// Reads a header value or credential: text with `${NAME}`, `${NAME:-default}`, `${file:/path}`.
///
/// No message repeats any of it, and what may be a credential is hidden from printed lines.
struct ValueReader {
    let findings: Findings
    let setting: Setting

    /// The pieces in order; neighbouring texts are one piece.
    ///
    /// - Parameter isCredential: whether all of it is a credential, so that it is never shown.
    func parts(isCredential: Bool) -> [ValuePart] {
        guard let text = setting.text else { return [] }
        checkCharacters(text)
        let parts = references(in: text).parts
        let literals = parts.compactMap { part -> String? in
            guard case .text(let literal) = part else { return nil }
            return literal
        }
        let isSecret = literals.contains { SecretGuess.isSecret($0, isCredential: isCredential) }
        if isSecret { findings.report(.literalSecret, at: setting.location, setting.key.spelling) }
        let isBare = parts.allSatisfy { if case .text = $0 { true } else { false } }
        if isSecret || (isCredential && isBare) { findings.hide(setting.location) }
        return parts
    }

    private func checkCharacters(_ text: String) {
        let help: String
        let words: String
        if text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" }) {
            words = "a line break"
            help = "write the value in quotes on one line; a block (`|`) ends with a line break"
        } else if text.unicodeScalars.contains(where: {
            $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F
        }) {
            words = "a control character"
            help = "remove it"
        } else if let first = text.first,
            first == " " || text.last == " " || text.last == "\t" || first == "\t"
        {
            words = "a space at its beginning or end, which is no part of a header"
            help = "remove it"
        } else if text.isEmpty {
            words = "nothing"
            help = "write a value, or leave out the key"
        } else {
            return
        }
        findings.report(
            .badHeaderValue, at: setting.location, setting.key.spelling, words, help: help)
    }

    /// The pieces as they stand there, and whether every reference in it is whole.
    func references(in text: String) -> (parts: [ValuePart], areWhole: Bool) {
        var parts: [ValuePart] = []
        var areWhole = true
        var literal = ""
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            guard scalars[index] == "$", index + 1 < scalars.count, scalars[index + 1] == "{" else {
                literal.unicodeScalars.append(scalars[index])
                index += 1
                continue
            }
            let end = scalars[index...].firstIndex(of: "}") ?? scalars.count
            var inner = String.UnicodeScalarView()
            inner.append(contentsOf: scalars[index + 2..<max(index + 2, end)])
            let range = index..<min(end + 1, scalars.count)
            let words: String?
            if end == scalars.count {
                words = "there is no `}`"
            } else {
                if !literal.isEmpty { parts.append(.text(literal)) }
                literal = ""
                words = reference(String(inner), into: &parts)
            }
            if let words {
                areWhole = false
                findings.report(.malformedReference, at: setting.node.location(of: range), words)
            }
            index = range.upperBound
        }
        return (literal.isEmpty ? parts : parts + [.text(literal)], areWhole)
    }

    /// Reads what stands between `${` and `}`; words for what is wrong with it.
    private func reference(_ inner: String, into parts: inout [ValuePart]) -> String? {
        if inner.hasPrefix("file:") {
            let path = String(inner.dropFirst(5))
            if path.isEmpty { return "it names no file" }
            if path.contains("${") { return "references are not nested" }
            parts.append(.file(path))
            return nil
        }
        let name = inner.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        let rest = inner[name.endIndex...]
        if inner.isEmpty || name.isEmpty && rest.hasPrefix(":-") { return "it names nothing" }
        if name.isEmpty { return "a name does not begin so" }
        if name.first?.isNumber ?? false { return "a name does not begin with a digit" }
        if rest.isEmpty {
            parts.append(.environment(String(name), default: nil))
        } else if rest.hasPrefix(":-") {
            let value = String(rest.dropFirst(2))
            if value.contains("${") { return "references are not nested" }
            parts.append(.environment(String(name), default: value))
        } else {
            return "behind the name stands neither `}` nor `:-`"
        }
        return nil
    }
}
