/// Every key of the page's form; the reader, the reference page and the JSON Schema come from it.
enum Schema {
    static let root: [SchemaKey] =
        [
            SchemaKey(
                "endpoints", .list(of: .section(endpoint), atLeast: 1), .required,
                "The backends that answer, 1 to 65535 of them. They are asked in the order of "
                    + "their priority.",
                example: "[{name: local, url: \"http://127.0.0.1:11434\"}]"),
            SchemaKey(
                "server", .section(server), .optional,
                "Where the gateway listens and how much it takes.",
                example: "{port: 40114}"),
            SchemaKey(
                "admin", .section(admin), .optional,
                "Who may ask the gateway's own routes, such as `/internal/status`.",
                example: "{allow: [10.0.0.0/8]}"),
            SchemaKey(
                "routes", .list(of: .text(.route), atLeast: 1), .optional,
                "Paths below `/v1/` that are served besides the built-in ones.",
                example: "[/v1/responses]"),
            SchemaKey(
                "passthrough", .boolean, .defaulted("false"),
                "Whether every path below `/v1/` is served.", example: "true"),
            SchemaKey(
                "aliases", .map(key: .modelName, value: .textOrList(.modelName)), .optional,
                "Further names of models. Each stands for one model, or for the first of several "
                    + "that an endpoint serves.",
                example: "{fast: gpt-4o-mini}"),
            SchemaKey(
                "default_model", .text(.modelName), .optional,
                "The model of a request that names none; without it such a request is refused.",
                example: "gpt-4o-mini"),
            SchemaKey(
                "limits", .section(limits), .optional, "How large requests may be.",
                example: "{body: 100MiB}"),
            SchemaKey(
                "timeouts", .section(timeouts), .optional,
                "How long the gateway waits, for each thing that it waits for.",
                example: "{response_header: 120s}"),
            SchemaKey(
                "retry", .section(retry), .optional, "When another endpoint of the model is asked.",
                example: "{on_status: [429, 503]}"),
            balance,
            SchemaKey(
                "drain", .section(drain), .optional, "How the gateway stops.",
                example: "{timeout: 300s}"),
            SchemaKey(
                "discovery", .section(discovery), .optional,
                "How endpoints with `models: discover` are asked for their models.",
                example: "{interval: 60s}"),
            SchemaKey(
                "logging", .section(logging), .optional, "What the gateway writes while it works.",
                example: "{access: json}"),
            clients,
            crossOrigin,
        ] + health

    static let server: [SchemaKey] = [
        SchemaKey(
            "host", .text(.listenAddress), .defaulted("127.0.0.1"),
            "The address to listen on: IPv4, IPv6, `localhost` or `unix:/path`. `0.0.0.0` is "
                + "every IPv4 address.",
            example: "0.0.0.0"),
        SchemaKey(
            "port", .integer(1...65_535), .defaulted("40114"),
            "The port to listen on; `INGOT_PORT` in the environment replaces it.", example: "8080"),
        SchemaKey(
            "workers", .integerOrWord(1...256, word: "all"), .defaulted("all"),
            "Threads that serve clients; `all` is one a core.", example: "4"),
        SchemaKey(
            "max_connections", .integer(1...10_000_000), .defaulted("10000"),
            "Clients that may be connected at once.", example: "20000"),
        SchemaKey(
            "trusted_proxies", .list(of: .text(.network), atLeast: 1), .optional,
            "Networks of proxies whose `X-Forwarded-For` is believed.",
            example: "[10.0.0.0/8]"),
        SchemaKey(
            "name_servers", .list(of: .text(.nameServer), atLeast: 1), .optional,
            "Who is asked for the addresses of endpoints instead of the servers that "
                + "`/etc/resolv.conf` names, 8 at most.",
            example: "[10.0.0.53, \"127.0.0.1:5353\"]"),
        SchemaKey(
            "rate_limits", .section(rateLimits), .optional,
            "How many requests are let in, and how many each endpoint gets that has no "
                + "`rate_limit` of its own.",
            example: "{per_client: {requests_per_minute: 60}}"),
        SchemaKey(
            "tls", .section(serverTLS), .optional,
            "The gateway's certificate; with it clients are spoken to in TLS alone.",
            example: "{certificate: /run/tls/tls.crt, key: /run/tls/tls.key}"),
    ]

    static let serverTLS: [SchemaKey] = [
        SchemaKey(
            "certificate", .text(.path), .required,
            "The file of the certificate and its chain, as PEM; read when the gateway starts.",
            example: "/run/tls/tls.crt"),
        SchemaKey(
            "key", .text(.path), .required, "The file of its key, as PEM; read likewise.",
            example: "/run/tls/tls.key"),
    ]

