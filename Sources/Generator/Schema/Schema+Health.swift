extension Schema {
    private static let often = SchemaType.duration(100...Units.hour)
    private static let percent = SchemaType.integer(0...100)

    /// How an endpoint is asked whether it works.
    static let healthCheck: [SchemaKey] = [
        SchemaKey(
            "path", .text(.path), .optional,
            "What is asked for, by GET, below the endpoint's url. Without it that of its type: "
                + "`/` of ollama and auto, `/health` of llamacpp, vllm, sglang and the like, "
                + "`/health/liveliness` of litellm, `/v1/health` of lemonade, else `/v1/models`.",
            example: "/health"),
        SchemaKey(
            "interval", often, .defaulted("10s"),
            "From the end of a check to the next one, give or take a tenth.", example: "5s"),
        SchemaKey(
            "timeout", .duration(100...10 * Units.minute), .defaulted("5s"),
            "Until the answer's head has come.", example: "2s"),
        SchemaKey(
            "healthy_after", .integer(1...100), .defaulted("2"),
            "Good checks in a row until the endpoint serves again.", example: "1"),
        SchemaKey(
            "unhealthy_after", .integer(1...100), .defaulted("3"),
            "Failed checks in a row until it is passed over.", example: "2"),
        SchemaKey(
            "expect", .list(of: .integer(200...599), atLeast: 1), .optional,
            "The statuses that are good. Without it 200 to 299 are, and 401, 403 and 429 are told "
                + "of but do not count against the endpoint, since it answers.",
            example: "[200, 204]"),
    ]

    static let outlierDetection: [SchemaKey] = [
        SchemaKey(
            "consecutive_failures", .integer(0...1_000), .defaulted("5"),
            "Requests that fail without one that ends well between them; 0: not counted.",
            example: "3"),
        SchemaKey(
            "failure_rate", percent, .defaulted("50"),
            "Of 100 requests within `window` how many fail; 0: not counted.", example: "20"),
        SchemaKey(
            "min_requests", .integer(1...100_000), .defaulted("20"),
            "With fewer requests within `window` there is no rate.", example: "50"),
        SchemaKey(
            "window", .duration(Units.second...Units.hour), .defaulted("30s"),
            "How long a request counts towards the rate.", example: "1m"),
        SchemaKey(
            "eject_for", often, .defaulted("30s"),
            "How long an endpoint is left alone; each repetition doubles it, to 16 times at most.",
            example: "10s"),
        SchemaKey(
            "max_ejected", .integer(1...100), .defaulted("50"),
            "Of 100 endpoints of a model, how many a request passes over for being ejected, "
                + "rounded down.",
            example: "30"),
    ]

    static let breaker: [SchemaKey] = [
        SchemaKey(
            "failures", .integer(0...100_000), .defaulted("0"),
            "Failures within `window`; 0: not counted.", example: "5"),
        SchemaKey(
            "failure_rate", percent, .optional,
            "Of 100 requests within `window` how many fail; 0: not counted. Without it 50, or 0 "
                + "where `failures` is set.",
            example: "50"),
        SchemaKey(
            "min_requests", .integer(1...100_000), .defaulted("20"),
            "With fewer requests within `window` there is no rate.", example: "50"),
        SchemaKey(
            "window", .duration(Units.second...Units.hour), .defaulted("30s"),
            "How long a request counts.", example: "10s"),
        SchemaKey(
            "open_for", often, .defaulted("30s"),
            "How long no request gets to the endpoint, before trials do.", example: "10s"),
        SchemaKey(
            "probes", .integer(1...100), .defaulted("3"),
            "Requests that try it then: so many at once at most, and so many have to begin to be "
                + "answered until all may go there again.",
            example: "1"),
    ]

    /// What is done about endpoints that fail.
    static let health: [SchemaKey] = [
        SchemaKey(
            "health_check", .section(healthCheck), .optional,
            "How endpoints are asked whether they work; with the key each is, unless it has "
                + "`health_check: off`.",
            example: "{interval: 10s}"),
        SchemaKey(
            "outlier_detection", .section(outlierDetection), .optional,
            "When an endpoint whose requests fail is left alone for a while. `{}` takes the "
                + "defaults.",
            example: "{consecutive_failures: 5}"),
        SchemaKey(
            "breaker", .section(breaker), .optional,
            "When an endpoint whose requests fail gets trials only, until these go well. `{}` "
                + "takes the defaults.",
            example: "{failure_rate: 50, open_for: 30s}"),
        SchemaKey(
            "slow_start", .duration(0...Units.hour), .defaulted("0s"),
            "How long an endpoint that has come back gets less than its share, a tenth at first.",
            example: "30s"),
        SchemaKey(
            "panic", .choice(Panic.allCases.map(\.rawValue), synonyms: [:]),
            .defaulted(Panic.none.rawValue),
            "When all endpoints of a model are out: `any` asks them all the same, `none` answers "
                + "503.",
            example: "any"),
    ]

    /// Of one endpoint: what is left out is that of all.
    static let endpointHealthCheck = SchemaKey(
        "health_check",
        .sectionOrWord(
            healthCheck.map { key in
                SchemaKey(
                    key.name, key.type, .optional,
                    "As in the gateway's `health_check`, which holds without it.",
                    example: key.example)
            }, word: offWord),
        .optional,
        "How it is asked whether it works. Without the key as the gateway's `health_check` says.",
        example: "{path: /health}")
}
