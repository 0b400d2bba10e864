import Testing

@Test(arguments: Checkout.pages.map(\.path)) func `every link leads somewhere`(_ path: String) {
    let pages = Dictionary(uniqueKeysWithValues: Checkout.pages.map { ($0.path, $0) })
    #expect(pages[path]?.deadLinks(exists: Checkout.exists, page: { pages[$0] }) == [])
}

@Test func `a link that leads nowhere is found`() {
    let text = """
        # One & two

        [a](b.md) [c](../d.md#e) [f](#one--two) [g](#two) [h](https://example.com) [i](j.md)

        ```
        [k](l.md)
        ```
        """
    let page = Page(path: "docs/a.md", text: text)
    let other = Page(path: "d.md", text: "## E")
    let dead = page.deadLinks(
        exists: { ["docs/a.md", "docs/b.md", "d.md"].contains($0) },
        page: { $0 == "d.md" ? other : page }
    )
    #expect(dead == ["#two", "j.md"])
}

@Test func `every target of the Makefile is explained`() {
    let targets = makeTargets(in: Checkout.text("Makefile"))
    #expect(targets.contains("test"))
    let text = Checkout.pages.map(\.text).joined()
    #expect(targets.filter { !isExplained($0, in: text) } == [])
}

@Test func `targets are told from variables, recipes and what targets need`() {
    let makefile = """
        A := b
        .PHONY: test demo tools
        test: demo-data tools
        \techo a: b
        demo-llm:
        demo-data:
        tools:
        B ?= c:d
        %.o: a
        """
    #expect(makeTargets(in: makefile) == ["demo-llm", "test"])
    #expect(isExplained("demo", in: "Call `make demo`."))
    #expect(!isExplained("demo", in: "Call `make demo-llm`."))
}

@Test func `every word of the logs is in the guide`() {
    let guide = Checkout.text("docs/guide.md")
    let words = loggedWords()
    #expect(words.isSuperset(of: ["listening", "request_id", "client_gone", "connect_failed"]))
    #expect(words.filter { !guide.contains("`\($0)`") } == [])
}

/// The targets that people call, which are those that no other needs, in the order of their names.
private func makeTargets(in text: String) -> [String] {
    typealias Rule = (name: String, needs: [Substring])
    let rules = text.split(separator: "\n").compactMap { line -> Rule? in
        guard let colon = line.firstIndex(of: ":"), !line[colon...].hasPrefix(":=") else {
            return nil
        }
        let name = line[..<colon]
        guard !name.isEmpty, name.allSatisfy({ $0.isLowercase || $0.isNumber || $0 == "-" }) else {
            return nil
        }
        return (String(name), line[colon...].dropFirst().split(separator: " "))
    }
    let needed = Set(rules.flatMap(\.needs).map(String.init))
    return rules.map(\.name).filter { !needed.contains($0) }.sorted()
}

private func isExplained(_ target: String, in text: String) -> Bool {
    ["`", " ", "\n"].contains { text.contains("make \(target)\($0)") }
}

/// The fields and words of the access log, and the events and their fields.
private func loggedWords() -> Set<String> {
    let access = Checkout.text("Sources/Runtime/Observe/AccessLog.swift")
    let gateway = Checkout.text("Sources/Runtime/Gateway.swift")
    let outcomes = Checkout.text("Sources/Runtime/Exchange/Exchange.swift")
    let failures = Checkout.text("Sources/Runtime/Upstream/UpstreamConnection.swift")
    let runtime = Checkout.swiftFiles.filter { $0.path.hasPrefix("Sources/Runtime/") }
        .flatMap(\.lines).map(\.trimmed).joined()
    var words = keys(in: access, quote: "\\\"", next: ":")
    words.formUnion(keys(in: gateway, quote: "\"", next: ": ."))
    words.formUnion((outcomes + failures).stretches(between: ": \"", and: "\""))
    words.formUnion(runtime.stretches(between: "EventLog.write(\"", and: "\""))
    words.formUnion(runtime.stretches(between: "log.event(\"", and: "\""))
    return words.filter { word in
        word.count > 1 && word.allSatisfy { $0.isLowercase || $0 == "_" }
    }
}

/// What stands between two quotes with `next` behind them.
private func keys(in text: String, quote: String, next: String) -> Set<String> {
    let pieces = text.split(separator: quote, omittingEmptySubsequences: false)
    let pairs = zip(pieces, pieces.dropFirst())
    return Set(pairs.filter { $0.1.hasPrefix(next) }.map { String($0.0) })
}
