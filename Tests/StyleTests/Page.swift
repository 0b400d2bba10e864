/// A Markdown page.
struct Page: Sendable {
    /// From the root of the checkout.
    let path: String
    let text: String

    /// What its links lead to, blocks of code left out.
    var links: [String] {
        prose.flatMap { $0.stretches(between: "](", and: ")") }
    }

    /// What its headings are linked by.
    var anchors: [String] {
        prose.filter { $0.hasPrefix("#") }.map { heading in
            heading.drop { $0 == "#" || $0 == " " }.lowercased()
                .filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
                .replacing(" ", with: "-")
        }
    }

    /// Its lines outside of blocks of code.
    private var prose: [String] {
        var isCode = false
        return text.split(separator: "\n").compactMap { line in
            if line.hasPrefix("```") {
                isCode.toggle()
                return nil
            }
            return isCode ? nil : String(line)
        }
    }

    /// Its links that lead nowhere.
    ///
    /// - Parameter page: the page at a path; nil: there is none.
    func deadLinks(exists: (String) -> Bool, page: (String) -> Page?) -> [String] {
        links.filter { link in
            if link.hasPrefix("http://") || link.hasPrefix("https://") { return false }
            let parts = link.split(separator: "#", omittingEmptySubsequences: false)
            let target = parts[0].isEmpty ? path : resolve(String(parts[0]))
            guard exists(target) else { return true }
            guard parts.count > 1 else { return false }
            return page(target)?.anchors.contains(String(parts[1])) != true
        }
    }

    /// A path beside this page as one from the root.
    private func resolve(_ link: String) -> String {
        var folders = path.split(separator: "/").dropLast()
        for part in link.split(separator: "/") {
            switch part {
            case ".": break
            case "..": folders = folders.dropLast()
            default: folders.append(part)
            }
        }
        return folders.joined(separator: "/")
    }
}

extension String {
    /// Every stretch that stands between two marks.
    func stretches(between start: String, and end: String) -> [String] {
        split(separator: start, omittingEmptySubsequences: false).dropFirst().compactMap { rest in
            rest.firstRange(of: end).map { String(rest[..<$0.lowerBound]) }
        }
    }
}
