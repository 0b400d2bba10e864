/// The version of the generator and of the runtime that comes with it.
enum Version {
    static let current = "0.1.0"
}
