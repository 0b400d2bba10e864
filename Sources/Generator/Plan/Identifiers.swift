/// Gives every endpoint a Swift name of its own.
struct Identifiers {
    private var taken: Set<String> = []

    /// `openai-production` becomes `openaiProduction`; a second `a.b` beside `a-b` becomes `aB2`.
    mutating func make(for name: String) -> String {
        let base = Self.camelCase(name)
        var identifier = base
        var number = 2
        while !taken.insert(identifier).inserted {
            identifier = "\(base)\(number)"
            number += 1
        }
        return identifier
    }

    private static func camelCase(_ name: String) -> String {
        let words = name.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        guard let first = words.first else { return "endpoint" }
        let isAcronym = first.allSatisfy { $0.isUppercase || $0.isNumber }
        let head = isAcronym ? first.lowercased() : first.prefix(1).lowercased() + first.dropFirst()
        let tail = words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
        let identifier = head + tail.joined()
        if identifier.first?.isNumber == true { return "endpoint" + identifier }
        return reserved.contains(identifier) ? identifier + "Endpoint" : identifier
    }

    /// Swift's words, and what emitted code uses by these names.
    private static let reserved: Set<String> = [
        "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case",
        "catch", "class", "consuming", "continue", "convenience", "copy", "default", "defer",
        "deinit", "didSet", "do", "dynamic", "each", "else", "enum", "extension", "fallthrough",
        "false", "fileprivate", "final", "for", "func", "get", "guard", "if", "import", "in",
        "indirect", "infix", "init", "inout", "internal", "is", "isolated", "lazy", "left", "let",
        "macro", "mutating", "nil", "none", "nonisolated", "nonmutating", "open", "operator",
        "optional", "override", "package", "postfix", "precedence", "precedencegroup", "prefix",
        "private", "protocol", "public", "repeat", "required", "rethrows", "return", "right",
        "self", "sending", "set", "some", "static", "struct", "subscript", "super", "switch",
        "throw", "throws", "true", "try", "type", "typealias", "unowned", "unsafe", "var", "weak",
        "where", "while", "willSet", "yield",
        "candidates", "decimals", "endpoint", "endpoints", "gateway", "knownAs", "manifest",
        "modelIndex", "models", "routeIndex", "routes", "startsWith", "upstreamName",
    ]
}
