extension Problem {
    /// Mistakes about lists of models in files of their own.
    static let includeEntries: [Problem: ProblemEntry] = [
        .includeUnreadable: ProblemEntry(
            "`{}` cannot be read: {}",
            help: "`ingot check --live --freeze-models FILE` writes such a file",
            meaning: "`models_from` names a file that is there when the gateway is built.",
            example: "models_from: nowhere.yaml", mend: "models_from: models.yaml"),
        .includeWithoutEndpoint: ProblemEntry(
            "`{}` lists no models of `{}`",
            help: "`ingot check --live --freeze-models FILE` writes the file anew",
            meaning: "A file of models has a list for each endpoint, under the endpoint's name.",
            example: "- {name: gpu, url: \"http://a\", models_from: models.yaml}",
            mend: "(in models.yaml) gpu: [gpt-4o]"),
        .modelsTwice: ProblemEntry(
            "`models` and `models_from` both say what the endpoint serves",
            help: "keep one of the two",
            meaning: "An endpoint's models stand in the YAML or in a file of their own.",
            example: "models: [gpt-4o]\nmodels_from: models.yaml",
            mend: "models_from: models.yaml"),
    ]

    /// What `ingot check --live` finds: the YAML asks for a model that an endpoint does not have.
    static let liveEntries: [Problem: ProblemEntry] = [
        .modelNotThere: ProblemEntry(
            "`{}` does not have the model `{}`",
            help: "name a model that the endpoint lists, or have it load this one",
            meaning:
                "Only `ingot check --live` says so. The endpoint was asked, and its model list "
                + "lacks a name that requests will be sent with: one of `models`, the target "
                + "of an alias, or the default model.",
            example: "models: [gpt-4oo]", mend: "models: [gpt-4o]"),
        .patternWithoutModel: ProblemEntry(
            "`{}` has no model that `{}` matches",
            help: "remove the pattern, or have the endpoint load such a model",
            meaning:
                "Only `ingot check --live` says so. The endpoint was asked, and no name in its "
                + "model list begins so.",
            example: "models: [\"gpt4*\"]", mend: "models: [\"gpt-4*\"]"),
    ]
}
