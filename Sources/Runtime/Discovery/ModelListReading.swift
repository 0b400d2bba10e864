/// Reading an endpoint's list: `{"data":[{"id":…}, …]}` as OpenAI has it, `{"models":[…]}` as
/// Ollama does, or the bare array. An entry is an object with `id`, `name` or `model`, or a name.
extension ModelList {
    static var modelCountLimit: Int { 10_000 }

    /// Nil: it is no list of models, or not whole.
    init?(_ bytes: borrowing Span<UInt8>) {
        var walk = JSONWalk()
        do throws(JSONWalk.Fault) {
            guard let list = try ModelList.list(bytes, &walk) else { return nil }
            try walk.finish(bytes)
            self = list
        } catch {
            return nil
        }
    }

    /// The array, wherever it stands; `data` before `models`, since some servers have both.
    private static func list(
        _ bytes: borrowing Span<UInt8>, _ walk: inout JSONWalk
    ) throws(JSONWalk.Fault) -> ModelList? {
        if try walk.peek(bytes) == Byte.openBracket { return try array(bytes, &walk) }
        try walk.take(Byte.openBrace, bytes)
        var isFirst = true
        var data: ModelList?
        var models: ModelList?
        while let key = try walk.member(bytes, isFirst: &isFirst) {
            if try walk.peek(bytes) != Byte.openBracket {
                try walk.skip(bytes)
            } else if "data" ~= bytes.extracting(key) {
                data = try array(bytes, &walk)
            } else if "models" ~= bytes.extracting(key) {
                models = try array(bytes, &walk)
            } else {
                try walk.skip(bytes)
            }
        }
        return data ?? models
    }

    private static func array(
        _ bytes: borrowing Span<UInt8>, _ walk: inout JSONWalk
    ) throws(JSONWalk.Fault) -> ModelList {
        var list = ModelList()
        var known: Set<[UInt8]> = []
        var isFirst = true
        try walk.take(Byte.openBracket, bytes)
        while try walk.element(bytes, isFirst: &isFirst) {
            guard let model = try DiscoveredModel(bytes, &walk),
                list.models.count < modelCountLimit
            else {
                list.skippedCount += 1
                continue
            }
            if known.insert(model.name).inserted { list.models.append(model) }
        }
        return list
    }
}

extension DiscoveredModel {
    /// Takes one entry; nil: no client could ask for it.
    fileprivate init?(
        _ bytes: borrowing Span<UInt8>, _ walk: inout JSONWalk
    ) throws(JSONWalk.Fault) {
        var entry = DiscoveredModel(name: [], created: 0, owner: [])
        switch try walk.peek(bytes) {
        case Byte.quote: entry.name = DiscoveredModel.text(bytes, try walk.string(bytes)) ?? []
        case Byte.openBrace: try entry.takeMembers(bytes, &walk)
        default: try walk.skip(bytes)
        }
        guard DiscoveredModel.isName(entry.name) else { return nil }
        if !DiscoveredModel.isName(entry.owner) { entry.owner = Array("openai".utf8) }
        self = entry
    }

    private mutating func takeMembers(
        _ bytes: borrowing Span<UInt8>, _ walk: inout JSONWalk
    ) throws(JSONWalk.Fault) {
        var nameRank = 0
        var isFirst = true
        try walk.take(Byte.openBrace, bytes)
        while let key = try walk.member(bytes, isFirst: &isFirst) {
            let next = try walk.peek(bytes)
            let isText = next == Byte.quote
            let rank = isText ? DiscoveredModel.rank(ofKey: bytes.extracting(key)) : 0
            if rank > nameRank {
                nameRank = rank
                name = DiscoveredModel.text(bytes, try walk.string(bytes)) ?? []
            } else if isText, "owned_by" ~= bytes.extracting(key) {
                owner = DiscoveredModel.text(bytes, try walk.string(bytes)) ?? []
            } else if Byte.isDigit(next), "created" ~= bytes.extracting(key) {
                created = DiscoveredModel.number(bytes, try walk.bareValue(bytes))
            } else {
                try walk.skip(bytes)
            }
        }
    }

    /// Which of an entry's members names it: the highest does; 0: it is no name.
    private static func rank(ofKey key: borrowing Span<UInt8>) -> Int {
        switch key {
        case "id": 3
        case "name": 2
        case "model": 1
        default: 0
        }
    }

    /// What a string means; nil where it is malformed, or longer than any name even when escaped.
    private static func text(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
        if range.count > 6 * ModelOutcome.byteLimit { return nil }
        var text: [UInt8] = []
        return decodeJSONString(bytes.extracting(range), into: &text) ? text : nil
    }

    /// A whole number of at most 12 digits, which reach to the year 33658; 0 for others.
    private static func number(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Int {
        var number = 0
        for index in range {
            guard range.count <= 12, Byte.isDigit(bytes[index]) else { return 0 }
            number = number * 10 + Int(bytes[index] - Byte.zero)
        }
        return number
    }

    /// Whether a model may have this name: the same as in a YAML, and no pattern.
    private static func isName(_ text: [UInt8]) -> Bool {
        guard !text.isEmpty, text.count <= ModelOutcome.byteLimit, text.first != Byte.space,
            text.last != Byte.space, String(validating: text, as: UTF8.self) != nil
        else { return false }
        for (index, byte) in text.enumerated() {
            if byte < Byte.space || byte == Byte.delete || byte == UInt8(ascii: "*") {
                return false
            }
            // U+0080 to U+009F are control characters as well.
            if byte == 0xc2, text[index + 1] < 0xa0 { return false }
        }
        return true
    }
}
