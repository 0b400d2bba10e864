/// Words that stand nowhere in code, or only where it is stated.
extension Rule {
    static let forcedTry = Rule(
        testDescription: "no error is turned into a crash",
        bad: "let a = try! read()",
        good: "let a = try read() // try! is not used\nlet b = \"try!\""
    ) { $0.lines { $0.contains("try!") } }

    static let forcedCast = Rule(
        testDescription: "nothing is cast by force",
        bad: "let a = b as! Int",
        good: "let a = b as? Int"
    ) { $0.lines { $0.contains("as!") } }

    static let forcedUnwrap = Rule(
        testDescription: "nothing is unwrapped by force",
        bad: "let a = b[0]!.count",
        good: "let a = !b && c != d\n#if !DEBUG\n#endif"
    ) { file in
        file.lines { line in
            let words = line.replacing("try!", with: "").replacing("as!", with: "")
            return zip(words, words.dropFirst()).enumerated().contains { index, pair in
                let (operand, mark) = pair
                let ends = operand.isLetter || operand.isNumber || "_)]".contains(operand)
                return mark == "!" && ends && words.dropFirst(index + 2).first != "="
            }
        }
    }

    static let anyType = Rule(
        testDescription: "no type is left open",
        bad: "let a: [Any] = []",
        good: "let a: any AnyObject = AnyHashable(1) // Any"
    ) { $0.lines { hasWord($0, "Any") } }

    static let postponedWork = Rule(
        testDescription: "no comment puts work off",
        bad: "let a = 1 // " + postponing[0] + ": more",
        good: "let a = \"" + postponing[0] + "\""
    ) { file in
        file.comments.indices
            .filter { line in postponing.contains { hasWord(file.comments[line], $0) } }
            .map { $0 + 1 }
    }

    private static let postponing = ["TODO", "FIXME", "XXX", "HACK"]

    static let uncheckedSendable = Rule(
        testDescription: "the compiler checks what is Sendable, but for a stated few",
        bad: "final class A: @unchecked Sendable {}",
        good: "struct CounterRow: ~Copyable, @unchecked Sendable {\n}"
    ) { file in
        file.lines { line in
            let isUnchecked = line.contains("@unchecked") || line.contains("nonisolated(unsafe)")
            return isUnchecked && !uncheckedTypes.contains(line)
        }
    }

    /// Each with the reason why it is sound.
    private static let uncheckedTypes = [
        // Each holds a pointer to a fixed row of atomic words.
        "struct AtomicWords: ~Copyable, @unchecked Sendable {",
        // Holds a pointer to a fixed row of counters, each of which is one atomic word.
        "struct CounterRow: ~Copyable, @unchecked Sendable {",
        // Holds a context of OpenSSL's, which counts who refers to it and locks what it changes.
        "final class SecurityContext: @unchecked Sendable {",
    ]

    /// Whether `word` stands in the line with no letter, digit or underscore beside it.
    private static func hasWord(_ line: String, _ word: String) -> Bool {
        line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == word }
    }
}

extension SourceFile {
    /// The numbers of the lines whose code is `wanted`.
    fileprivate func lines(where wanted: (String) -> Bool) -> [Int] {
        code.indices.filter { wanted(code[$0]) }.map { $0 + 1 }
    }
}
