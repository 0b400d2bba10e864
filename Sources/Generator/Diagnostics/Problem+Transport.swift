extension Problem {
    /// Mistakes about the way to endpoints: TLS, proxies; and about asking them for their models.
    static let transportEntries: [Problem: ProblemEntry] = [
        .secureKeyWithoutHTTPS: ProblemEntry(
            "`{}` says something about TLS, but this endpoint is spoken to without it",
            help: "write `https://` in the url, or remove the key",
            meaning: "Only what begins with `https://` is encrypted; the key would do nothing.",
            example: "url: http://api.internal\ntls: {ca: private-ca.pem}",
            mend: "url: https://api.internal\ntls: {ca: private-ca.pem}"),
        .unverified: ProblemEntry(
            "ANYBODY ON THE WAY TO `{}` CAN READ AND CHANGE EVERYTHING, CREDENTIALS INCLUDED: its "
                + "certificate is not verified",
            severity: .warning,
            help: "name the authority that signed it: `ca: FILE`; a wrong name is mended by "
                + "`server_name`",
            meaning:
                "Without verification any certificate is taken, so that TLS keeps nothing secret "
                + "from whoever sits between. The manifest of the binary says so too.",
            example: "tls: {verify: false}", mend: "tls: {ca: private-ca.pem}"),
        .badAuthorities: ProblemEntry(
            "no certificates come from `{}`: {}",
            help: "write `system`, or the path of a PEM file, from the YAML's folder on",
            meaning:
                "The certificates of `ca` are compiled in, so the file has to be there at build, "
                + "and whole.",
            example: "tls: {ca: missing.pem}", mend: "tls: {ca: private-ca.pem}"),
        .expiredAuthority: ProblemEntry(
            "the certificate `{}` in `{}` has expired", severity: .warning,
            help: "replace it; servers that only it vouches for are refused",
            meaning: "A certificate past its end vouches for nobody.",
            example: "tls: {ca: ca-of-last-year.pem}", mend: "tls: {ca: ca.pem}"),
        .identityIncomplete: ProblemEntry(
            "`{}` is of no use without `{}`",
            meaning: "The gateway shows a certificate and proves with its key that it is its own.",
            example: "tls: {client_certificate: \"${file:/run/client.pem}\"}",
            mend: "tls: {client_certificate: \"${file:/run/client.pem}\", "
                + "client_key: \"${file:/run/client.key}\"}"),
        .notAReference: ProblemEntry(
            "the value of `{}` is not a reference",
            help: "write `${file:/path/to.pem}`, or `${NAME}` for a variable that holds the PEM",
            meaning:
                "What is spelled out would be compiled in, and keys never are. They are read when "
                + "the gateway starts, from a file or a variable that the YAML only names.",
            example: "client_key: /run/secrets/client.key",
            mend: "client_key: \"${file:/run/secrets/client.key}\""),
        .badServerName: ProblemEntry(
            "`{}` is the name of no server", help: "write a host name or an address",
            meaning: "Certificates are for host names and addresses, without scheme, port or path.",
            example: "server_name: https://api.internal", mend: "server_name: api.internal"),
        .badProxy: ProblemEntry(
            "the proxy does not work: {}",
            help: "write `http://host:port`, `https://host:port`, `socks5h://host:port`, "
                + "`environment` or `none`",
            meaning:
                "A proxy is a scheme, a host and a port, with a user and password if need be; only "
                + "these two may be references.",
            example: "proxy: proxy.internal:3128", mend: "proxy: http://proxy.internal:3128"),
        .socketEgress: ProblemEntry(
            "`{}` means nothing to an endpoint behind a unix socket", help: "remove it",
            meaning: "A socket is on this machine and is spoken to in HTTP/1.1 without a proxy.",
            example: "url: unix:/run/llm.sock\nhttp_version: 2", mend: "url: unix:/run/llm.sock"),
        .awaitsDiscovery: ProblemEntry(
            "no list names `{}`: it works once an endpoint says that it has it", severity: .note,
            meaning:
                "Some endpoint has `models: discover`, so that what it serves is known at run time "
                + "alone. A misspelt name shows only there.",
            example: "models: discover\n…\naliases: {fast: gpt-4o-mini}",
            mend: "(nothing is wrong, if an endpoint has the model)"),
        .unusedDiscovery: ProblemEntry(
            "`discovery` has no effect: no endpoint has `models: discover`", severity: .warning,
            help: "remove it, or write `models: discover` at an endpoint",
            meaning: "Endpoints are asked for their models only where they say so.",
            example: "discovery: {interval: 60s}\nendpoints:\n  - {name: a, url: \"http://a\"}",
            mend: "discovery: {interval: 60s}\nendpoints:\n"
                + "  - {name: a, url: \"http://a\", models: discover}"),
    ]
}
