/// Something that a user is told about a YAML.
struct Diagnostic: Equatable {
    enum Severity: String, Equatable {
        case error
        case warning
        case note
    }

    /// `IN012`: what `docs/diagnostics.md` explains.
    var code: String
    var severity: Severity
    var message: String
    var location: SourceLocation
    /// Other places involved, each with what is there.
    var notes: [Note] = []
    /// What to do: `did you mean 'priority'?`.
    var help: String?

    struct Note: Equatable {
        var message: String
        var location: SourceLocation
    }
}
