extension Problem {
    /// Mistakes about how requests are spread over endpoints.
    static let balanceEntries: [Problem: ProblemEntry] = [
        .headerWithoutSticky: ProblemEntry(
            "`header` means nothing to `{}`", help: "write `by: sticky`, or remove it",
            meaning: "Only `sticky` looks at what a request carries.",
            example: "balance: {by: round_robin, header: X-Session-ID}",
            mend: "balance: {by: sticky, header: X-Session-ID}"),
        .balanceUnused: ProblemEntry(
            "`{}` has no effect: no two endpoints of equal priority serve the same model",
            severity: .warning, help: "remove it, or give endpoints the same `priority`",
            meaning:
                "Higher priorities are always asked first; only among equals is there a choice.",
            example: "balance: round_robin\nendpoints: [{name: a, url: \"http://a\"}]",
            mend: "endpoints: [{name: a, url: \"http://a\"}]"),
        .weightUnused: ProblemEntry(
            "this `weight` has no effect: {}", severity: .warning, help: "remove it",
            meaning:
                "A weight says what an endpoint gets in relation to others of its priority that "
                + "serve the same model. `round_robin` gives each the same.",
            example: "balance: round_robin\nendpoints:\n"
                + "  - {name: a, url: \"http://a\", weight: 3}\n  - {name: b, url: \"http://b\"}",
            mend: "balance: weighted\nendpoints:\n"
                + "  - {name: a, url: \"http://a\", weight: 3}\n  - {name: b, url: \"http://b\"}"),
        .weightedWithoutWeights: ProblemEntry(
            "no endpoint has a `weight`: this is `round_robin`", severity: .warning,
            help: "write `weight: 3` at an endpoint that takes three times as much",
            meaning: "Without weights all endpoints get the same.",
            example: "balance: weighted", mend: "balance: round_robin"),
    ]
}
