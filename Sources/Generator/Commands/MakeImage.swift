import ArgumentParser

/// `ingot image`.
struct MakeImage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Write the Dockerfile of a YAML's gateway.",
        discussion: """
            The image holds one static binary, runs it as a numbered user, and asks it for its \
            health. No container engine is needed to write the file. A Dockerfile that is there \
            already and differs is left alone.
            """
    )

    @OptionGroup var input: InputOptions

    @Option(name: .shortAndLong, help: "Where the Dockerfile goes; '-' is standard output.")
    var output = "Dockerfile"

    @Option(help: "The image with Swift that builds ingot; append @sha256:… to pin it.")
    var swiftImage: ImageName?

    @Option(help: "An image that has ingot already, instead.")
    var ingotImage: ImageName?

    @Option(help: "Where the YAML is kept, for a label: a url.")
    var source: ImageName?

    @Option(help: "What you call this version, for a label.")
    var release: ImageName?

    @Flag(help: "Replace a Dockerfile that differs.")
    var force = false

    func validate() throws {
        if swiftImage != nil, ingotImage != nil {
            throw ValidationError("--swift-image and --ingot-image exclude each other")
        }
    }

    /// Says which file was written.
    func run() throws {
        let progress = Progress(.errors, isShown: false)
        let pipeline = Pipeline(file: input.file, format: .text, progress: progress)
        let builder = ingotImage.map { GatewayImage.Builder.ingot($0.text) }
        let order = ImageOrder(
            output: output,
            builder: builder ?? .swift(swiftImage?.text ?? "swift:6.3-bookworm"),
            source: source?.text,
            release: release?.text
        )
        try pipeline.image(order).write(isForced: force)
    }
}

/// The name of an image or what else stands in a Dockerfile as it is: visible ASCII without quotes.
struct ImageName: ExpressibleByArgument {
    let text: String

    init?(argument: String) {
        let isTame = argument.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !"\"'\\$`".utf8.contains(byte)
        }
        guard !argument.isEmpty, argument.utf8.count <= 512, isTame, !argument.hasPrefix("-") else {
            return nil
        }
        text = argument
    }
}
