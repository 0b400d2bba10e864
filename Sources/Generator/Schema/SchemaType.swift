/// What the value of a key may be.
indirect enum SchemaType: Sendable {
    case text(TextFormat)
    case integer(ClosedRange<Int>)
    /// A whole number, or a word that stands for 0.
    case integerOrWord(ClosedRange<Int>, word: String)
    /// Of a hundred, written `20%`; or a word.
    case percentOrWord(ClosedRange<Int>, word: String)
    case boolean
    /// Milliseconds; 0 is none.
    case duration(ClosedRange<Int>)
    /// Bytes.
    case byteSize(ClosedRange<Int>)
    /// One of some words; `synonyms` are read as the word that they stand for.
    case choice([String], synonyms: [String: String])
    /// One of some words, or a section for those who have more to say.
    case choiceOrSection([String], synonyms: [String: String], [SchemaKey])
    case list(of: SchemaType, atLeast: Int)
    /// A list, or a word that stands for one.
    case listOrWord(of: SchemaType, atLeast: Int, word: String)
    /// Keys that the user chooses.
    case map(key: TextFormat, value: SchemaType)
    case section([SchemaKey])
    /// A section, or a word that stands for none.
    case sectionOrWord([SchemaKey], word: String)
    /// A text, or a section for those who have more to say.
    case textOrSection(TextFormat, [SchemaKey])
    /// A text, or a list of texts.
    case textOrList(TextFormat)
}

/// What a text is meant to be; `Validate` holds it to that.
enum TextFormat {
    case endpointName
    case modelName
    case modelPattern
    case url
    case listenAddress
    case network
    case nameServer
    case route
    case routePattern
    case origin
    case keyDigest
    case path
    case fieldName
    /// May name secrets: `${NAME}`.
    case fieldValue
    /// A secret's name alone.
    case reference
    /// `none`, `environment` or a url; its user and password may be secrets.
    case proxy
    /// `system` or the path of a file.
    case authorities
    case word

    /// Whether `${…}` is filled in when the gateway starts.
    var holdsReferences: Bool {
        switch self {
        case .fieldValue, .reference, .proxy: true
        default: false
        }
    }
}

extension TextFormat {
    /// What a user is told that it is.
    var words: String {
        switch self {
        case .endpointName: "a name of letters, digits, `.`, `_` and `-`"
        case .modelName: "the name of a model"
        case .modelPattern: "the name of a model, or a pattern that ends in `*`"
        case .url: "a URL"
        case .listenAddress: "an address or `unix:/path`"
        case .network: "a network such as `10.0.0.0/8`"
        case .nameServer: "an address, with a port where that is not 53"
        case .route: "a path below `/v1/`"
        case .routePattern: "a path below `/v1/`, or a pattern that ends in `*`"
        case .origin: "an origin such as `https://app.example.com`, or `*`"
        case .keyDigest: "64 hexadecimal digits"
        case .path: "the path of a file"
        case .fieldName: "the name of a header"
        case .fieldValue: "a header value, with `${NAME}` for secrets"
        case .reference: "`${file:/path}` or `${NAME}`"
        case .proxy: "`none`, `environment` or the URL of a proxy"
        case .authorities: "`system` or the path of a PEM file"
        case .word: "a text"
        }
    }
}

extension SchemaType {
    /// What a user is told that a value has to be: `a whole number from 1 to 65535`.
    var words: String {
        switch self {
        case .text(let format): format.words
        case .integer(let range):
            "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .integerOrWord(let range, let word):
            "`\(word)` or a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .percentOrWord(let range, let word):
            "`\(word)` or a share from \(range.lowerBound)% to \(range.upperBound)%"
        case .boolean: "`true` or `false`"
        case .duration(let range):
            "a duration from \(Units.duration(range.lowerBound)) to "
                + Units.duration(range.upperBound)
        case .byteSize(let range):
            "a size from \(Units.byteSize(range.lowerBound)) to \(Units.byteSize(range.upperBound))"
        case .choice(let words, _): words.count == 1 ? "`\(words[0])`" : Self.oneOf(words)
        case .choiceOrSection(let words, let synonyms, _):
            "\(SchemaType.choice(words, synonyms: synonyms).words), or a map of keys"
        case .list(let item, _): "a list, each item \(item.words)"
        case .listOrWord(let item, let least, let word):
            "`\(word)` or \(SchemaType.list(of: item, atLeast: least).words)"
        case .map(let key, let value): "a map from \(key.words) to \(value.words)"
        case .section: "a map of keys"
        case .sectionOrWord(_, let word): "`\(word)` or a map of keys"
        case .textOrSection(let format, _): "\(format.words), or a map of keys"
        case .textOrList(let format): "\(format.words), or a list of them"
        }
    }

    private static func oneOf(_ words: [String]) -> String {
        let quoted = words.map { "`\($0)`" }
        return quoted.dropLast().joined(separator: ", ") + " or " + (quoted.last ?? "")
    }

    /// The keys below it; empty where there are none.
    var keys: [SchemaKey] {
        switch self {
        case .section(let keys), .sectionOrWord(let keys, _), .textOrSection(_, let keys),
            .choiceOrSection(_, _, let keys):
            keys
        case .list(let item, _), .listOrWord(let item, _, _): item.keys
        default: []
        }
    }
}
