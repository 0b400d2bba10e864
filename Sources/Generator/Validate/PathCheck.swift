/// The routes that every gateway has.
enum BuiltInRoutes {
    static let paths = [
        "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/models",
        "/v1/images/generations", "/v1/audio/transcriptions", "/v1/audio/translations",
        "/v1/moderations",
    ]

    /// Whether a path below `/v1/` is one of them; `/v1/models/NAME` is.
    static func contains(_ path: String) -> Bool {
        paths.contains(path) || path.hasPrefix("/v1/models/")
    }
}

/// What the path of a url, a route or a file may hold.
enum PathCheck {
    /// Reports a text that can be the path of no file.
    static func checkFile(_ path: String, at location: SourceLocation, _ findings: Findings) {
        if path.isEmpty || path.utf8.count > 4_095 || path.contains("\0") {
            findings.report(.badPath, at: location, path)
        }
    }

    /// What is wrong with a path, in words; nil where nothing is.
    static func mistake(in path: String) -> String? {
        let bytes = Array(path.utf8)
        let marks = Array("-._~!$&'()*+,;=:@/%".utf8)
        if path.contains("?") { return "it holds a query" }
        if path.contains("#") { return "it holds a fragment" }
        for (index, byte) in bytes.enumerated() {
            guard byte.isDigit || byte.isLetter || marks.contains(byte) else {
                let shown =
                    byte > 0x20 && byte < 0x7F
                    ? "`\(Character(Unicode.Scalar(byte)))`" : "a character"
                return "it holds \(shown), which no path may hold"
            }
            guard byte == UInt8(ascii: "%") else { continue }
            guard index + 2 < bytes.count, bytes[index + 1].isHexDigit, bytes[index + 2].isHexDigit
            else { return "`%` is not followed by two hex digits" }
            switch String(decoding: bytes[index + 1...index + 2], as: UTF8.self).lowercased() {
            case "2f", "5c": return "it holds an encoded slash"
            case "2e": return "it holds an encoded dot"
            case "00": return "it holds an encoded NUL"
            default: break
            }
        }
        if path.contains("//") { return "it holds `//`" }
        let segments = path.split(separator: "/")
        if segments.contains(".") || segments.contains("..") {
            return "it holds `.` or `..` as a segment"
        }
        return nil
    }
}
