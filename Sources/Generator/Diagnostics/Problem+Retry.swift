extension Problem {
    /// Mistakes about how often and how long an answer is tried for.
    static let retryEntries: [Problem: ProblemEntry] = [
        .badPercentage: ProblemEntry(
            "`{}` is no share of requests", help: "write a percentage, such as `20%`, or `off`",
            meaning:
                "A bare number could be a count or a share of one or of a hundred, so it is none.",
            example: "retry: {budget: 0.2}", mend: "retry: {budget: 20%}"),
        .totalCutsStreams: ProblemEntry(
            "after {} every answer is cut, also streams that flow well", severity: .warning,
            help: "leave it out, or choose a time that no answer needs; `stream_idle` ends those "
                + "that fall silent",
            meaning:
                "Models answer for minutes, and a stream that still flows is a healthy one. "
                + "`total` ends it all the same: with an error event.",
            example: "timeouts: {total: 30s}", mend: "timeouts: {stream_idle: 30s}"),
    ]
}
