extension Schema {
    /// The JSON Schema (draft 2020-12) of ingot's form, for editors. A file in Olla's form passes.
    static func jsonSchema() -> String {
        var members: [(name: String, value: JSONText)] = [
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("title", .string("ingot gateway")),
            ("if", .object(ollaForm)),
            ("then", .boolean(true)),
        ]
        members.append(("else", .object(object(root))))
        return JSONText.object(members).text(isIndented: true) + "\n"
    }

    /// `discovery` is a key of both forms, `endpoints` of ingot's alone.
    private static var ollaForm: [(name: String, value: JSONText)] {
        [
            ("required", .array([.string("discovery")])),
            ("not", .object([("required", .array([.string("endpoints")]))])),
        ]
    }

    private static func object(_ keys: [SchemaKey]) -> [(name: String, value: JSONText)] {
        let required = keys.filter { $0.presence == .required }.map { JSONText.string($0.name) }
        var members: [(name: String, value: JSONText)] = [("type", .string("object"))]
        if !required.isEmpty { members.append(("required", .array(required))) }
        members.append(("additionalProperties", .boolean(false)))
        members.append(("properties", .object(keys.map { ($0.name, property($0)) })))
        return members
    }

    private static func property(_ key: SchemaKey) -> JSONText {
        var members = type(key.type)
        members.insert(("description", .string(key.help)), at: 0)
        if case .defaulted(let text) = key.presence {
            members.append(("default", defaultValue(text, of: key.type)))
        }
        return .object(members)
    }

    private static func type(_ type: SchemaType) -> [(name: String, value: JSONText)] {
        switch type {
        case .text(let format):
            return text(format)
        case .integer(let range):
            return integer(range)
        case .integerOrWord(let range, let word):
            return [
                (
                    "anyOf",
                    .array([
                        .object([("const", .string(word))]), .object(integer(range)),
                    ])
                )
            ]
        case .percentOrWord(_, let word):
            let share = [
                ("type", JSONText.string("string")), ("pattern", .string("^[0-9]{1,3}%$")),
            ]
            return [
                ("anyOf", .array([.object([("enum", .array(enumValues(word)))]), .object(share)]))
            ]
        case .boolean:
            return [("type", .string("boolean"))]
        case .duration:
            return [
                (
                    "anyOf",
                    .array([
                        .object([("const", .integer(0))]),
                        .object([
                            ("type", .string("string")),
                            ("pattern", .string("^(0|([0-9]+([.][0-9]+)?(ns|us|µs|ms|s|m|h))+)$")),
                        ]),
                    ])
                )
            ]
        case .byteSize(let range):
            return [
                (
                    "anyOf",
                    .array([
                        .object(integer(range)),
                        .object([
                            ("type", .string("string")),
                            ("pattern", .string("^[0-9]+ *(B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)?$")),
                        ]),
                    ])
                )
            ]
        case .choice(let words, let synonyms):
            let all = words + synonyms.keys.sorted()
            return [("enum", .array(all.flatMap(enumValues)))]
        case .list, .listOrWord, .map, .section, .sectionOrWord, .textOrSection, .textOrList,
            .choiceOrSection:
            return composite(type)
        }
    }

    private static func composite(_ type: SchemaType) -> [(name: String, value: JSONText)] {
        switch type {
        case .list(let item, let least):
            var members: [(name: String, value: JSONText)] = [("type", .string("array"))]
            if least > 0 { members.append(("minItems", .integer(least))) }
            return members + [("items", .object(self.type(item)))]
        case .listOrWord(let item, let least, let word):
            let list = JSONText.object(self.type(.list(of: item, atLeast: least)))
            return [("anyOf", .array([.object([("const", .string(word))]), list]))]
        case .map(_, let value):
            return [
                ("type", .string("object")), ("additionalProperties", .object(self.type(value))),
            ]
        case .section(let keys):
            return object(keys)
        case .sectionOrWord(let keys, let word):
            let words = JSONText.object([("enum", .array(enumValues(word)))])
            return [("anyOf", .array([words, .object(object(keys))]))]
        case .textOrSection(let format, let keys):
            return [("anyOf", .array([.object(text(format)), .object(object(keys))]))]
        case .choiceOrSection(let words, let synonyms, let keys):
            let choice = self.type(.choice(words, synonyms: synonyms))
            return [("anyOf", .array([.object(choice), .object(object(keys))]))]
        case .textOrList(let format):
            let list = SchemaType.list(of: .text(format), atLeast: 1)
            return [("anyOf", .array([.object(text(format)), .object(self.type(list))]))]
        default:
            return []
        }
    }

    private static func text(_ format: TextFormat) -> [(name: String, value: JSONText)] {
        var members: [(name: String, value: JSONText)] = [("type", .string("string"))]
        switch format {
        case .endpointName: members.append(("pattern", .string("^[A-Za-z0-9._-]{1,64}$")))
        case .url: members.append(("pattern", .string("^([Hh][Tt][Tt][Pp][Ss]?://|unix:/)")))
        case .route: members.append(("pattern", .string("^/v1/.")))
        case .routePattern: members.append(("pattern", .string("^/")))
        case .keyDigest: members.append(("pattern", .string("^[0-9A-Fa-f]{64}$")))
        case .reference: members.append(("pattern", .string("^[$][{].+[}]$")))
        case .modelPattern, .modelName, .listenAddress, .network, .nameServer, .path, .fieldName,
            .fieldValue, .origin, .proxy, .authorities, .word:
            break
        }
        return members
    }

    private static func integer(_ range: ClosedRange<Int>) -> [(name: String, value: JSONText)] {
        [
            ("type", .string("integer")), ("minimum", .integer(range.lowerBound)),
            ("maximum", .integer(range.upperBound)),
        ]
    }

    /// Editors read `off` as a boolean and `1.2` as a number, so that both are let pass.
    private static func enumValues(_ word: String) -> [JSONText] {
        if word == "off" { return [.string(word), .boolean(false)] }
        return Double(word) == nil ? [.string(word)] : [.string(word), .number(word)]
    }

    private static func defaultValue(_ text: String, of type: SchemaType) -> JSONText {
        switch type {
        case .boolean: .boolean(text == "true")
        case .integer, .integerOrWord: Int(text).map(JSONText.integer) ?? .string(text)
        case .list:
            .array(
                text.split(whereSeparator: { "[], ".contains($0) }).compactMap { Int($0) }
                    .map(JSONText.integer))
        default: .string(text)
        }
    }
}
