/// The answer to `GET …/v1/models` with what endpoints have told.
struct DirectoryListing {
    private(set) var text = Array("{\"object\":\"list\",\"data\":[".utf8)
    /// Where each entry's object stands in `text`; empty where it is not listed.
    private(set) var objects: [Range<Int>]
    private var listedCount = 0

    /// Lists names as the YAML has their endpoints, then aliases. A name that the YAML has keeps
    /// its place and object; what only discovery knows stands where its first endpoint does.
    ///
    /// - Parameter aliases: the entries of those that stand for something, in their order.
    init(_ merge: DirectoryMerge, aliases: [Int]) {
        objects = [Range<Int>](repeating: 0..<0, count: merge.entries.count)
        let compiledAliases = Set(aliases)
        var next = 0
        for entry in 0..<merge.namedCount where !compiledAliases.contains(entry) {
            let endpoint = merge.firstEndpoint(of: entry)
            addExtras(merge, from: &next, before: endpoint)
            addCompiled(merge, entry)
        }
        addExtras(merge, from: &next, before: .max)
        for entry in aliases {
            if entry < merge.compiledCount {
                addCompiled(merge, entry)
            } else {
                addExtra(merge, entry - merge.compiledCount)
            }
        }
        text += "\n]}".utf8
    }

    private mutating func addExtras(
        _ merge: DirectoryMerge, from next: inout Int, before endpoint: Int
    ) {
        while next < merge.extras.count, let first = merge.extras[next].endpoint, first < endpoint {
            addExtra(merge, next)
            next += 1
        }
    }

    private mutating func addCompiled(_ merge: DirectoryMerge, _ entry: Int) {
        let models = merge.gateway.models
        let range = Int(models.objectRanges[2 * entry])..<Int(models.objectRanges[2 * entry + 1])
        begin()
        let start = text.count
        models.list.withUTF8Buffer { unsafe text += $0[range] }
        objects[entry] = start..<text.count
    }

    private mutating func addExtra(_ merge: DirectoryMerge, _ index: Int) {
        let extra = merge.extras[index]
        begin()
        let start = text.count
        text += "{\"id\":\"".utf8
        appendJSONString(extra.model.name.span, to: &text)
        text += "\",\"object\":\"model\",\"created\":\(extra.model.created),\"owned_by\":\"".utf8
        appendJSONString(extra.model.owner.span, to: &text)
        text += "\",\"permission\":[],\"root\":\"".utf8
        appendJSONString(extra.root.span, to: &text)
        text += "\",\"parent\":null}".utf8
        objects[merge.compiledCount + index] = start..<text.count
    }

    private mutating func begin() {
        text += (listedCount == 0 ? "\n" : ",\n").utf8
        listedCount += 1
    }
}

extension DirectoryMerge {
    /// The first endpoint of the YAML that names a compiled entry itself.
    fileprivate func firstEndpoint(of entry: Int) -> Int {
        let models = gateway.models
        let range = models.candidateStarts[entry]..<models.candidateStarts[entry + 1]
        return range.map { Int(models.candidates[Int($0)] & 0xffff) }.min() ?? 0
    }
}
