import Testing

/// Something that every Swift file is held to, with an example that breaks it.
struct Rule: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// A file that breaks the rule once.
    let bad: String
    /// One that looks like it and does not.
    let good: String
    /// What the paths begin with for which the rule holds.
    var scope = ""
    /// The lines that break it, from 1.
    let linesThatBreak: @Sendable (SourceFile) -> [Int]

    /// `path:line`, as editors open it.
    func places(in file: SourceFile) -> [String] {
        guard file.path.hasPrefix(scope) else { return [] }
        return linesThatBreak(file).map { "\(file.path):\($0)" }
    }

    static let all: [Rule] = [
        lineCount, columnCount, functionLength, forcedTry, forcedCast, forcedUnwrap, anyType,
        postponedWork, uncheckedSendable, publicDocumentation,
    ]
}

extension Rule {
    private static let lineLimit = 400
    private static let columnLimit = 100
    private static let functionLineLimit = 60

    private static let lineCount = Rule(
        testDescription: "a file has at most \(lineLimit) lines",
        bad: String(repeating: "let a = 1\n", count: lineLimit + 1),
        good: String(repeating: "let a = 1\n", count: lineLimit)
    ) { file in
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        return count > lineLimit ? [count] : []
    }

    private static let columnCount = Rule(
        testDescription: "a line has at most \(columnLimit) columns",
        bad: "// " + String(repeating: "é", count: columnLimit - 2),
        good: "// " + String(repeating: "é", count: columnLimit - 3)
    ) { file in
        file.lines.indices.filter { file.lines[$0].count > columnLimit }.map { $0 + 1 }
    }

    private static let functionLength = Rule(
        testDescription: "a function has at most \(functionLineLimit) lines",
        bad: exampleFunction(lineCount: functionLineLimit + 1),
        good: exampleFunction(lineCount: functionLineLimit)
    ) { file in
        FunctionScan(file).functions
            .filter { $0.lastLine - $0.firstLine + 1 > functionLineLimit }
            .map { $0.firstLine }
    }

    /// A function behind what only looks like one, with braces in text on the way.
    private static func exampleFunction(lineCount: Int) -> String {
        let body = String(repeating: "    call { \"}\" }\n", count: lineCount - 2)
        return """
            protocol P {
                func a()
                var b: Int { get }
            }
            func f(_ a: () -> Void = {}) {
            \(body)}
            let a = 1
            """
    }
}
