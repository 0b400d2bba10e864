import Glibc

/// The values behind `${NAME}` and `${file:/path}`, as the gateway would read them when it starts.
///
/// They go into requests and nowhere else: what comes from outside is shown through `redacted`.
struct Secrets {
    private var variables: [String: [UInt8]] = [:]
    private var files: [String: [UInt8]] = [:]
    /// Literal credentials of the YAML, which are not shown either.
    private var literals: [String] = []
    /// One line for each value that is missing or cannot stand in a field.
    private(set) var problems: [String] = []

    /// A file of a secret has at most as many bytes.
    private static let fileByteLimit = 65_536

    /// What a value is for.
    enum Use {
        case field
        /// A field whose literal text is secret as well.
        case credential
        /// A certificate or key, which has several lines.
        case document
    }

    /// Adds what a value needs.
    ///
    /// - Parameter user: who needs it, in the words of a message: `endpoint 'gpu'`.
    mutating func read(_ parts: [ValuePart], as use: Use, for user: String) {
        for part in parts {
            switch part {
            case .text(let text):
                if use == .credential { hide(text) }
            case .environment(let name, let fallback):
                readVariable(name, isNeeded: fallback == nil, as: use, for: user)
            case .file(let path):
                readFile(path, as: use, for: user)
            case .base64(let inner):
                read(inner, as: use, for: user)
                literals.append(text(of: [part]))
            }
        }
    }

    /// The text of a value; complete where there are no `problems`.
    func text(of parts: [ValuePart]) -> String {
        String(decoding: parts.flatMap(value), as: UTF8.self)
    }

    /// Bytes as a file or variable has them, line ends among them: a key of several lines.
    func value(of part: ValuePart) -> [UInt8] {
        switch part {
        case .text(let text): Array(text.utf8)
        case .environment(let name, let fallback): value(of: name, fallback: fallback)
        case .file(let path): files[path] ?? []
        case .base64(let inner): Array(Base64.text(of: inner.flatMap(value)).utf8)
        }
    }

    /// As in a shell, `:-` also stands in for a variable that is set to nothing.
    private func value(of name: String, fallback: String?) -> [UInt8] {
        let found = variables[name] ?? []
        return found.isEmpty ? Array((fallback ?? "").utf8) : found
    }

    private mutating func readVariable(
        _ name: String, isNeeded: Bool, as use: Use, for user: String
    ) {
        if variables[name] != nil { return }
        guard let value = getenv(name).map({ Array(String(cString: $0).utf8) }) else {
            if isNeeded { problems.append("environment variable \(name) is not set (\(user))") }
            return
        }
        variables[name] = value
        check(value, of: "environment variable \(name)", as: use, for: user)
    }

    private mutating func readFile(_ path: String, as use: Use, for user: String) {
        if files[path] != nil { return }
        do throws(Failure) {
            var bytes = try Files.read(path)
            while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
            files[path] = bytes
            if bytes.count > Self.fileByteLimit {
                problems.append("file \(path) is larger than 64 KiB (\(user))")
            }
            check(bytes, of: "file \(path)", as: use, for: user)
        } catch {
            problems.append("\(error.message ?? path) (\(user))")
        }
    }

    private mutating func check(
        _ bytes: [UInt8], of what: String, as use: Use, for user: String
    ) {
        let isOneLine = bytes.allSatisfy { ($0 >= 0x20 || $0 == 9) && $0 != 0x7F }
        if use != .document && !isOneLine {
            problems.append("\(what) has a line end or a control byte in it (\(user))")
        }
    }

    /// Hides every word but the name of the scheme.
    private mutating func hide(_ text: String) {
        let schemes = ["basic", "bearer", "token"]
        literals += text.split(separator: " ").map(String.init)
            .filter { !schemes.contains($0.lowercased()) }
    }
}

extension Secrets {
    /// Shorter ones would blot out half of any text.
    private static let leastHiddenCount = 4

    /// `text` with stars for every secret in it: a server may send back what it was sent.
    func redacted(_ text: String) -> String {
        let values = (Array(variables.values) + files.values).map {
            String(decoding: $0, as: UTF8.self)
        }
        return (values + literals)
            .filter { $0.utf8.count >= Self.leastHiddenCount && text.contains($0) }
            .sorted { $0.utf8.count > $1.utf8.count }
            .reduce(text) { $0.replacing($1, with: "***") }
    }
}

/// RFC 4648, section 4.
private enum Base64 {
    private static let letters = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    static func text(of bytes: [UInt8]) -> String {
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for digit in 0..<4 {
                text.append(digit > group.count ? "=" : letters[word >> (18 - 6 * digit) & 63])
            }
        }
        return text
    }
}
