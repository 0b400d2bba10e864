/// A place in a YAML file.
struct SourceLocation: Equatable, Hashable {
    /// As the user named it on the command line.
    var file: String
    /// From 1.
    var line: Int
    /// From 1, in characters.
    var column: Int
    /// Characters to underline from `column` on; 1 at least.
    var width: Int
}