    static let admin: [SchemaKey] = [
        SchemaKey(
            "allow", .list(of: .text(.network), atLeast: 1), .optional,
            "Networks that may ask the gateway's own routes; without it only this machine may.",
            example: "[10.0.0.0/8]"),
        SchemaKey(
            "host", .text(.listenAddress), .defaulted("127.0.0.1"),
            "The address of the own routes' port.", example: "0.0.0.0"),
        SchemaKey(
            "port", .integer(1...65_535), .optional,
            "A port for the gateway's own routes alone; the clients' port then answers only the "
                + "health routes of them.",
            example: "9090"),
    ]

    static let limits: [SchemaKey] = [
        SchemaKey(
            "head", .byteSize(1_024...Units.mebibyte), .defaulted("64KiB"),
            "The request line and all headers together; larger is 431.", example: "32KiB"),
        SchemaKey(
            "fields", .integer(8...1_024), .defaulted("128"),
            "The headers of a request; more is 431.", example: "64"),
        SchemaKey(
            "target", .byteSize(256...64 * Units.kibibyte), .defaulted("8KiB"),
            "The path and query of a request; longer is 414.", example: "4KiB"),
        SchemaKey(
            "body", .byteSize(0...1_024 * Units.gibibyte), .defaulted("100MiB"),
            "The body of a request; larger is 413, and 0 is no limit.", example: "20MiB"),
        SchemaKey(
            "repeatable_body", .byteSize(0...64 * Units.mebibyte), .defaulted("1MiB"),
            "Bodies up to this size are read whole, so that another endpoint can be asked.",
            example: "4MiB"),
        SchemaKey(
            "held_body", .byteSize(0...Units.gibibyte), .defaulted("32MiB"),
            "What is held of a body until its `model` is found; at least `repeatable_body`.",
            example: "64MiB"),
    ]

    private static let anyDuration = SchemaType.duration(0...24 * Units.hour)

    static let timeouts: [SchemaKey] = [
        SchemaKey(
            "client_header", anyDuration, .defaulted("10s"),
            "Until a client has sent the head of its request.", example: "5s"),
        SchemaKey(
            "client_body", anyDuration, .defaulted("30s"),
            "Between two pieces of a request's body.", example: "60s"),
        SchemaKey(
            "connect", anyDuration, .defaulted("5s"),
            "Until an endpoint has accepted a connection.",
            example: "2s"),
        SchemaKey(
            "tls", anyDuration, .defaulted("10s"),
            "From there until an https endpoint has shown its certificate and keys are agreed on.",
            example: "3s"),
        SchemaKey(
            "response_header", anyDuration, .defaulted("600s"),
            "Until an endpoint begins to answer; models may be loaded meanwhile.", example: "120s"),
        SchemaKey(
            "stream_idle", anyDuration, .defaulted("300s"), "Between two pieces of an answer.",
            example: "60s"),
        SchemaKey(
            "keep_alive", anyDuration, .defaulted("75s"),
            "How long a client's connection is kept without a request.", example: "30s"),
        SchemaKey(
            "upstream_idle", anyDuration, .defaulted("60s"),
            "How long a connection to an endpoint is kept without a request.", example: "30s"),
        total,
    ]

    static let retry: [SchemaKey] = [
        SchemaKey(
            "attempts", .integer(0...100), .defaulted("0"),
            "How many endpoints are asked at most; 0 is every endpoint of the model once.",
            example: "2"),
        SchemaKey(
            "on_status", .list(of: .integer(400...599), atLeast: 0),
            .defaulted("[429, 502, 503, 504]"),
            "The statuses on which another endpoint is asked.", example: "[429, 503]"),
        retryBudget,
        firstEvent,
    ]

    static let drain: [SchemaKey] = [
        SchemaKey(
            "lag", .duration(0...Units.hour), .defaulted("0s"),
            "How long connections are still accepted after SIGTERM, with `/readyz` saying no.",
            example: "5s"),
        SchemaKey(
            "timeout", anyDuration, .defaulted("300s"),
            "How long running exchanges may go on after that.", example: "30s"),
    ]

    static let discovery: [SchemaKey] = [
        SchemaKey(
            "interval", .duration(Units.second...24 * Units.hour), .defaulted("60s"),
            "Between two questions to an endpoint.", example: "5m"),
        SchemaKey(
            "timeout", .duration(100...10 * Units.minute), .defaulted("10s"),
            "Until an endpoint has answered.", example: "5s"),
    ]

    static let logging: [SchemaKey] = [
        SchemaKey(
            "access", .choice(AccessLog.allCases.map(\.rawValue), synonyms: [:]),
            .defaulted("json"), "One line of JSON for each exchange, or none.", example: "off")
    ]
}
