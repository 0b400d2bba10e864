extension YAMLSyntaxError {
    /// Reports it in plain words, at its place.
    func report(in source: SourceText, to findings: Findings) {
        var notes: [Diagnostic.Note] = []
        if let (words, place) = context,
            place.line != location.line || place.column != location.column
        {
            notes = [.init(message: "in \(Self.whole(words)) that begins here", location: place)]
        }
        let line = Array(source.line(location.line).unicodeScalars)
        let isAtTab = location.column <= line.count && line[location.column - 1] == "\t"
        let isIndentedByTab = line.prefix { $0 == " " || $0 == "\t" }.contains("\t")
        if isAtTab || isIndentedByTab {
            let column = (line.firstIndex(of: "\t") ?? 0) + 1
            let place = SourceLocation(
                file: location.file, line: location.line, column: column, width: 1)
            findings.report(.tab, at: place)
            return
        }
        let isKey = !String(String.UnicodeScalarView(line.prefix(location.column))).contains(": ")
        let character = location.column <= line.count ? String(line[location.column - 1]) : ""
        let (words, help) = plainWords(character: character, isKey: isKey)
        findings.report(.syntax, at: location, words, help: help, notes: notes)
    }

    /// What libyaml calls "while parsing a block mapping".
    private static func whole(_ context: String) -> String {
        let names = [
            ("block collection", "the list"), ("block mapping", "the map"),
            ("flow sequence", "the `[` list"), ("flow mapping", "the `{` map"),
            ("quoted scalar", "the quoted text"), ("block scalar", "the block of text"),
            ("plain scalar", "the text"), ("simple key", "the key"), ("anchor", "the anchor"),
            ("alias", "the alias"), ("tag", "the tag"), ("directive", "the `%` line"),
        ]
        return names.first { context.contains($0.0) }?.1 ?? "what"
    }

    /// What is wrong and how to mend it.
    ///
    /// - Parameters:
    ///   - character: what stands at the place.
    ///   - isKey: whether no value stands before it in its line.
    private func plainWords(character: String, isKey: Bool) -> (String, String?) {
        switch problem {
        case "mapping values are not allowed in this context" where isKey:
            (
                "a key inside another value",
                "check the line above: a missing colon, or its indentation"
            )
        case "mapping values are not allowed in this context":
            ("a second `: ` in one value", "put the value in quotes, or check the indentation")
        case "did not find expected key":
            ("a line that is no `key: value` at this depth", "indent it like its neighbours")
        case "could not find expected ':'":
            ("a key without its colon", "write `key: value`, with a space after the colon")
        case "did not find expected '-' indicator":
            ("a line that is no `- item` at this depth", "indent it like the other items")
        case "block sequence entries are not allowed in this context":
            ("a list may not begin here", "put `-` on a line of its own below the key")
        case "did not find expected ',' or ']'": ("a `[` without its `]`, or a missing comma", nil)
        case "did not find expected ',' or '}'": ("a `{` without its `}`, or a missing comma", nil)
        case "found unexpected end of stream": ("a quote that is never closed", nil)
        case "found unexpected document indicator": ("`---` or `...` inside a quoted text", nil)
        case "found unknown escape character":
            (
                "an escape that does not exist",
                "in \"…\" a backslash is written `\\\\`; '…' has no escapes"
            )
        case "found character that cannot start any token":
            ("a value may not begin with `\(character)`", "put the value in quotes")
        case "did not find expected alphabetic or numeric character":
            ("`*` or `&` without a name behind it", "put a value that begins with `*` in quotes")
        case "did not find expected node content": ("a value is missing here", nil)
        case "did not find expected <document start>": ("text behind the end of the document", nil)
        case "did not find expected comment or line break":
            ("text behind `|` or `>`", "begin the text on the next line, indented")
        default: (problem, nil)
        }
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}
