/// The function that a chat answer calls, out of `tools` or the older `functions`.
struct ToolChoice: Equatable {
    let name: String
    /// A JSON Schema; null where none is given.
    let parameters: JSON
    /// Whether the request speaks of `functions`.
    let isLegacy: Bool

    /// Nil where nothing is to be called: no tools, or `none` chosen.
    init?(_ body: JSON) {
        isLegacy = body["tools"] == nil
        let functions =
            isLegacy
            ? body["functions"]?.array ?? []
            : (body["tools"]?.array ?? []).compactMap { $0["function"] }
        let choice = body[isLegacy ? "function_call" : "tool_choice"]
        guard choice?.string != "none" else { return nil }
        let wanted = choice?["function"]?["name"]?.string ?? choice?["name"]?.string
        let match = functions.first { wanted == nil || $0["name"]?.string == wanted }
        guard let match, let name = match["name"]?.string else { return nil }
        self.name = name
        parameters = match["parameters"] ?? nil
    }
}

/// Makes values that satisfy a JSON Schema, out of the words of a message.
struct Example {
    let words: [String]

    init(words text: String) {
        words = text.split(separator: " ").map { word in
            String(word.filter { $0.isLetter || $0.isNumber })
        }
    }

    /// A value of the schema's type; objects have every property.
    func value(for schema: JSON, depth: Int = 0) -> JSON {
        if let first = schema["enum"]?.array?.first { return first }
        if let constant = schema["const"] { return constant }
        let type = schema["type"]?.strings?.first ?? (schema["properties"] == nil ? "" : "object")
        switch type {
        case "object" where depth < 16:
            return .object(
                (schema["properties"]?.members ?? []).map { property in
                    .init(name: property.name, value: value(for: property.value, depth: depth + 1))
                }
            )
        case "array" where depth < 16:
            return [value(for: schema["items"] ?? nil, depth: depth + 1)]
        case "integer": return .int(words.count)
        case "number": return .double(Double(words.count) + 0.5)
        case "boolean": return true
        case "null": return nil
        case "string": return .string(subject)
        default: return [:]
        }
    }

    /// The last capitalised word, else the last: `London` of "What is the weather in London?"
    private var subject: String {
        words.last { $0.first?.isUppercase ?? false } ?? words.last ?? "nothing"
    }
}
