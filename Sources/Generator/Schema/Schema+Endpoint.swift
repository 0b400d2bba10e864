extension Schema {
    static let endpoint: [SchemaKey] = [
        SchemaKey(
            "name", .text(.endpointName), .required,
            "What it is called in logs and in `X-Olla-Endpoint`; 1 to 64 characters, unique.",
            example: "openai-main"),
        SchemaKey(
            "url", .text(.url), .required,
            "Where it is: `https://host[:port][/path]`, the same with `http`, or "
                + "`unix:/path/to.sock`. A route's path is appended; a final `/v1` is not doubled.",
            example: "\"http://127.0.0.1:11434\""),
        SchemaKey(
            "type", .choice(EndpointType.allCases.map(\.rawValue), synonyms: typeSynonyms),
            .defaulted("openai-compatible"), "What kind of server it is.", example: "vllm"),
        SchemaKey(
            "priority", .integer(0...1_000_000), .defaulted("100"),
            "Endpoints with a higher one are asked first; among equals `balance` chooses.",
            example: "50"),
        weight,
        SchemaKey(
            "rate_limit", .sectionOrWord(endpointLimit, word: offWord), .optional,
            "How many requests it gets: past that the next endpoint of the model is asked, and "
                + "without one the answer is 429. Without the key "
                + "`server.rate_limits.per_endpoint` holds.",
            example: "{requests_per_minute: 600, burst: 60}"),
        SchemaKey(
            "models",
            .listOrWord(
                of: .textOrSection(.modelPattern, model), atLeast: 1, word: discoverWord),
            .optional,
            "What it serves; `discover` is what it says itself, asked at run time. Without the "
                + "key it serves whatever no list names.",
            example: "[gpt-4o, \"gpt-4*\"]"),
        SchemaKey(
            "models_from", .text(.path), .optional,
            "Instead of `models`: a YAML file, relative to this one, that lists them under the "
                + "endpoint's name, as `ingot check --live --freeze-models` writes it.",
            example: "models.yaml"),
        SchemaKey(
            "headers", .map(key: .fieldName, value: .text(.fieldValue)), .optional,
            "Fields that are set on every request to it. `${NAME}`, `${NAME:-default}` and "
                + "`${file:/path}` are read when the gateway starts.",
            example: "{Authorization: \"Bearer ${OPENAI_API_KEY}\"}"),
        SchemaKey(
            "auth", .section(auth), .optional,
            "Its credentials, for those who would rather not write the header themselves.",
            example: "{type: bearer, token: \"${OPENAI_API_KEY}\"}"),
        SchemaKey(
            "tls", .section(tls), .optional,
            "Whose certificates are trusted and what the endpoint is shown; only with `https`.",
            example: "{ca: private-ca.pem}"),
        SchemaKey(
            "proxy", .text(.proxy), .defaulted("none"),
            "What connections go through: `http://host:port`, `https://…` or `socks5h://…`, or "
                + "what the `environment` of the gateway says. `${NAME}` may stand for its user "
                + "and password.",
            example: "\"http://proxy.internal:3128\""),
        SchemaKey(
            "http_version", .choice(HTTPVersion.allCases.map(\.rawValue), synonyms: [:]),
            .defaulted(HTTPVersion.http1.rawValue),
            "Which HTTP is spoken to it.", example: "2"),
        SchemaKey(
            "timeouts",
            .section(timeouts.filter { endpointTimeouts.contains($0.name) }.map(inherited)),
            .optional, "Its own clocks, where they differ from the gateway's.",
            example: "{connect: 1s}"),
        endpointHealthCheck,
    ]

    /// The whole of a file that `models_from` names.
    static let frozen = SchemaType.map(
        key: .endpointName, value: .list(of: .textOrSection(.modelPattern, model), atLeast: 1))

    static let model: [SchemaKey] = [
        SchemaKey(
            "name", .text(.modelPattern), .required, "What clients call it.", example: "gpt-4"),
        SchemaKey(
            "upstream", .text(.modelName), .optional,
            "What the endpoint calls it, where that differs.", example: "my-deployment"),
        SchemaKey(
            "created", .integer(0...253_402_300_799), .defaulted("0"),
            "When it was made, in seconds since 1970, for the model list.", example: "1705334400"),
        SchemaKey(
            "owned_by", .text(.word), .defaulted("openai"), "Whose it is, for the model list.",
            example: "openai"),
    ]

    static let auth: [SchemaKey] = [
        SchemaKey(
            "type", .choice(["bearer", "basic", "api_key"], synonyms: [:]), .required,
            "`bearer` and `basic` set `Authorization`, `api_key` a header of its own.",
            example: "bearer"),
        SchemaKey(
            "token", .text(.fieldValue), .optional, "The token of `bearer`.",
            example: "\"${OPENAI_API_KEY}\""),
        SchemaKey(
            "token_file", .text(.path), .optional, "The file that holds the token of `bearer`.",
            example: "/run/secrets/token"),
        SchemaKey(
            "username", .text(.fieldValue), .optional, "The user of `basic`.", example: "gateway"),
        SchemaKey(
            "username_file", .text(.path), .optional, "The file that holds the user of `basic`.",
            example: "/run/secrets/user"),
        SchemaKey(
            "password", .text(.fieldValue), .optional, "The password of `basic`.",
            example: "\"${BACKEND_PASSWORD}\""),
        SchemaKey(
            "password_file", .text(.path), .optional,
            "The file that holds the password of `basic`.", example: "/run/secrets/password"),
        SchemaKey(
            "key", .text(.fieldValue), .optional, "The key of `api_key`.",
            example: "\"${BACKEND_KEY}\""),
        SchemaKey(
            "key_file", .text(.path), .optional, "The file that holds the key of `api_key`.",
            example: "/run/secrets/key"),
        SchemaKey(
            "header", .text(.fieldName), .defaulted("X-Api-Key"),
            "The header that `api_key` sets.", example: "api-key"),
    ]

    /// What stands for a list that the endpoint itself has.
    static let discoverWord = "discover"

    /// What stands for the authorities of the machine.
    static let systemWord = "system"

    static let tls: [SchemaKey] = [
        SchemaKey(
            "ca", .text(.authorities), .defaulted(systemWord),
            "Whose certificates are trusted: those of the machine that the gateway runs on, or "
                + "those alone that a PEM file beside the YAML holds; they are compiled in.",
            example: "private-ca.pem"),
        SchemaKey(
            "client_certificate", .text(.reference), .optional,
            "The gateway's own certificate, with its chain, as PEM.",
            example: "\"${file:/run/secrets/client.pem}\""),
        SchemaKey(
            "client_key", .text(.reference), .optional, "The key of `client_certificate`, as PEM.",
            example: "\"${file:/run/secrets/client.key}\""),
        SchemaKey(
            "server_name", .text(.word), .optional,
            "The name that the certificate has to have and that is asked for; without it the "
                + "url's host.",
            example: "api.internal"),
        SchemaKey(
            "min_version", .choice(TLSVersion.allCases.map(\.rawValue), synonyms: [:]),
            .defaulted(TLSVersion.tls12.rawValue), "The oldest version that is spoken.",
            example: "\"1.3\""),
        SchemaKey(
            "verify", .boolean, .defaulted("true"),
            "Whether the certificate is checked. Without that anybody on the way can read and "
                + "change everything.",
            example: "true"),
    ]

    /// Further spellings that Olla takes.
    static let typeSynonyms = ["lmstudio": "lm-studio", "lm_studio": "lm-studio"]

    private static let endpointTimeouts: Set = [
        "connect", "tls", "response_header", "stream_idle", "total",
    ]

    private static func inherited(_ key: SchemaKey) -> SchemaKey {
        SchemaKey(
            key.name, key.type, .optional, key.help + " Without it the gateway's holds.",
            example: key.example)
    }
}
