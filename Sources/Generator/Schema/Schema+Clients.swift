extension Schema {
    static let clients = SchemaKey(
        "clients", .list(of: .section(client), atLeast: 1), .optional,
        "Who may call. With it a request needs a key of one of them, as `Authorization: Bearer`, "
            + "`X-Api-Key` or `api-key`, which reaches no endpoint. `ingot key new NAME` makes "
            + "one.",
        example: "[{name: team-a, key_sha256: 64-hexadecimal-digits}]")

    static let crossOrigin = SchemaKey(
        "cors", .section(crossOriginKeys), .optional,
        "Which pages of other origins a browser lets call the routes below the prefixes.",
        example: "{allowed_origins: [\"https://app.example.com\"]}")

    private static let client: [SchemaKey] = [
        SchemaKey(
            "name", .text(.endpointName), .required,
            "What it is called in logs and metrics; 1 to 64 characters, unique.",
            example: "team-a"),
        SchemaKey(
            "key_sha256", .textOrList(.keyDigest), .required,
            "The SHA-256 of its key, or of several while one takes the place of another. `ingot "
                + "key hash` makes it of a key.",
            example: "64-hexadecimal-digits"),
        SchemaKey(
            "models", .list(of: .text(.modelPattern), atLeast: 1), .optional,
            "The models that it may name, aliases by their own name; without it every one.",
            example: "[gpt-4o-mini, \"llama*\"]"),
        SchemaKey(
            "routes", .list(of: .text(.routePattern), atLeast: 1), .optional,
            "The paths that it may call; without it every one.",
            example: "[/v1/chat/completions, \"/v1/models*\"]"),
        SchemaKey(
            "rate_limit", .sectionOrWord(entryLimit, word: offWord), .defaulted(offWord),
            "How many requests it gets, with all of its keys together: past it the answer is 429.",
            example: "{requests_per_minute: 60, burst: 10}"),
    ]

    private static let crossOriginKeys: [SchemaKey] = [
        SchemaKey(
            "allowed_origins", .list(of: .text(.origin), atLeast: 1), .required,
            "Origins as browsers write them; `https://*.example.com` is every name below it, and "
                + "`*` alone is every origin.",
            example: "[\"https://app.example.com\"]"),
        SchemaKey(
            "allowed_methods",
            .list(
                of: .choice(
                    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], synonyms: [:]),
                atLeast: 1), .optional, "GET, POST and OPTIONS if left out.", example: "[GET, POST]"
        ),
        SchemaKey(
            "allowed_headers", .list(of: .text(.fieldName), atLeast: 1), .optional,
            "Request headers that pages may set; without it, or with `\"*\"`, any.",
            example: "[Authorization, Content-Type]"),
        SchemaKey(
            "exposed_headers", .list(of: .text(.fieldName), atLeast: 0), .optional,
            "Response headers that pages may read; without it those of the gateway itself: "
                + "`X-Olla-*`, `Retry-After` and `X-RateLimit-*`.",
            example: "[X-Olla-Request-ID]"),
        SchemaKey(
            "allow_credentials", .boolean, .defaulted("false"),
            "Whether browsers may send cookies and the like along; not with the origin `*`.",
            example: "true"),
        SchemaKey(
            "max_age", .duration(0...24 * Units.hour), .defaulted("300s"),
            "How long a browser remembers what it may do.", example: "1h"),
    ]
}
