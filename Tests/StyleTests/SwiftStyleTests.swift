import Testing

@Test func `there are files to look at`() {
    #expect(Checkout.swiftFiles.count > 100)
    #expect(Checkout.swiftFiles.contains { $0.path == "Sources/Runtime/CompiledGateway.swift" })
    #expect(Checkout.pages.contains { $0.path == "docs/guide.md" })
}

@Test(arguments: Rule.all) func `every file keeps the rule`(_ rule: Rule) {
    let places = Checkout.swiftFiles.flatMap(rule.places)
    #expect(places.isEmpty, "\(rule.testDescription):\n\(places.joined(separator: "\n"))")
}

@Test(arguments: Rule.all) func `a rule finds what breaks it and nothing else`(_ rule: Rule) {
    let path = "\(rule.scope)/Example.swift"
    #expect(rule.places(in: SourceFile(path: path, text: rule.bad)).count == 1)
    #expect(rule.places(in: SourceFile(path: path, text: rule.good)) == [])
}

@Test func `between 8 and 25 of 100 lines of the sources are comments`() {
    let files = Checkout.swiftFiles.filter { $0.path.hasPrefix("Sources/") }
    let percentage = commentPercentage(of: files)
    #expect((8...25).contains(percentage), "\(percentage) %")
}

@Test func `comments are counted among lines that are not empty`() {
    let text = "/// A.\n\nlet a = 1 // b\nlet b = \"// c\"\n// d\n"
    #expect(commentPercentage(of: [SourceFile(path: "", text: text)]) == 50)
    #expect(commentPercentage(of: []) == 0)
}

@Test func `code, text and comments are told apart`() {
    let text = #"""
        let a = "x \(b["y"] ?? "z") /* */" // c
        let `d e` = "\\" + "f" /* g
        /* h */ */ + 1
        """#
    let file = SourceFile(path: "", text: text)
    #expect(file.code[0].trimmed == #"let a = "   (b[" "] ?? " ")      ""#)
    #expect(file.comments[0].trimmed == "// c")
    #expect(file.code[1].trimmed == #"let       = "  " + " ""#)
    #expect(file.comments[1].trimmed == "/* g")
    #expect(file.code[2].trimmed == "+ 1")
}

@Test func `what is built or resolved is not committed`() throws {
    let paths = try Checkout.committedPaths() ?? []
    #expect(paths.filter(isMade) == [])
    #expect([".build/x", ".build-x/y", "Package.resolved", "a/__pycache__/b"].allSatisfy(isMade))
    #expect(!isMade("Sources/Generator/Build/Compiler.swift"))
}

/// How many of 100 lines that are not empty begin with a comment.
private func commentPercentage(of files: [SourceFile]) -> Int {
    let lines = files.flatMap(\.lines).map(\.trimmed).filter { !$0.isEmpty }
    let comments = lines.count { $0.hasPrefix("//") }
    return lines.isEmpty ? 0 : comments * 100 / lines.count
}

/// Whether a tool has made the file at `path`.
private func isMade(_ path: String) -> Bool {
    path.split(separator: "/").contains { name in
        name.hasPrefix(".build") || name == "Package.resolved" || name == ".swiftpm"
            || name == "__pycache__" || name.hasSuffix(".pyc")
    }
}
