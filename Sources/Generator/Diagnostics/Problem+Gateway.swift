extension Problem {
    /// Mistakes about the gateway itself.
    static let gatewayEntries: [Problem: ProblemEntry] = [
        .badListenAddress: ProblemEntry(
            "`{}` is no address to listen on",
            help: "write an IPv4 or IPv6 address, `localhost` or `unix:/path`",
            meaning: "A listener is bound to an address of this machine, not to a name or a port.",
            example: "server: {host: gateway.internal}", mend: "server: {host: 0.0.0.0}"),
        .badNetwork: ProblemEntry(
            "`{}` is no network", help: "write `10.0.0.0/8`, `fd00::/8` or one address",
            meaning: "Networks are written in CIDR form: an address and the length of its prefix.",
            example: "allow: [10.0.0]", mend: "allow: [10.0.0.0/24]"),
        .networkHostBits: ProblemEntry(
            "`{}` means the whole network {}", severity: .warning,
            meaning: "The address has bits behind the prefix, which count for nothing.",
            example: "allow: [10.1.2.3/8]", mend: "allow: [10.0.0.0/8]"),
        .badNameServer: ProblemEntry(
            "`{}` is no name server",
            help: "write `10.0.0.53`, `10.0.0.53:5353` or `[fd00::53]:53`",
            meaning: "A name server is asked at an address, since its name could not be looked up.",
            example: "server: {name_servers: [dns.internal]}",
            mend: "server: {name_servers: [10.0.0.53]}"),
        .nameServersUnused: ProblemEntry(
            "no endpoint has a name to look up, so nobody asks these servers",
            severity: .warning,
            meaning:
                "Every endpoint has an address or a socket's path, or is reached by libcurl, which "
                + "looks up names itself.",
            example: "server: {name_servers: [10.0.0.53]}",
            mend: "(leave the key out)"),
        .limitConflict: ProblemEntry(
            "`{}` ({}) has to be at least `{}` ({})",
            meaning:
                "One limit contains another: a body that is read whole has to fit what may be "
                + "held, a target has to fit the head.",
            example: "limits: {repeatable_body: 64MiB, held_body: 32MiB}",
            mend: "limits: {repeatable_body: 16MiB, held_body: 32MiB}"),
        .largeBurst: ProblemEntry(
            "after a burst of {} no more than {} a minute may follow", severity: .warning,
            meaning:
                "In no 60 s may more than `requests_per_minute` pass, a burst and what follows it "
                + "together. What a burst takes is missing from the steady rate.",
            example: "rate_limit: {requests_per_minute: 100, burst: 100}",
            mend: "rate_limit: {requests_per_minute: 100, burst: 25}"),
    ]

    /// Mistakes of Olla's form, which are none: what differs from Olla is said.
    static let ollaEntries: [Problem: ProblemEntry] = [
        .ollaNoEffect: ProblemEntry(
            "`{}` has no effect here: {}", severity: .note,
            meaning:
                "Olla knows the key; a compiled gateway has nothing that it could set. The "
                + "note says why.",
            example: "proxy: {engine: olla}",
            mend: "(leave it out, or leave it: it harms "
                + "nothing)"),
        .ollaIgnored: ProblemEntry(
            "`{}` has no effect here, nor in Olla: {}", severity: .note,
            meaning:
                "The key stands in Olla's samples or is read by it, but changes nothing there "
                + "either.",
            example: "proxy: {profile: auto}", mend: "(leave it out, or leave it: it harms nothing)"
        ),
        .ollaChanged: ProblemEntry(
            "`{}` is read as {}: {}", severity: .note,
            meaning:
                "The key has an equal here that is bounded or written differently; the note "
                + "says what is used.",
            example: "server: {request_limits: {max_header_size: 4194304}}",
            mend: "server: {request_limits: {max_header_size: 1048576}}"),
    ]
}
