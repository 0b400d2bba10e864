extension Schema {
    /// `docs/reference.md`: every key of both forms.
    static func markdownReference() -> String {
        var text = """
            # Reference

            Every key of `gateway.yaml`. Only `endpoints` is required. Durations are written
            `500ms`, `2m30s` or `1h`, and `0` is none; sizes `65536`, `64KiB` or `1MB` (1000²).
            Mistakes are explained in [diagnostics.md](diagnostics.md); editors check a file against
            [gateway.schema.json](gateway.schema.json).


            """
        write(root, path: "", title: "The top level", to: &text)
        text += "## Keys that this version does not have\n\n"
        text += "They are errors (IN033), so that nothing is believed to work that does not:\n"
        text += unsupported.sorted().map { "`\($0)`" }.joined(separator: ", ") + ".\n\n"
        writeOlla(to: &text)
        return text
    }

    private static func write(
        _ keys: [SchemaKey], path: String, title: String, to text: inout String
    ) {
        text += "## \(title)\n\n| key | value | default | |\n|---|---|---|---|\n"
        for key in keys {
            let isRequired = key.presence == .required
            var initial = isRequired ? "required" : ""
            if case .defaulted(let value) = key.presence { initial = "`\(value)`" }
            let cells = [
                "`\(key.name)`", shortWords(key.type), initial,
                "\(key.help) Example: `\(key.example)`",
            ]
            text += "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
        }
        text += "\n"
        for key in keys where !key.type.keys.isEmpty {
            let inner = path + key.name + (isList(key.type) ? "[]" : "")
            write(key.type.keys, path: inner + ".", title: "`\(inner)`", to: &text)
        }
    }

    private static func writeOlla(to text: inout String) {
        text += """
            ## Olla's form

            A configuration of Olla is read as it is: its endpoints stand under
            `discovery.static.endpoints`. What has an equal is used, what has none is noted by name
            and place (IN110, IN111).

            | key of Olla | here |
            |---|---|

            """
        for key in olla {
            let words =
                switch key.meaning {
                case .moved(let target): "`\(target)`"
                case .translated(let words): words
                case .noEffect(let reason): "no effect: \(reason)"
                case .ignored(let reason): "no effect, nor in Olla: \(reason)"
                }
            text += "| `\(key.path)` | \(escaped(words)) |\n"
        }
    }

    private static func isList(_ type: SchemaType) -> Bool {
        switch type {
        case .list, .listOrWord: true
        default: false
        }
    }

    /// What fits a cell: the keys below have tables of their own.
    private static func shortWords(_ type: SchemaType) -> String {
        switch type {
        case .section: "a map, see below"
        case .sectionOrWord(_, let word): "`\(word)` or a map, see below"
        case .list(.section, _): "a list of maps, see below"
        case .list(.textOrSection(let format, _), _): "a list: \(format.words); or maps, see below"
        case .listOrWord(let item, let least, let word):
            "`\(word)`, or " + shortWords(.list(of: item, atLeast: least))
        case .choiceOrSection(let words, let synonyms, _):
            shortWords(.choice(words, synonyms: synonyms)) + "; or a map, see below"
        case .choice(let words, _): words.map { "`\($0)`" }.joined(separator: ", ")
        default: type.words
        }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text { escaped += character == "|" ? "\\|" : String(character) }
        return escaped
    }
}
