/// A key of the YAML: all that is known about it, once.
struct SchemaKey: Sendable {
    let name: String
    let type: SchemaType
    let presence: Presence
    /// One or two sentences for the reference and for editors.
    let help: String
    /// A value as it would be written.
    let example: String

    enum Presence: Equatable {
        case required
        /// Left out, it is not there.
        case optional
        /// Left out, it has this value, written as in the YAML.
        case defaulted(String)
    }

    init(
        _ name: String, _ type: SchemaType, _ presence: Presence, _ help: String,
        example: String
    ) {
        self.name = name
        self.type = type
        self.presence = presence
        self.help = help
        self.example = example
    }
}
