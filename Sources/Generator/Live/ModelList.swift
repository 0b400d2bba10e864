import FoundationEssentials

/// The list of models that an endpoint has answered with.
struct ModelList: Equatable {
    /// In the endpoint's order, each once.
    var names: [String]

    /// Why an answer is no list, as a clause.
    struct Mistake: Error, Equatable {
        var words: String
    }

    init(names: [String]) {
        var known: Set<String> = []
        self.names = names.filter { known.insert($0).inserted }
    }

    /// Reads `{"object":"list","data":[{"id":…}]}`, or the array alone, as some servers have it.
    init(json: [UInt8]) throws(Mistake) {
        if json.isEmpty { throw Mistake(words: "the answer is empty") }
        let shape: Shape
        do {
            shape = try JSONDecoder().decode(Shape.self, from: Data(json))
        } catch let error as DecodingError {
            throw Mistake(words: Self.words(error))
        } catch {
            throw Mistake(words: "the answer is not JSON")
        }
        self.init(names: shape.data.map(\.id))
    }

    private struct Shape: Decodable {
        var data: [Item]

        struct Item: Decodable {
            var id: String
        }

        private enum Key: CodingKey {
            case data
        }

        init(from decoder: any Decoder) throws {
            if (try? decoder.unkeyedContainer()) != nil {
                data = try [Item](from: decoder)
            } else {
                data = try decoder.container(keyedBy: Key.self).decode([Item].self, forKey: .data)
            }
        }
    }

    /// Where the shape is another one, never what stands there.
    private static func words(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let place):
            "the answer is no model list: \(path(place, key)) is missing"
        case .typeMismatch(_, let place), .valueNotFound(_, let place):
            "the answer is no model list: \(path(place, nil)) has another type"
        case .dataCorrupted: "the answer is not JSON"
        @unknown default: "the answer is no model list"
        }
    }

    /// `data[3].id`.
    private static func path(
        _ place: DecodingError.Context, _ last: (any CodingKey)?
    ) -> String {
        let keys = place.codingPath + (last.map { [$0] } ?? [])
        if keys.isEmpty { return "its top" }
        let text = keys.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }
        return "`" + text.joined().drop { $0 == "." } + "`"
    }
}
