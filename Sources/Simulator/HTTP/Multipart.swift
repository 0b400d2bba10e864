import Foundation

/// Reads `multipart/form-data` (RFC 7578).
enum Multipart {
    /// One field of a form, or one file.
    struct Part: Sendable {
        var name: String
        var fileName: String?
        var bytes: [UInt8]

        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// The parts in order; nil where the body is no such form.
    static func parts(of body: [UInt8], boundary: String) -> [Part]? {
        let data = Data(body)
        let delimiter = Data("--\(boundary)".utf8)
        guard var place = data.range(of: delimiter)?.upperBound else { return nil }
        var parts: [Part] = []
        while !data[place...].starts(with: "--".utf8) {
            guard let next = data.range(of: Data("\r\n".utf8) + delimiter, in: place..<data.count),
                let part = part(data[place..<next.lowerBound])
            else { return nil }
            parts.append(part)
            place = next.upperBound
        }
        return parts
    }

    /// - Parameter bytes: from the line end after the boundary to the end of the content.
    private static func part(_ bytes: Data) -> Part? {
        guard let head = bytes.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<head.lowerBound], as: UTF8.self)
        guard let name = parameter("name", in: lines) else { return nil }
        return Part(
            name: name,
            fileName: parameter("filename", in: lines),
            bytes: Array(bytes[head.upperBound...])
        )
    }

    private static func parameter(_ name: String, in lines: String) -> String? {
        for opening in ["; \(name)=\"", ";\(name)=\""] {
            guard let range = lines.range(of: opening) else { continue }
            return String(lines[range.upperBound...].prefix { $0 != "\"" })
        }
        return nil
    }
}
