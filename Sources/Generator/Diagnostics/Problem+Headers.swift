extension Problem {
    /// Mistakes about headers and credentials. No message repeats a value: it may be a secret.
    static let headerEntries: [Problem: ProblemEntry] = [
        .badHeaderName: ProblemEntry(
            "`{}` is no header name", help: "use letters, digits and `-`",
            meaning:
                "Header names are tokens (RFC 9110, section 5.6.2): no spaces, no colon, no "
                + "umlauts.",
            example: "headers: {\"X Team\": a}", mend: "headers: {X-Team: a}"),
        .managedHeader: ProblemEntry(
            "the gateway itself sets or removes `{}`", help: "remove it",
            meaning:
                "`Host`, lengths, connection fields, `Via`, `X-Forwarded-*`, `X-Olla-*` and "
                + "`X-Request-ID` belong to the gateway; another value would break "
                + "requests or be lost.",
            example: "headers: {Host: api.internal}", mend: "url: http://api.internal"),
        .duplicateHeader: ProblemEntry(
            "the header `{}` is set twice", help: "keep one of the two",
            meaning: "Header names are the same in upper and lower case.",
            example: "headers: {X-Team: a, x-team: b}", mend: "headers: {X-Team: b}"),
        .badHeaderValue: ProblemEntry(
            "the value of `{}` holds {}",
            meaning:
                "Line breaks and control characters end or forge headers. A value in a block "
                + "(`|`) ends with a line break.",
            example: "X-Note: |\n  text", mend: "X-Note: text"),
        .malformedReference: ProblemEntry(
            "this `${` is not closed or not complete: {}",
            help: "write `${NAME}`, `${NAME:-default}` or `${file:/path}`",
            meaning:
                "Names are letters, digits and `_`, and do not begin with a digit. References "
                + "are not nested.",
            example: "Authorization: \"Bearer ${}\"",
            mend: "Authorization: \"Bearer ${OPENAI_API_KEY}\""),
        .literalSecret: ProblemEntry(
            "the value of `{}` looks like a key, which would be in the binary", severity: .warning,
            help: "name it instead: `${NAME}`, and set NAME where the gateway is started",
            meaning: "What the YAML spells out is compiled in, and committed wherever the YAML is.",
            example: "Authorization: Bearer sk-0123456789abcdef",
            mend: "Authorization: \"Bearer ${OPENAI_API_KEY}\""),
        .authWithoutCredentials: ProblemEntry(
            "`auth` of type `{}` needs {}",
            meaning:
                "Each type of `auth` has its own keys: `bearer` token or token_file, `basic` "
                + "username and password, `api_key` key or key_file.",
            example: "auth: {type: bearer}", mend: "auth: {type: bearer, token: \"${TOKEN}\"}"),
        .authForeignKey: ProblemEntry(
            "`{}` means nothing to `auth` of type `{}`", help: "remove it, or change the type",
            meaning: "A key of another type of `auth` would be ignored.",
            example: "auth: {type: bearer, token: \"${T}\", username: me}",
            mend: "auth: {type: bearer, token: \"${T}\"}"),
        .authTwice: ProblemEntry(
            "`{}` and `{}` both say what the credential is", help: "keep one of the two",
            meaning: "A credential comes from the YAML's reference or from a file.",
            example: "auth: {type: bearer, token: \"${T}\", token_file: /run/t}",
            mend: "auth: {type: bearer, token_file: /run/t}"),
        .authHeaderConflict: ProblemEntry(
            "`headers` sets `{}`, and so does `auth`", help: "keep one of the two",
            meaning: "`auth` becomes a header; a header has one value.",
            example: "headers: {Authorization: \"${A}\"}\nauth: {type: bearer, token: \"${T}\"}",
            mend: "auth: {type: bearer, token: \"${T}\"}"),
        .badPath: ProblemEntry(
            "`{}` cannot be the path of a file", help: "write a path such as `/run/secrets/token`",
            meaning: "A path has 1 to 4095 bytes and no NUL.",
            example: "token_file: \"\"", mend: "token_file: /run/secrets/token"),
    ]

    /// Mistakes about routes, aliases and the default model.
    static let routeEntries: [Problem: ProblemEntry] = [
        .badRoute: ProblemEntry(
            "`{}` is no route: {}", help: "write a path such as `/v1/responses`",
            meaning:
                "Routes are paths below `/v1/` of visible ASCII, without query, dot segments, "
                + "`//` or `%2F`.",
            example: "routes: [responses]", mend: "routes: [/v1/responses]"),
        .builtInRoute: ProblemEntry(
            "`{}` is a route of every gateway", help: "remove it",
            meaning: "The eight routes of the OpenAI interface are always there.",
            example: "routes: [/v1/embeddings]", mend: "(leave it out)"),
        .repeatedRoute: ProblemEntry(
            "the route `{}` is written twice", help: "keep one of the two",
            meaning: "A route is there or not.",
            example: "routes: [/v1/rerank, /v1/rerank]", mend: "routes: [/v1/rerank]"),
        .coveredRoute: ProblemEntry(
            "`passthrough: true` already serves `{}`", severity: .warning,
            help: "remove one of the two",
            meaning:
                "With `passthrough` every path below `/v1/` is served, so that `routes` says "
                + "nothing.",
            example: "passthrough: true\nroutes: [/v1/rerank]", mend: "routes: [/v1/rerank]"),
        .aliasWithoutTarget: ProblemEntry(
            "the alias `{}` has no target: no endpoint serves `{}`",
            meaning:
                "An alias stands for models that some endpoint lists, matches by a pattern, "
                + "or takes without a list.",
            example: "aliases: {fast: gpt-4o-mimi}", mend: "aliases: {fast: gpt-4o-mini}"),
        .aliasHidesModel: ProblemEntry(
            "the alias `{}` has the name of a model", help: "rename the alias",
            meaning: "A request for the name could mean either.",
            example: "models: [gpt-4o]\naliases: {gpt-4o: gpt-4}", mend: "aliases: {best: gpt-4}"),
        .aliasOfAlias: ProblemEntry(
            "`{}` is an alias, not a model", help: "name the model that it stands for",
            meaning: "Aliases stand for models, not for other aliases.",
            example: "aliases: {fast: quick, quick: gpt-4o-mini}",
            mend: "aliases: {fast: gpt-4o-mini, quick: gpt-4o-mini}"),
        .defaultModelUnserved: ProblemEntry(
            "no endpoint serves the default model `{}`",
            meaning: "Requests without a model would all be refused.",
            example: "default_model: gpt-5", mend: "default_model: gpt-4o"),
    ]
}
