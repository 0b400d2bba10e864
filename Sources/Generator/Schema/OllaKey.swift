/// A key of Olla's form, and what becomes of it.
struct OllaKey: Sendable {
    /// From the top: `server.read_timeout`; `[]` are the items of a list, `*` any further keys.
    let path: String
    let meaning: Meaning

    enum Meaning: Sendable {
        /// It is this key of ingot's form.
        case moved(to: String)
        /// It has an equal that takes more than a move; the translation knows how.
        case translated(words: String)
        /// Olla heeds it, ingot has no use for it: why.
        case noEffect(String)
        /// Olla itself does nothing with it: why.
        case ignored(String)
    }

    init(_ path: String, _ meaning: Meaning) {
        self.path = path
        self.meaning = meaning
    }
}
