/// How requests are spread over endpoints, and how many each takes at once.
extension Schema {
    static let balance = SchemaKey(
        "balance", .choiceOrSection(rules, synonyms: ruleSynonyms, balanceKeys),
        .defaulted(BalanceRule.leastRequests.rawValue),
        "How an endpoint is chosen among those of equal priority: `least_requests` is the less "
            + "busy of two at random, `round_robin` one after the other, `weighted` the same as "
            + "often as `weight` says, `latency` of two at random the one that answers sooner, "
            + "`sticky` the one that had the conversation before.",
        example: "round_robin")

    private static let balanceKeys: [SchemaKey] = [
        SchemaKey(
            "by", .choice(rules, synonyms: ruleSynonyms), .required,
            "What `balance` is without a map.", example: "sticky"),
        SchemaKey(
            "header", .text(.fieldName), .optional,
            "With `sticky`: requests with the same value of this header go to the same endpoint. "
                + "Without the key, and for requests without the header, it is the beginning of "
                + "the conversation that has to be the same.",
            example: "X-Session-ID"),
    ]

    private static let rules = BalanceRule.allCases.map(\.rawValue)

    /// What others call them.
    private static let ruleSynonyms = [
        "least-requests": "least_requests", "least_connections": "least_requests",
        "least-connections": "least_requests", "round-robin": "round_robin",
    ]

    static let weight = SchemaKey(
        "weight", .integer(1...1000), .defaulted("1"),
        "What it gets in relation to others of its priority; not with `round_robin`.", example: "3")
}
