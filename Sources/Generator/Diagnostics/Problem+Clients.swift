extension Problem {
    /// Mistakes about who may call.
    static let clientEntries: [Problem: ProblemEntry] = [
        .badClientName: ProblemEntry(
            "`{}` is no name for a client",
            help: "use 1 to 64 letters, digits, `.`, `_` and `-`",
            meaning: "The name stands in logs and in metrics.",
            example: "name: \"my team\"", mend: "name: my-team"),
        .duplicateClient: ProblemEntry(
            "a second client is called `{}`",
            help: "give each client a name of its own, and one client several keys",
            meaning: "Logs and metrics tell clients apart by their names.",
            example: "- {name: a, key_sha256: …}\n- {name: a, key_sha256: …}",
            mend: "- {name: a, key_sha256: [\"…\", \"…\"]}"),
        .badKeyDigest: ProblemEntry(
            "this is no SHA-256 of a key: {}",
            help: "write the 64 hexadecimal digits that `ingot key hash` prints for the key",
            meaning:
                "The YAML and the binary hold digests of keys, from which nobody can make the "
                + "key. No message repeats what stands there: it may be the key itself.",
            example: "key_sha256: ingot_kX2…",
            mend: "key_sha256: \"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\""
        ),
        .sharedKey: ProblemEntry(
            "this key is already that of `{}`", help: "make another one: `ingot key new NAME`",
            meaning: "A key says which client a request comes from, so it is of one client, once.",
            example: "- {name: a, key_sha256: 9f86…}\n- {name: b, key_sha256: 9f86…}",
            mend: "- {name: a, key_sha256: 9f86…}\n- {name: b, key_sha256: 60303…}"),
        .clientModelUnserved: ProblemEntry(
            "no endpoint serves `{}`, which the client `{}` may name",
            meaning:
                "The list holds what clients say: names and aliases that the gateway has, or "
                + "patterns that cover some.",
            example: "models: [gpt-4o]\nclients: [{name: a, models: [gpt-4-o], …}]",
            mend: "clients: [{name: a, models: [gpt-4o], …}]"),
        .clientRouteUnknown: ProblemEntry(
            "`{}` is no route of this gateway",
            meaning:
                "The list holds paths below the prefixes, `/v1/chat/completions`, whole or "
                + "beginning as in `/v1/models*`; those that `routes` adds as well.",
            example: "clients: [{name: a, routes: [/v1/chat], …}]",
            mend: "clients: [{name: a, routes: [/v1/chat/completions], …}]"),
        .badOrigin: ProblemEntry(
            "`{}` does nothing as an origin: {}",
            help: "write `https://host`, `https://host:port`, `https://*.domain` or `*`",
            meaning:
                "An origin is a scheme and a host in lower case, and a port where it is not the "
                + "scheme's own. It is compared byte for byte, so that others never match.",
            example: "allowed_origins: [\"https://App.example.com/\"]",
            mend: "allowed_origins: [\"https://app.example.com\"]"),
        .anyOriginWithCredentials: ProblemEntry(
            "pages of every origin would act with their visitors' credentials",
            help: "list the origins, or leave out `allow_credentials`",
            meaning:
                "With the origin `*` browsers send no credentials; to repeat whichever origin "
                + "asks would let any page on the net use them.",
            example: "cors: {allowed_origins: [\"*\"], allow_credentials: true}",
            mend:
                "cors: {allowed_origins: [\"https://app.example.com\"], allow_credentials: true}"
        ),
    ]
}
