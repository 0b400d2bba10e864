import Glibc

/// The values behind `${NAME}` and `${file:/path}`, read when the gateway starts; files are read
/// again on SIGHUP, variables cannot change.
struct Secrets: Sendable {
    private var variables: [String: [UInt8]] = [:]
    private var files: [String: [UInt8]] = [:]
    /// One sentence for each value that is missing or cannot stand in a field.
    private(set) var problems: [String] = []
    /// Whether files are read for a second time, so that values stand behind them already.
    private var isReread = false

    private init() {}

    init(for endpoints: [Endpoint]) {
        readAll(of: endpoints)
    }

    /// The same variables with what the files have now; to be used where there are no `problems`.
    func rereadingFiles(for endpoints: [Endpoint]) -> Secrets {
        var found = Secrets()
        found.variables = variables
        found.isReread = true
        found.readAll(of: endpoints)
        for (path, bytes) in found.files where bytes.isEmpty && files[path]?.isEmpty == false {
            found.problems.append("file \(path) is empty now")
        }
        return found
    }

    /// The files whose values differ from `earlier`, in the manifest's words: `file:/path`.
    func changedFiles(since earlier: Secrets) -> [String] {
        files.filter { earlier.files[$0.key] != $0.value }.map { "file:\($0.key)" }.sorted()
    }

    private mutating func readAll(of endpoints: [Endpoint]) {
        for endpoint in endpoints {
            for rule in endpoint.headers {
                for part in rule.value { read(part, for: "endpoint '\(endpoint.name)'") }
            }
            for part in (endpoint.tls?.certificate ?? []) + (endpoint.tls?.key ?? []) {
                read(part, for: "endpoint '\(endpoint.name)'", mayHaveLines: true)
            }
            if case .url(let parts) = endpoint.wide?.proxy {
                for part in parts { read(part, for: "proxy of endpoint '\(endpoint.name)'") }
            }
        }
    }

    /// The bytes of a field value; complete where there are no `problems`.
    func value(of parts: [ValuePart]) -> [UInt8] {
        parts.flatMap(value(of:))
    }

    private func value(of part: ValuePart) -> [UInt8] {
        switch part {
        case .text(let text): Array("\(text)".utf8)
        case .environment(let name, let fallback):
            value(of: "\(name)", fallback: fallback)
        case .file(let path): files["\(path)"] ?? []
        case .base64(let inner): Base64.encode(value(of: inner))
        }
    }

    /// As in a shell, `:-` also stands in for a variable that is set to nothing.
    private func value(of name: String, fallback: StaticString?) -> [UInt8] {
        let found = variables[name] ?? []
        guard found.isEmpty, let fallback else { return found }
        return Array("\(fallback)".utf8)
    }

    /// - Parameter mayHaveLines: whether it is no field value but PEM.
    private mutating func read(_ part: ValuePart, for user: String, mayHaveLines: Bool = false) {
        switch part {
        case .text: break
        case .environment(let name, let fallback):
            readVariable("\(name)", isNeeded: fallback == nil, for: user)
            if !mayHaveLines {
                checkField(variables["\(name)"], "environment variable \(name)", for: user)
            }
        case .file(let path):
            readFile("\(path)", for: user)
            if !mayHaveLines { checkField(files["\(path)"], "file \(path)", for: user) }
        case .base64(let inner):
            for part in inner { read(part, for: user, mayHaveLines: mayHaveLines) }
        }
    }

    private mutating func readVariable(_ name: String, isNeeded: Bool, for user: String) {
        if variables[name] != nil { return }
        guard let value = unsafe getenv(name).map({ unsafe String(cString: $0) }) else {
            if isNeeded { problems.append("environment variable \(name) is not set (\(user))") }
            return
        }
        variables[name] = Array(value.utf8)
    }

    private mutating func readFile(_ path: String, for user: String) {
        if files[path] != nil { return }
        do throws(Errno) {
            var bytes = try SmallFile.read(path, byteLimit: 65_536, isRegular: isReread)
            while let last = bytes.last, last == 10 || last == 13 { bytes.removeLast() }
            files[path] = bytes
        } catch {
            problems.append("file \(path) cannot be read: \(error.text) (\(user))")
        }
    }

    /// Refuses a value that cannot stand in a field.
    private mutating func checkField(_ bytes: [UInt8]?, _ what: String, for user: String) {
        let isUnfit = bytes?.contains { ($0 < 0x20 && $0 != 9) || $0 == 0x7f } ?? false
        if isUnfit {
            problems.append("\(what) has a line end or a control byte in it (\(user))")
        }
    }
}

/// RFC 4648 §4.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        let alphabet = Array("\(letters)\(letters.lowercased())0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for digit in 0..<4 {
                let isPadding = digit > group.count
                text.append(
                    isPadding ? UInt8(ascii: "=") : alphabet[word >> (18 - 6 * digit) & 63])
            }
        }
        return text
    }
}
