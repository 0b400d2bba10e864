extension Rule {
    /// What a reader of the runtime's interface is told; three kinds of declarations go without.
    ///
    /// An initialiser only takes the stored properties, which are explained where they stand. A
    /// stored property whose type is the runtime's own is explained by that type. What a protocol
    /// asks for is explained there.
    static let publicDocumentation = Rule(
        testDescription: "what is public in the runtime is documented",
        bad: """
            /// A.
            public struct A {
                public let count: Int
                public init(count: Int) { self.count = count }
            }
            """,
        good: """
            /// A.
            public struct A {
                /// 1…
                public let count: Int
                /// Whether it is.
                @inlinable
                public var isIt: Bool { count == 1 }
                public let other: B
                public init(count: Int) { self.count = count }
            }
            """,
        scope: "Sources/Runtime"
    ) { file in
        file.code.indices
            .filter { line in
                let code = file.code[line].trimmed
                return code.hasPrefix("public ") && !isDocumented(file, line) && !isExempt(code)
            }
            .map { $0 + 1 }
    }

    /// Whether a doc comment stands before the line and the attributes above it.
    private static func isDocumented(_ file: SourceFile, _ line: Int) -> Bool {
        var above = line - 1
        while above >= 0 && file.code[above].trimmed.hasPrefix("@") { above -= 1 }
        return above >= 0 && file.comments[above].trimmed.hasPrefix("///")
    }

    private static func isExempt(_ code: String) -> Bool {
        if code.hasPrefix("public init(") || code.hasPrefix("public init?(") { return true }
        if required.contains(where: { code.hasPrefix("public \($0)") }) { return true }
        guard code.hasPrefix("public let "), let type = code.split(separator: ": ").last else {
            return false
        }
        return !standardTypes.contains { type.contains($0) }
    }

    /// Types that say nothing of a property by themselves.
    private static let standardTypes = ["Int", "Bool", "String", "["]

    /// What `NameResolver` and `WideTransport` ask for.
    private static let required = [
        "var isBusy", "func resolve(", "func descriptors(", "func nextTimeoutMilliseconds(",
        "func advance(", "func takeAnswers(",
        "func renew(", "func open(", "func send(", "func receive(", "func fault(", "func detail(",
        "func close(", "func takeWatches(", "func takeReady(",
    ]
}

extension String {
    /// Without the spaces around it.
    var trimmed: String {
        let first = drop { $0 == " " }
        guard let last = first.lastIndex(where: { $0 != " " }) else { return "" }
        return String(first[...last])
    }
}
