extension Problem {
    /// Mistakes of the bytes and of YAML itself.
    static let textEntries: [Problem: ProblemEntry] = [
        .fileTooLarge: ProblemEntry(
            "the file is larger than 10 MiB",
            help: "keep long lists of models as patterns: `gpt-4*`",
            meaning:
                "Files above 10 MiB are not read, so that a wrong path cannot exhaust the machine.",
            example: "(a file of 11 MiB)", mend: "models: [\"gpt-4*\"]"),
        .wideEncoding: ProblemEntry(
            "the file is UTF-16 or UTF-32, not UTF-8", help: "save it as UTF-8",
            meaning: "Only UTF-8 is read, with or without a byte order mark.",
            example: "(a file that begins with the bytes FF FE)",
            mend: "iconv -f UTF-16 -t UTF-8 gateway.yaml"),
        .invalidUTF8: ProblemEntry(
            "byte {} is not UTF-8 here", help: "save the file as UTF-8",
            meaning:
                "The file holds bytes that are no UTF-8, often because it was saved as Latin-1.",
            example: "(the byte E9 for an é)", mend: "iconv -f LATIN1 -t UTF-8 gateway.yaml"),
        .controlCharacter: ProblemEntry(
            "the control character {} may not stand in YAML", help: "remove it",
            meaning: "YAML allows tabs and line ends, no other control characters.",
            example: "(a NUL or an escape in the text)", mend: "(the text without it)"),
        .syntax: ProblemEntry(
            "this is not YAML: {}",
            meaning:
                "The text cannot be read as YAML from here on; what follows has not been "
                + "looked at.",
            example: "endpoints: [\n  {name: a, url: http://a\n",
            mend: "endpoints: [\n  {name: a, url: \"http://a\"}\n]"),
        .tab: ProblemEntry(
            "a tab where YAML wants spaces", help: "indent with spaces",
            meaning: "YAML is indented with spaces only.",
            example: "server:\n\tport: 8080", mend: "server:\n  port: 8080"),
        .severalDocuments: ProblemEntry(
            "a second document begins here", help: "keep one document a file",
            meaning: "`---` begins another document; a gateway is made of one.",
            example: "server: {port: 1}\n---\nserver: {port: 2}", mend: "server: {port: 2}"),
        .emptyFile: ProblemEntry(
            "the file says nothing",
            help: "begin with `endpoints:`; `ingot init` writes a file to start from",
            meaning: "There is no YAML in the file, only comments or nothing at all.",
            example: "# later",
            mend: "endpoints:\n  - {name: local, url: \"http://127.0.0.1:11434\"}"),
        .duplicateKey: ProblemEntry(
            "the key `{}` is written twice", help: "keep one of the two",
            meaning: "A map has each key once; YAML readers differ on which of two counts.",
            example: "server: {port: 1, port: 2}", mend: "server: {port: 2}"),
        .keyNotScalar: ProblemEntry(
            "{} cannot be a key", help: "write a plain name before the colon",
            meaning:
                "Keys are texts. `{a: b}: c` and `[a]: b` have a map or a list for a key; "
                + "often a template's `{{…}}` was left unfilled.",
            example: "{{name}}: value", mend: "name: value"),
        .keyNotText: ProblemEntry(
            "the key `{}` is {} in YAML, not a text",
            meaning:
                "YAML reads keys such as `no`, `on`, `1` and `~` as booleans, numbers or nothing.",
            example: "aliases: {on: gpt-4o}", mend: "aliases: {\"on\": gpt-4o}"),
        .tag: ProblemEntry(
            "the tag `{}` is not read", help: "remove it; quotes make a text of any value",
            meaning:
                "Types come from the schema; tags such as `!!binary`, `!include` or `!env` do "
                + "nothing here.",
            example: "port: !!int \"8080\"", mend: "port: 8080"),
        .unknownAnchor: ProblemEntry(
            "no anchor `&{}` stands before this alias",
            meaning: "`*name` repeats what `&name` marked further up in the same file.",
            example: "headers: *common", mend: "headers: &common {X-Team: a}\n…\nheaders: *common"),
        .recursiveAlias: ProblemEntry(
            "the alias `*{}` stands inside its own anchor", help: "write the value out",
            meaning: "A value cannot hold itself.",
            example: "aliases: &a {fast: *a}", mend: "aliases: {fast: gpt-4o-mini}"),
        .badMerge: ProblemEntry(
            "`<<` takes a map or a list of maps, but this is {}",
            help: "write `<<: *name`, where `&name` marks a map",
            meaning: "The merge key copies the keys of another map.",
            example: "timeouts: {<<: 5s}", mend: "timeouts: {<<: *slow}"),
        .tooDeep: ProblemEntry(
            "more than 64 levels", help: "no key needs more than 8",
            meaning: "Nesting is bounded, so that a hostile file cannot exhaust the machine.",
            example: "[[[[[[[[…", mend: "[a]"),
        .tooManyNodes: ProblemEntry(
            "more than 1,000,000 values, with every alias written out",
            help: "alias smaller parts, or use patterns for models",
            meaning:
                "Aliases of aliases grow fast (\"billion laughs\"); what they come to is bounded.",
            example: "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]  # and so on",
            mend: "models: [\"gpt-*\"]"),
    ]
}
