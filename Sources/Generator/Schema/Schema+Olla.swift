extension Schema {
    /// Every key that Olla's loader knows or its samples show.
    static let olla: [OllaKey] = ollaServer + ollaProxy + ollaDiscovery + ollaRest

    private static let perMinute = "server.rate_limits."

    private static let ollaServer: [OllaKey] =
        [
            OllaKey("server.host", .moved(to: "server.host")),
            OllaKey("server.port", .moved(to: "server.port")),
            OllaKey("server.read_header_timeout", .moved(to: "timeouts.client_header")),
            OllaKey("server.shutdown_timeout", .moved(to: "drain.timeout")),
            OllaKey(
                "server.idle_timeout",
                .translated(words: "`timeouts.keep_alive`; 0 leaves its default")),
            OllaKey(
                "server.read_timeout",
                .noEffect(
                    "a body has no total time, only `timeouts.client_body` between two pieces")),
            OllaKey("server.write_timeout", .noEffect("an answer may take as long as it flows")),
            OllaKey("server.request_logging", .ignored("the access log is `logging.access`")),
            OllaKey("server.request_limits.max_body_size", .moved(to: "limits.body")),
            OllaKey(
                "server.request_limits.max_header_size",
                .translated(words: "`limits.head`, held to its range")),
            OllaKey(
                "server.rate_limits.trust_proxy_headers",
                .translated(words: "`server.trusted_proxies`, if true")),
            OllaKey(
                "server.rate_limits.trusted_proxy_cidrs",
                .translated(words: "`server.trusted_proxies`, if proxies are trusted")),
            OllaKey(
                perMinute + "global_requests_per_minute",
                .translated(words: "`server.rate_limits.global`; 0 is off, not all off")),
            OllaKey(
                perMinute + "per_ip_requests_per_minute",
                .translated(words: "`server.rate_limits.per_client`; 0 is off, not all off")),
            OllaKey(
                perMinute + "burst_size",
                .translated(
                    words: "`burst` of both, where it is 1 to a half of the requests a minute")
            ),
            OllaKey(
                perMinute + "health_requests_per_minute",
                .ignored("the gateway's own routes have no limit")),
            OllaKey(perMinute + "cleanup_interval", .noEffect("there is nothing to clean up")),
            OllaKey(
                perMinute + "ip_extraction_trust_proxy",
                .noEffect("it is `trust_proxy_headers` that counts")),
            OllaKey(
                perMinute + "per_endpoint.*",
                .translated(
                    words: "`server.rate_limits.per_endpoint`, of `default_requests_per_minute`; "
                        + "Olla itself does nothing with it")),
        ]
        + [
            "enabled", "allowed_origins", "allowed_methods", "allowed_headers", "exposed_headers",
            "allow_credentials", "max_age",
        ].map { OllaKey("server.cors." + $0, .translated(words: "`cors`, if `enabled` is true")) }

    private static let always = "another endpoint is asked while the request can be repeated"
    private static let noSessions = "requests are not bound to endpoints by session"

    private static let ollaProxy: [OllaKey] =
        [
            OllaKey("proxy.connection_timeout", .moved(to: "timeouts.connect")),
            OllaKey("proxy.response_header_timeout", .moved(to: "timeouts.response_header")),
            OllaKey("proxy.read_timeout", .moved(to: "timeouts.stream_idle")),
            OllaKey("proxy.engine", .noEffect("there is one engine, the compiled one")),
            OllaKey(
                "proxy.load_balancer",
                .translated(words: "`balance`; priorities hold whatever it is")),
            OllaKey("proxy.profile", .ignored("every answer is passed on as it arrives")),
            OllaKey(
                "proxy.connection_keep_alive", .noEffect("idle ones are checked before use")),
            OllaKey("proxy.tls_handshake_timeout", .moved(to: "timeouts.tls")),
            OllaKey("proxy.response_timeout", .ignored("an answer has no total time")),
            OllaKey("proxy.stream_buffer_size", .noEffect("buffers have a size of their own")),
            OllaKey("proxy.max_retries", .ignored(always)),
            OllaKey("proxy.retry_backoff", .ignored(always)),
            OllaKey("proxy.retry.*", .ignored(always)),
            OllaKey("proxy.profile_filter.*", .ignored("no profiles are loaded")),
        ]
        + [
            "enabled", "idle_ttl_seconds", "max_sessions", "key_sources", "prefix_hash_bytes",
        ].map { OllaKey("proxy.sticky_sessions." + $0, .noEffect(noSessions)) }

    private static let noDelay = "an endpoint serves until a check says that it does not"
    private static let retried = "an endpoint is asked again after the interval"
    private static let item = "discovery.static.endpoints[]."

    private static let ollaDiscovery: [OllaKey] =
        [
            OllaKey("discovery.type", .noEffect("endpoints are always those of the YAML")),
            OllaKey("discovery.refresh_interval", .ignored("the YAML is compiled")),
            OllaKey("discovery.health_check.*", .ignored(noDelay)),
            OllaKey(
                "discovery.model_discovery.enabled",
                .translated(
                    words: "`models: discover` at endpoints without `model_filter.include`, "
                        + "unless false")),
            OllaKey("discovery.model_discovery.interval", .moved(to: "discovery.interval")),
            OllaKey("discovery.model_discovery.timeout", .moved(to: "discovery.timeout")),
            OllaKey(
                "discovery.model_discovery.concurrent_workers",
                .noEffect("every endpoint is asked on its own")),
            OllaKey("discovery.model_discovery.retry_attempts", .ignored(retried)),
            OllaKey("discovery.model_discovery.retry_backoff", .ignored(retried)),
            OllaKey("discovery.static.endpoints", .moved(to: "endpoints")),
            OllaKey(item + "type", .translated(words: "`type`; without it `auto`")),
            OllaKey(
                item + "model_filter.include",
                .translated(words: "`models`, where names are whole or end in `*`")),
            OllaKey(
                item + "model_filter.exclude",
                .noEffect("endpoints list what they serve, not what they do not")),
            OllaKey(item + "model_url", .noEffect("models are asked for at `/v1/models`")),
            OllaKey(
                item + "health_check_url",
                .translated(words: "`health_check.path`, where it is below the endpoint's url")),
            OllaKey(item + "check_interval", .translated(words: "`health_check.interval`")),
            OllaKey(item + "check_timeout", .translated(words: "`health_check.timeout`")),
            OllaKey(item + "preserve_path", .noEffect("the path of the url is always kept")),
        ]
        + ["name", "url", "priority", "headers", "auth"].map {
            OllaKey(item + $0, .moved(to: "endpoints[]." + $0))
        }

    private static let noRegistry = "names of models are taken as they are written"
    private static let noTranslator = "only the OpenAI interface is served"
    private static let noDashboard = "there is no dashboard; see `/internal/status`"

    private static let ollaRest: [OllaKey] =
        [
            OllaKey("model_aliases", .moved(to: "aliases")),
            OllaKey("logging.level", .noEffect("there is one access log, `logging.access`")),
            OllaKey("logging.format", .noEffect("the access log is JSON")),
            OllaKey("logging.output", .noEffect("the access log goes to standard output")),
            OllaKey("dashboard.gate_internal_api", .ignored(noDashboard)),
            OllaKey("engineering.show_nerdstats", .noEffect("see `/internal/metrics`")),
        ]
        + [
            "type", "enable_unifier", "unification.enabled", "unification.stale_threshold",
            "unification.cleanup_interval", "unification.cache_ttl", "routing_strategy.type",
            "routing_strategy.options.fallback_behavior",
            "routing_strategy.options.discovery_timeout",
            "routing_strategy.options.discovery_refresh_on_miss",
        ].map { OllaKey("model_registry." + $0, .noEffect(noRegistry)) }
        + [
            "enabled", "passthrough_enabled", "max_message_size", "inspector.enabled",
            "inspector.output_dir", "inspector.session_header",
        ].map { OllaKey("translators.anthropic." + $0, .noEffect(noTranslator)) }
        + ["enabled", "access_policy.allowed_cidrs", "access_policy.allowed_hosts"].map {
            OllaKey("dashboard." + $0, .noEffect(noDashboard))
        }

    /// Words that a key of Olla's form takes although it has no effect: a misspelt one is told.
    static let ollaWords = [
        "proxy.engine": ["olla", "sherpa"],
        "proxy.load_balancer": ["least-connections", "round-robin", "priority"],
        "proxy.profile": ["auto", "streaming", "standard"],
        "model_registry.type": ["memory"],
        "model_registry.routing_strategy.type": ["strict", "optimistic", "discovery"],
        "discovery.type": ["static"],
    ]
}
