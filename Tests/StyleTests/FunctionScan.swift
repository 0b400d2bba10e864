/// The functions of a file, found by their keyword and their braces.
struct FunctionScan {
    struct Function: Equatable {
        /// From 1; the line of the keyword, and that of the last brace.
        var firstLine: Int
        var lastLine: Int
    }

    private(set) var functions: [Function] = []
    private let words: [(text: Substring, line: Int)]

    init(_ file: SourceFile) {
        words = file.code.enumerated().flatMap { index, line in
            FunctionScan.words(of: line).map { ($0, index + 1) }
        }
        for index in words.indices where FunctionScan.keywords.contains(words[index].text) {
            let isCall = index > 0 && words[index - 1].text == "."
            if !isCall, let last = lastLine(from: index) {
                functions.append(Function(firstLine: words[index].line, lastLine: last))
            }
        }
    }

    private static let keywords: Set<Substring> = ["func", "init", "deinit", "subscript"]

    /// What shows, before any brace opens, that there is no body: a protocol asks for the function.
    private static let followers = keywords.union([
        "var", "let", "case", "static", "mutating", "associatedtype", "}",
    ])

    /// The line of the brace that ends the function at `start`; nil where it has no body.
    private func lastLine(from start: Int) -> Int? {
        var parentheses = 0
        var braces = 0
        for word in words.dropFirst(start + 1) {
            if braces == 0 && parentheses == 0 && FunctionScan.followers.contains(word.text) {
                return nil
            }
            switch word.text {
            case "(", "[": parentheses += 1
            case ")", "]": parentheses -= 1
            case "{" where braces > 0 || parentheses == 0: braces += 1
            case "}" where braces > 0:
                braces -= 1
                if braces == 0 { return word.line }
            default: break
            }
        }
        return nil
    }

    /// Names, and every other character but spaces by itself.
    private static func words(of line: String) -> [Substring] {
        var words: [Substring] = []
        var rest = line[...]
        while let first = rest.first {
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            let word = name.isEmpty ? rest.prefix(1) : name
            if first != " " { words.append(word) }
            rest = rest.dropFirst(word.count)
        }
        return words
    }
}
