/// Makes one tree of nodes out of a YAML text.
///
/// Aliases and merge keys are resolved; every mistake of YAML itself is reported.
struct YAMLComposer {
    /// Levels of a document, aliases counted in full.
    static let depthLimit = 64
    /// Nodes of a document, aliases counted in full.
    static let nodeCountLimit = 1_000_000

    private let events: YAMLEventReader
    private let findings: Findings
    private var anchors: [String: YAMLNode] = [:]
    private var openAnchors: Set<String> = []
    private var nodeCount = 0

    /// Thrown when nothing more can be read; the reason has been reported.
    private struct Stop: Error {}

    /// The root of the only document; nil when that could not be read or is not there.
    static func compose(_ source: SourceText, findings: Findings) -> YAMLNode? {
        guard let events = YAMLEventReader(source: source) else { return nil }
        var composer = YAMLComposer(events: events, findings: findings)
        do {
            return try composer.document()
        } catch let error as YAMLSyntaxError {
            error.report(in: source, to: findings)
            return nil
        } catch {
            return nil
        }
    }

    private init(events: YAMLEventReader, findings: Findings) {
        self.events = events
        self.findings = findings
    }

    private mutating func document() throws -> YAMLNode? {
        let (first, start) = try events.next()
        guard case .documentStart = first else {
            var place = start
            (place.line, place.column) = (1, 1)
            findings.report(.emptyFile, at: place)
            return nil
        }
        let (event, location) = try events.next()
        let root = try node(from: event, at: location, depth: 1)
        _ = try events.next()
        let (last, end) = try events.next()
        if case .documentStart = last {
            findings.report(.severalDocuments, at: end)
            return nil
        }
        return root
    }

    private mutating func node(
        from event: YAMLEvent, at location: SourceLocation, depth: Int
    ) throws -> YAMLNode {
        guard depth <= Self.depthLimit else {
            findings.report(.tooDeep, at: location)
            throw Stop()
        }
        switch event {
        case .alias(let name):
            return try target(of: name, at: location, depth: depth)
        case .scalar(var scalar, let properties):
            try count(1, at: location)
            if properties.tag == "tag:yaml.org,2002:str" {
                scalar.isPlain = false
            } else {
                refuse(properties.tag, at: location)
            }
            let node = YAMLNode(location: location, content: .scalar(scalar))
            if let anchor = properties.anchor { anchors[anchor] = node }
            return node
        case .sequenceStart(let properties):
            return try collection(properties, at: location) { composer throws in
                try composer.sequence(at: location, depth: depth)
            }
        case .mappingStart(let properties, let isFlow):
            return try collection(properties, at: location) { composer throws in
                try composer.mapping(at: location, isFlow: isFlow, depth: depth)
            }
        case .documentStart, .documentEnd, .streamEnd, .sequenceEnd, .mappingEnd:
            throw Stop()
        }
    }

    private mutating func collection(
        _ properties: YAMLProperties, at location: SourceLocation,
        read: (inout YAMLComposer) throws -> YAMLNode
    ) throws -> YAMLNode {
        try count(1, at: location)
        refuse(properties.tag, at: location)
        guard let anchor = properties.anchor else { return try read(&self) }
        openAnchors.insert(anchor)
        let node = try read(&self)
        openAnchors.remove(anchor)
        anchors[anchor] = node
        return node
    }

    private mutating func sequence(at location: SourceLocation, depth: Int) throws -> YAMLNode {
        var items: [YAMLNode] = []
        while true {
            let (event, place) = try events.next()
            if case .sequenceEnd = event { break }
            items.append(try node(from: event, at: place, depth: depth + 1))
        }
        var node = YAMLNode(location: location, content: .sequence(items))
        node.location.width = 1
        node.measure(items)
        return node
    }

    private mutating func mapping(
        at location: SourceLocation, isFlow: Bool, depth: Int
    ) throws -> YAMLNode {
        var entries = YAMLEntries(findings: findings)
        while true {
            let (event, place) = try events.next()
            if case .mappingEnd = event { break }
            let keyNode = try node(from: event, at: place, depth: depth + 1)
            let (next, nextPlace) = try events.next()
            let value = try node(from: next, at: nextPlace, depth: depth + 1)
            entries.add(keyNode, at: place, value)
        }
        let merged = entries.merged()
        var node = YAMLNode(location: location, content: .mapping(merged))
        node.location.width = isFlow ? 1 : merged.first?.key.location.width ?? 1
        node.measure(merged.map(\.value))
        return node
    }

    private mutating func target(
        of name: String, at location: SourceLocation, depth: Int
    ) throws -> YAMLNode {
        guard let target = anchors[name], !openAnchors.contains(name) else {
            let isOpen = openAnchors.contains(name)
            findings.report(
                isOpen ? .recursiveAlias : .unknownAnchor, at: location, name,
                help: isOpen ? nil : Nearest.advice(for: name, among: Array(anchors.keys)))
            throw Stop()
        }
        guard depth + target.height - 1 <= Self.depthLimit else {
            findings.report(.tooDeep, at: location)
            throw Stop()
        }
        try count(target.nodeCount, at: location)
        return target
    }

    private mutating func count(_ added: Int, at location: SourceLocation) throws {
        nodeCount += added
        guard nodeCount <= Self.nodeCountLimit else {
            findings.report(.tooManyNodes, at: location)
            throw Stop()
        }
    }

    private func refuse(_ tag: String?, at location: SourceLocation) {
        guard let tag else { return }
        let core = "tag:yaml.org,2002:"
        let written = tag.hasPrefix(core) ? "!!" + tag.dropFirst(core.count) : tag
        findings.report(.tag, at: location, written)
    }
}

extension YAMLNode {
    fileprivate mutating func measure(_ children: [YAMLNode]) {
        nodeCount = children.reduce(1) { $0 + $1.nodeCount }
        height = 1 + (children.map(\.height).max() ?? 0)
    }
}
