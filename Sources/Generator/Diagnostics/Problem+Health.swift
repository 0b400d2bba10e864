extension Problem {
    /// Mistakes about endpoints that fail: checks, ejection, breakers.
    static let healthEntries: [Problem: ProblemEntry] = [
        .badCheckPath: ProblemEntry(
            "`{}` is no path that could be asked for: {}",
            help: "write the path below the endpoint's url: `/health`",
            meaning:
                "A check asks the endpoint itself, below its url; host and scheme are the url's.",
            example: "health_check: {path: \"http://10.0.0.7/health\"}",
            mend: "health_check: {path: /health}"),
        .checkSpendsTokens: ProblemEntry(
            "`{}` has a model work, and answers no GET",
            help: "write `/health`, `/v1/models`, or leave out `path`",
            meaning:
                "Checks go on day and night. They are GETs of something that costs nothing, and "
                + "say whether the server is there, not whether its model answers well.",
            example: "health_check: {path: /v1/chat/completions}",
            mend: "health_check: {path: /v1/models}"),
        .checkMayCost: ProblemEntry(
            "`{}` has the server generate a token with each check", severity: .warning,
            help: "write `/health`",
            meaning: "The server lets its model work to answer; each check takes its time.",
            example: "health_check: {path: /health_generate}",
            mend: "health_check: {path: /health}"),
        .nothingCounts: ProblemEntry(
            "`{}` can never act: neither `{}` nor `failure_rate` counts",
            help: "set one of them, or remove the section",
            meaning: "0 turns a count off; with both off nothing is left to act on.",
            example: "breaker: {failures: 0, failure_rate: 0}",
            mend: "breaker: {failure_rate: 50}"),
        .unusedHealthKey: ProblemEntry(
            "`{}` has no effect: {}", severity: .warning,
            meaning: "The key says something about what never happens.",
            example: "slow_start: 30s\nendpoints:\n  - {name: a, url: \"http://a\"}",
            mend: "slow_start: 30s\nhealth_check: {interval: 10s}\nendpoints:\n"
                + "  - {name: a, url: \"http://a\"}"),
    ]
}
