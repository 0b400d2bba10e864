import Testing

@Test func `the guide lists every refusal and no other`() {
    let files = [
        "Exchange/Refusal.swift", "Clients/ClientAnswers.swift",
        "CrossOrigin/CrossOrigin+Engine.swift",
    ]
    let texts = files.map { Checkout.text("Sources/Runtime/\($0)") }
    let refusals = refusals(in: texts.joined(separator: "\n"))
    #expect(refusals.count > 10)
    #expect(refusalRows(in: Checkout.text("docs/guide.md")) == refusals)
}

@Test func `refusals are found however they are wrapped`() {
    let swift = """
        self.init(fault.status, "invalid_request_error", code: "invalid_http", fault.message)
        invalid(404, "unknown_url", "No such route.")
        invalid(
            413, "too_far",
            "Put `model` first.")
        limited(429, "too_many", "Too many.", rate)
        upstream(502, "endpoint_cut", "It broke off:")
        """
    let guide = """
        | 404 | `unknown_url` | a | b |
        | 413 | `too_far` | c |
        | 429 | `too_many` | d |
        | 502 | `endpoint_cut` |
        | 400 | `invalid_http` |
        | 404 | unknown |
        """
    #expect(refusals(in: swift).count == 5)
    #expect(refusalRows(in: guide) == refusals(in: swift))
}

/// `404 unknown_url` for each; those of heads have statuses of their own and count as 400.
private func refusals(in swift: String) -> Set<String> {
    var found = Set(swift.stretches(between: "code: \"", and: "\"").map { "400 \($0)" })
    for call in ["invalid(", "limited(", "upstream("] {
        for arguments in swift.stretches(between: call, and: ")") {
            let words = arguments.split { $0 == "," || $0.isWhitespace }
            guard words.count > 1, let status = Int(words[0]) else { continue }
            found.insert("\(status) \(words[1].filter { $0 != "\"" })")
        }
    }
    return found
}

/// The same of the rows of a table: a status, then a code in backticks.
private func refusalRows(in page: String) -> Set<String> {
    Set(
        page.split(separator: "\n").compactMap { line -> String? in
            let cells = line.split(separator: "|").map { String($0).trimmed }
            guard cells.count > 1, let status = Int(cells[0]), cells[1].hasPrefix("`") else {
                return nil
            }
            return "\(status) \(cells[1].filter { $0 != "`" })"
        })
}
