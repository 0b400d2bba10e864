/// A Swift file with its code and its comments told apart.
struct SourceFile: Sendable {
    /// From the root of the checkout.
    let path: String
    /// As they stand in the file.
    let lines: [String]
    /// The same lines without comments, the insides of text literals and names in backticks.
    let code: [String]
    /// What of each line stands in a comment, its slashes included.
    let comments: [String]

    init(path: String, text: String) {
        self.path = path
        var lexer = Lexer(text)
        lexer.run()
        lines = Self.lines(Array(text.utf8))
        code = Self.lines(lexer.code)
        comments = Self.lines(lexer.comments)
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }
}

/// Blanks what is no code, and what is no comment; both keep the length and the line ends.
private struct Lexer {
    private let bytes: [UInt8]
    private(set) var code: [UInt8]
    private(set) var comments: [UInt8]
    private var index = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        code = bytes
        comments = bytes.map { $0 == Lexer.lineFeed ? $0 : Lexer.space }
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let space = UInt8(ascii: " ")

    mutating func run() { takeCode(isInterpolation: false) }

    /// Reads code up to its end, or up to the parenthesis that ends an interpolation.
    private mutating func takeCode(isInterpolation: Bool) {
        var depth = 1
        while index < bytes.count {
            if starts("//") {
                takeLineComment()
            } else if starts("/*") {
                takeBlockComment()
            } else if let hashCount = literalStart() {
                takeLiteral(hashCount: hashCount)
            } else if starts("`") {
                takeName()
            } else {
                if starts("(") { depth += 1 }
                if starts(")") { depth -= 1 }
                index += 1
                if isInterpolation && depth == 0 { return }
            }
        }
    }

    private func starts(_ text: StaticString, at offset: Int = 0) -> Bool {
        let count = text.utf8CodeUnitCount
        guard index + offset + count <= bytes.count else { return false }
        return text.withUTF8Buffer { text in
            text.indices.allSatisfy { bytes[index + offset + $0] == text[$0] }
        }
    }

    private mutating func blank(isComment: Bool = false) {
        guard index < bytes.count else { return }
        if isComment { comments[index] = bytes[index] }
        if bytes[index] != Lexer.lineFeed { code[index] = Lexer.space }
        index += 1
    }

    private mutating func takeLineComment() {
        while index < bytes.count && bytes[index] != Lexer.lineFeed { blank(isComment: true) }
    }

    private mutating func takeBlockComment() {
        var depth = 0
        repeat {
            let isStart = starts("/*")
            let isEnd = starts("*/")
            depth += isStart ? 1 : isEnd ? -1 : 0
            if isStart || isEnd { blank(isComment: true) }
            blank(isComment: true)
        } while depth > 0 && index < bytes.count
    }

    private mutating func takeName() {
        repeat { blank() } while index < bytes.count && !starts("`")
        blank()
    }

    /// How many `#` stand before a quote here; nil: no text literal begins.
    private func literalStart() -> Int? {
        var count = 0
        while starts("#", at: count) { count += 1 }
        return starts("\"", at: count) ? count : nil
    }

    private mutating func takeLiteral(hashCount: Int) {
        index += hashCount
        let isBlock = starts("\"\"\"")
        index += isBlock ? 3 : 1
        while index < bytes.count {
            let isQuote = isBlock ? starts("\"\"\"") : starts("\"")
            if isQuote && hasHashes(hashCount, at: isBlock ? 3 : 1) {
                index += (isBlock ? 3 : 1) + hashCount
                return
            }
            if starts("\\") && hasHashes(hashCount, at: 1) {
                for _ in 0...hashCount { blank() }
                if starts("(") {
                    index += 1
                    takeCode(isInterpolation: true)
                    continue
                }
            }
            blank()
        }
    }

    private func hasHashes(_ count: Int, at offset: Int) -> Bool {
        (0..<count).allSatisfy { starts("#", at: offset + $0) }
    }
}
