extension Schema {
    /// What stands for no limit.
    static let offWord = "off"

    private static let requestCount = SchemaType.integer(0...RateLimit.largest)
    private static let requestHelp =
        "Requests that pass within 60 s, wherever these begin; never more. 0 is no limit."
    private static let burst = SchemaKey(
        "burst", .integer(1...RateLimit.largest), .optional,
        "How many of them may come at once. After a burst `requests_per_minute` − `burst` + 1 a "
            + "minute go on. Without it a quarter of `requests_per_minute`.",
        example: "50")

    /// Of one endpoint: what is left out is that of all.
    static let endpointLimit: [SchemaKey] = [
        SchemaKey(
            "requests_per_minute", requestCount, .optional,
            requestHelp + " Without it that of `server.rate_limits.per_endpoint`.", example: "600"),
        burst,
    ]

    /// Of all endpoints, whose requests are limited unless the YAML says otherwise.
    private static let endpointLimits: [SchemaKey] = [
        SchemaKey(
            "requests_per_minute", requestCount, .defaulted("200"), requestHelp, example: "600"),
        burst,
    ]

    /// Of clients, who are not.
    static let entryLimit: [SchemaKey] = [
        SchemaKey("requests_per_minute", requestCount, .required, requestHelp, example: "600"),
        burst,
    ]

    static let rateLimits: [SchemaKey] = [
        SchemaKey(
            "global", .sectionOrWord(entryLimit, word: offWord), .defaulted(offWord),
            "For all clients together: past it the answer is 429.",
            example: "{requests_per_minute: 6000, burst: 600}"),
        SchemaKey(
            "per_client", .sectionOrWord(entryLimit, word: offWord), .defaulted(offWord),
            "For each client, by its IPv4 address or the first 64 bits of its IPv6 address, which "
                + "`trusted_proxies` may name in `X-Forwarded-For`.",
            example: "{requests_per_minute: 60, burst: 10}"),
        SchemaKey(
            "per_endpoint", .sectionOrWord(endpointLimits, word: offWord), .optional,
            "For each endpoint without a `rate_limit` of its own; 200 a minute and 50 at once if "
                + "left out.",
            example: "off"),
    ]
}
