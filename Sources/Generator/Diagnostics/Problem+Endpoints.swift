extension Problem {
    /// Mistakes about endpoints and what they serve.
    static let endpointEntries: [Problem: ProblemEntry] = [
        .badEndpointName: ProblemEntry(
            "`{}` is no name for an endpoint",
            help: "use 1 to 64 letters, digits, `.`, `_` and `-`",
            meaning: "The name stands in a response header, in logs and in metrics.",
            example: "name: \"my endpoint\"", mend: "name: my-endpoint"),
        .duplicateEndpointName: ProblemEntry(
            "a second endpoint is called `{}`", help: "give each endpoint a name of its own",
            meaning: "Logs, metrics and `X-Olla-Endpoint` tell endpoints apart by their names.",
            example: "- {name: a, url: \"http://a\"}\n- {name: a, url: \"http://b\"}",
            mend: "- {name: a, url: \"http://a\"}\n- {name: b, url: \"http://b\"}"),
        .badURL: ProblemEntry(
            "the url does not work: {}",
            help: "write `https://host[:port][/path]`, `http://…` or `unix:/path/to.sock`",
            meaning:
                "An endpoint is at an https or http address, with a port and a path if need be, "
                + "and nothing else; or behind a unix socket.",
            example: "url: localhost:11434", mend: "url: http://localhost:11434"),
        .urlHoldsRoute: ProblemEntry(
            "the url already holds the route `{}`", help: "end the url before the route: `{…}/v1`",
            meaning: "A route's path is appended to the url, so it would stand there twice.",
            example: "url: http://a/v1/chat/completions", mend: "url: http://a/v1"),
        .sameURL: ProblemEntry(
            "this url is also that of `{}`, and both serve {}", severity: .warning,
            help: "one endpoint is enough; failover between the two asks the same server again",
            meaning:
                "Two endpoints with one url, the same headers and the same way there are one "
                + "server. Trying the other after a failure gains nothing.",
            example: "- {name: a, url: \"http://h\"}\n- {name: b, url: \"http://h\"}",
            mend: "- {name: a, url: \"http://h\"}"),
        .badModelName: ProblemEntry(
            "`{}` is no name for a model: {}",
            meaning:
                "Names have 1 to 256 characters, no spaces around them and no control "
                + "characters. `*` stands for any ending, only at the end and only in "
                + "`models` of an endpoint.",
            example: "models: [\"*-turbo\"]", mend: "models: [\"gpt-4*\"]"),
        .duplicateModel: ProblemEntry(
            "this endpoint lists `{}` twice", help: "keep one of the two",
            meaning: "A model can have only one name at an endpoint.",
            example: "models: [gpt-4o, gpt-4o]", mend: "models: [gpt-4o]"),
        .patternWithUpstream: ProblemEntry(
            "the pattern `{}` cannot have an `upstream`", help: "list the model by its full name",
            meaning:
                "A pattern stands for many models; one upstream name cannot stand for them all.",
            example: "{name: \"gpt-4*\", upstream: my-deployment}",
            mend: "{name: gpt-4o, upstream: my-deployment}"),
        .unreachableEndpoint: ProblemEntry(
            "no request can ever reach `{}`: {}",
            meaning:
                "Endpoints without `models` get what no list names. A list with `*` names "
                + "everything.",
            example:
                "- {name: a, url: \"http://a\", models: [\"*\"]}\n- {name: b, url: \"http://b\"}",
            mend: "- {name: a, url: \"http://a\"}\n- {name: b, url: \"http://b\"}"),
        .tooManyEndpoints: ProblemEntry(
            "more than 65535 endpoints", help: "split them over several gateways",
            meaning: "Endpoints are numbered in 16 bits.",
            example: "(65,536 endpoints)", mend: "(65,535 endpoints)"),
    ]
}
