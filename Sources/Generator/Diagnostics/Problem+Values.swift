extension Problem {
    /// Mistakes of keys and of the types of their values.
    static let valueEntries: [Problem: ProblemEntry] = [
        .unknownKey: ProblemEntry(
            "no key `{}` is known here",
            meaning: "A key that nothing reads is most often a misspelt or misplaced one.",
            example: "endpoints:\n  - {name: a, url: \"http://a\", priorty: 5}",
            mend: "endpoints:\n  - {name: a, url: \"http://a\", priority: 5}"),
        .missingKey: ProblemEntry(
            "the key `{}` is missing",
            meaning: "A required key is not there.",
            example: "endpoints:\n  - {name: a}",
            mend: "endpoints:\n  - {name: a, url: \"http://a\"}"),
        .wrongType: ProblemEntry(
            "{} has to be {}, but this is {}",
            meaning: "The value is of another kind than the key takes.",
            example: "server: [8080]", mend: "server: {port: 8080}"),
        .noValue: ProblemEntry(
            "`{}` has no value",
            meaning: "Nothing, `~` and `null` are the same to YAML: no value.",
            example: "server:\nendpoints: …", mend: "endpoints: …"),
        .notAText: ProblemEntry(
            "`{}` is {} to YAML, not a text",
            meaning:
                "Without quotes, YAML 1.1 reads `no` and `on` as booleans, `010` as 8, `1:30` "
                + "as 90, `1.10` as 1.1. What counts here is a text.",
            example: "name: no", mend: "name: \"no\""),
        .oddNumber: ProblemEntry(
            "`{}` is {} to YAML 1.1; others read it differently",
            meaning:
                "`010`, `0x10`, `1_000`, `1:30` and `1e3` are numbers to some readers and "
                + "texts to others; only decimal digits are the same to all.",
            example: "server: {port: 010}", mend: "server: {port: 10}"),
        .notABoolean: ProblemEntry(
            "`{}` is not what `{}` takes: `true` or `false`",
            meaning: "Of YAML's many booleans only `true` and `false` are read.",
            example: "passthrough: yes", mend: "passthrough: true"),
        .outOfRange: ProblemEntry(
            "`{}` has to be {}, but this is {}",
            meaning: "The number is of the right kind and too small or too large.",
            example: "server: {port: 70000}", mend: "server: {port: 7000}"),
        .badDuration: ProblemEntry(
            "`{}` is no duration", help: "write numbers with ms, s, m or h: `500ms`, `2m30s`, `1h`",
            meaning: "Durations are numbers with units: `ms`, `s`, `m`, `h`.",
            example: "timeouts: {connect: 5 seconds}", mend: "timeouts: {connect: 5s}"),
        .bareDuration: ProblemEntry(
            "`{}` is a duration without its unit", help: "write a unit: `30s`",
            meaning:
                "A bare number could be seconds or milliseconds, so it is neither. Only `0` "
                + "needs no unit.",
            example: "timeouts: {connect: 30}", mend: "timeouts: {connect: 30s}"),
        .badByteSize: ProblemEntry(
            "`{}` is no size", help: "write bytes, or a unit: `65536`, `64KiB`, `100MiB`, `1MB`",
            meaning:
                "Sizes are whole numbers, alone or with `KiB`, `MiB`, `GiB` (1024) or `kB`, "
                + "`MB`, `GB` (1000).",
            example: "limits: {body: 64k}", mend: "limits: {body: 64KiB}"),
        .unknownWord: ProblemEntry(
            "`{}` is not known to `{}`",
            meaning: "The key takes one of a few words.",
            example: "type: olama", mend: "type: ollama"),
        .emptyList: ProblemEntry(
            "the list `{}` is empty",
            meaning: "An empty list could mean all or none; the key says nothing without an item.",
            example: "models: []", mend: "models: [gpt-4o]"),
        .notSupported: ProblemEntry(
            "`{}` is not supported by this version of ingot",
            help: "remove it; nothing here would do what it asks for",
            meaning:
                "The key is known, but this version cannot do it. It is refused rather than "
                + "ignored: a limit or a lock that does nothing is worse than none.",
            example: "tracing: {exporter: otlp}", mend: "(leave it out)"),
        .mixedForms: ProblemEntry(
            "`{}` belongs to {}, but the file is written in {}",
            help: "keep one form: `endpoints:` at the top, or `discovery.static.endpoints`",
            meaning:
                "A file is in ingot's form, with `endpoints` at the top, or in Olla's, with "
                + "`discovery.static.endpoints`; not both.",
            example: "endpoints: […]\nmodel_aliases: {fast: [a]}",
            mend: "endpoints: […]\naliases: {fast: a}"),
        .referenceOutsideHeader: ProblemEntry(
            "`${…}` is not filled in here, in `{}`",
            help: "only `headers`, `auth`, `proxy` and the client's certificate in `tls` may name "
                + "the environment",
            meaning:
                "The gateway is compiled: only header values and credentials are read when it "
                + "starts.",
            example: "url: \"http://${HOST}\"", mend: "url: http://gpu-1.internal"),
        .repeatedValue: ProblemEntry(
            "`{}` stands here twice", help: "keep one of the two",
            meaning: "A list names a thing twice, which changes nothing or hides a typing error.",
            example: "on_status: [429, 429]", mend: "on_status: [429, 503]"),
    ]
}
