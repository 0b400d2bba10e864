/// The keys of a map as they were read: right in type and range, each with its place.
struct Section {
    let location: SourceLocation
    let keys: [SchemaKey]
    private(set) var settings: [String: Setting] = [:]

    init(location: SourceLocation, keys: [SchemaKey]) {
        self.location = location
        self.keys = keys
    }

    subscript(name: String) -> Setting? {
        get {
            precondition(keys.contains { $0.name == name }, "no key \(name) in this section")
            return settings[name]
        }
        set { settings[name] = newValue }
    }

    /// The value of a key of numbers, durations or sizes, or its default.
    func integer(_ name: String) -> Int {
        if case .integer(let value)? = self[name]?.value { return value }
        return keys.first { $0.name == name }?.defaultInteger ?? 0
    }

    func boolean(_ name: String) -> Bool {
        if case .boolean(let value)? = self[name]?.value { return value }
        return keys.contains { $0.name == name && $0.presence == .defaulted("true") }
    }

    /// The value of a key of text, or its default; empty where it has neither.
    func text(_ name: String) -> String {
        if case .text(let value)? = self[name]?.value { return value }
        guard case .defaulted(let text)? = keys.first(where: { $0.name == name })?.presence else {
            return ""
        }
        return text
    }

    func list(_ name: String) -> [Setting] {
        guard case .list(let items)? = self[name]?.value else { return [] }
        return items
    }

    func pairs(_ name: String) -> [Setting] {
        guard case .map(let pairs)? = self[name]?.value else { return [] }
        return pairs
    }

    /// The section under a key; one without settings where the key is not there.
    func section(_ name: String) -> Section {
        if case .section(let section)? = self[name]?.value { return section }
        let inner = keys.first { $0.name == name }?.type.keys ?? []
        return Section(location: location, keys: inner)
    }
}

/// A value as it was read, with its places.
struct Setting {
    let key: YAMLKey
    let value: Value
    /// The YAML that it was read from.
    let node: YAMLNode

    var location: SourceLocation { node.location }

    enum Value {
        case text(String)
        case integer(Int)
        case boolean(Bool)
        case list([Setting])
        case map([Setting])
        case section(Section)
    }

    /// Its text, if it is one.
    var text: String? {
        guard case .text(let text) = value else { return nil }
        return text
    }
}

extension SchemaKey {
    /// The default as a number: a count, milliseconds or bytes.
    fileprivate var defaultInteger: Int? {
        guard case .defaulted(let text) = presence else { return nil }
        switch type {
        case .duration: return Units.milliseconds(text)
        case .byteSize: return Units.bytes(text)
        case .integerOrWord(_, let word) where text == word: return 0
        case .percentOrWord: return Units.percent(text)
        default: return Int(text)
        }
    }
}
