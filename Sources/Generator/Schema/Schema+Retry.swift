/// Keys that say how often and how long an answer is tried for.
extension Schema {
    static let retryBudget = SchemaKey(
        "budget", .percentOrWord(1...100, word: offWord), .defaulted("20%"),
        "How many of a hundred requests may be sent once more, besides one a second and ten at "
            + "once; past that the client gets what the last endpoint gave. `off` is no bound.",
        example: "50%")

    static let firstEvent = SchemaKey(
        "first_event", .boolean, .defaulted("true"),
        "Whether the head of an event stream waits for its first event, 10 s at most, as long as "
            + "another endpoint could be asked: one that begins with an error, or ends before "
            + "that, is passed over.",
        example: "false")

    static let total = SchemaKey(
        "total", .duration(0...24 * Units.hour), .defaulted("0s"),
        "From the request's head to the last byte of its answer; healthy streams end there too. "
            + "0 is none.",
        example: "30m")
}
