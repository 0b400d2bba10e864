import Foundation

/// One request, its body complete.
struct Request: Sendable {
    var method: String
    var target: String
    /// 0 or 1: the minor version of HTTP/1.
    var minorVersion: Int
    /// In the order of the wire.
    var fields: [Field]
    var body: [UInt8] = []

    /// The target up to the question mark.
    var path: String { String(target.prefix { $0 != "?" }) }

    /// What follows the question mark; empty without one.
    var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

    /// Whether the connection stays open for another request.
    var keepsAlive: Bool {
        minorVersion == 1
            ? !fields.lists("close", in: "connection")
            : fields.lists("keep-alive", in: "connection")
    }

    /// The parameters of `multipart/form-data`, or nil for another content type.
    var multipartBoundary: String? {
        guard let type = fields["content-type"],
            type.lowercased().hasPrefix("multipart/form-data"),
            let range = type.range(of: "boundary=")
        else { return nil }
        let rest = type[range.upperBound...].prefix { $0 != ";" }
        return rest.filter { $0 != "\"" }
    }

    /// Whether `text` stands in the target, in a field's value or in the body; all have the empty.
    func contains(_ text: String) -> Bool {
        text.isEmpty || target.contains(text) || fields.contains { $0.value.contains(text) }
            || Data(body).range(of: Data(text.utf8)) != nil
    }
}
