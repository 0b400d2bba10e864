/// What is known about the model that a body names.
enum ModelOutcome: UInt8 {
    /// Nothing yet.
    case searching
    /// Where it stands; while the body goes on, it may still turn out to be ambiguous or malformed.
    case found
    /// There are two of them.
    case duplicate
    /// It is there and is no string.
    case notString
    /// It is longer than any model's name.
    case tooLong
    /// The body is not what it should be.
    case malformed
    /// The body is over and has none.
    case missing
}

extension ModelOutcome {
    /// Whether more of the body can change it.
    var isOpen: Bool { self == .searching || self == .found }

    /// The longest value that can name a model, in bytes as they stand in the body.
    static var byteLimit: Int { 256 }
}
