/// One header field as it stood on the wire or will stand there.
struct Field: Equatable, Sendable {
    var name: String
    var value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension [Field] {
    /// The value of the first field of that name, whatever its case.
    subscript(_ name: String) -> String? {
        first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Whether a comma-separated field lists `token`, whatever its case.
    func lists(_ token: String, in name: String) -> Bool {
        contains { field in
            field.name.lowercased() == name
                && field.value.lowercased().split(separator: ",").contains {
                    $0.drop { $0 == " " } == token
                }
        }
    }
}
