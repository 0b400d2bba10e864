import Foundation

/// A checked call of a route: its parameters, its model, its seed.
struct Call: Sendable {
    let model: String
    let fault: Fault?
    /// The JSON body, or the text fields of a form.
    let body: JSON
    /// The uploaded file of a form.
    let file: Multipart.Part?
    let settings: Settings
    /// Of the body, the `seed` in it and the simulator's own.
    let seed: UInt64

    /// When everything is said to have been made, in seconds since 1970: always the same.
    static let created = 1_705_334_400

    init(_ request: Request, settings: Settings) throws(OpenAIError) {
        if let boundary = request.multipartBoundary {
            guard let parts = Multipart.parts(of: request.body, boundary: boundary) else {
                throw .invalid("Could not parse multipart form")
            }
            file = parts.first { $0.fileName != nil }
            body = .object(
                parts.filter { $0.fileName == nil }.map { part in
                    JSON.Member(name: part.name, value: .string(part.text))
                }
            )
        } else {
            guard let read = try? JSONReader.read(request.body), case .object = read else {
                throw .notJSON
            }
            body = read
            file = nil
        }
        let isOptional = request.path == "/v1/moderations"
        guard let model = body["model"]?.string ?? (isOptional ? Self.moderationModel : nil) else {
            throw .missingModel
        }
        guard isOptional && body["model"] == nil || settings.serves(model) else {
            throw .unknownModel(model)
        }
        self.model = model
        fault = Fault(model: model)
        self.settings = settings
        seed = Words.digest(request.body) ^ UInt64(bitPattern: Int64(settings.seed))
    }

    private static let moderationModel = "omni-moderation-latest"

    /// A number in its range; nil where it is absent or null.
    func number(
        _ name: String,
        in range: ClosedRange<Double>
    ) throws(OpenAIError) -> Double? {
        guard let value = body[name], value != .null else { return nil }
        guard let number = value.double, range.contains(number) else {
            throw .invalid(
                "Invalid '\(name)': expected a number from \(range.lowerBound) to "
                    + "\(range.upperBound).",
                parameter: name,
                code: "invalid_value"
            )
        }
        return number
    }

    /// `n`: how many answers are wanted, 1…128.
    func choiceCount() throws(OpenAIError) -> Int {
        try number("n", in: 1...128).map { Int($0) } ?? 1
    }

    var streams: Bool { body["stream"]?.bool ?? false }

    var wantsStreamedUsage: Bool { body["stream_options"]?["include_usage"]?.bool ?? false }

    /// Words for one of several answers.
    func words(_ index: Int) -> Words {
        Words(seed: seed &+ UInt64(index) &* 0x1_0000_0001)
    }

    /// A text that echoes `input` and goes on with words of its own; as long as a fault wants it.
    func text(echoing input: String, index: Int) -> String {
        var words = words(index)
        let echo = "You said: \(input.prefix(200)) |"
        switch fault {
        case .big(let kibibytes):
            let line = words.text(wordCount: 180)
            let byteCount = kibibytes << 10
            var bytes = Array(echo.utf8)
            while bytes.count < byteCount { bytes += " \(line)".utf8 }
            return String(decoding: bytes.prefix(byteCount), as: UTF8.self)
        case .words(let count): return echo + " " + words.text(wordCount: count)
        default: return echo + " " + words.text(wordCount: 24)
        }
    }

    /// Cuts a text at the first stop sequence and at the token limit.
    func limit(_ text: String) throws(OpenAIError) -> (text: String, finishReason: String) {
        let older = try number("max_tokens", in: 1...1e9)
        let newer = try number("max_completion_tokens", in: 1...1e9)
        var kept = text
        for stop in body["stop"]?.strings ?? [] where !stop.isEmpty {
            if let range = kept.range(of: stop) { kept = String(kept[..<range.lowerBound]) }
        }
        if let limit = newer ?? older, kept.tokenCount > Int(limit) {
            return (kept.pieces.prefix(Int(limit)).joined(), "length")
        }
        return (kept, "stop")
    }

    static func usage(prompt: Int, completion: Int) -> JSON {
        [
            "prompt_tokens": .int(prompt),
            "completion_tokens": .int(completion),
            "total_tokens": .int(prompt + completion),
        ]
    }
}
