/// A value of a YAML document with its place; aliases and merge keys are already resolved.
struct YAMLNode: Equatable {
    var location: SourceLocation
    var content: Content
    /// Nodes in it, itself included, every alias counted in full.
    var nodeCount = 1
    /// Levels in it, itself included.
    var height = 1

    indirect enum Content: Equatable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }
}

/// A scalar as it is written.
struct YAMLScalar: Equatable {
    var text: String
    /// Whether it has neither quotes nor `|` nor `>`: then YAML 1.1 may read it as no string.
    var isPlain: Bool
}

/// One `key: value`.
struct YAMLEntry: Equatable {
    var key: YAMLKey
    var value: YAMLNode
}

/// A key as it is written.
struct YAMLKey: Equatable {
    /// What the schema calls it.
    var name: String
    /// What the file calls it; differs from `name` only in Olla's form.
    var spelling: String
    var location: SourceLocation
}

extension YAMLNode {
    /// What a reader would call it: `a list`.
    var kind: String {
        switch content {
        case .scalar(let scalar): scalar.kind
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }

    /// The value of `key`, if this is a map that has it.
    func value(of key: String) -> YAMLNode? {
        entry(of: key)?.value
    }

    /// The entry of `key`, if this is a map that has it.
    func entry(of key: String) -> YAMLEntry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key.name == key }
    }

    /// The place of some characters of this scalar's text; the whole scalar where escapes or line
    /// breaks leave no way to tell.
    func location(of range: Range<Int>) -> SourceLocation {
        guard case .scalar(let scalar) = content else { return location }
        let count = scalar.text.unicodeScalars.count
        let quoteCount = location.width - count
        guard quoteCount == (scalar.isPlain ? 0 : 2), range.upperBound <= count else {
            return location
        }
        var place = location
        place.column += quoteCount / 2 + range.lowerBound
        place.width = max(1, range.count)
        return place
    }

    /// Whether it is `~`, `null` or left empty.
    var isNull: Bool {
        guard case .scalar(let scalar) = content else { return false }
        return scalar.reading == .null
    }
}
