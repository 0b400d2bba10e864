/// A way to misbehave, asked for by a model's name: `sim-break-3`.
enum Fault: Equatable, Sendable {
    case status(Int)
    case slow(milliseconds: Int)
    case stall(afterChunks: Int)
    case breakOff(afterChunks: Int)
    case reset(afterChunks: Int)
    case garbage
    case garbageHead
    case badChunk(afterChunks: Int)
    case earlyClose
    case closeAfter
    case big(kibibytes: Int)
    case untilClose
    case interim
    case trailers
    case noContent
    case htmlError
    case arrayError
    case streamError(afterChunks: Int)
    case drip(milliseconds: Int)
    case ollaFields
    case pace(milliseconds: Int)
    case words(count: Int)
}

extension Fault {
    /// One spelling of a fault: what stands in the model's name and what it does.
    struct Spelling: Sendable {
        let stem: String
        /// The number where the name has none; nil where a number means nothing.
        let number: Int?
        let help: String
        let make: @Sendable (Int) -> Fault

        init(
            _ stem: String,
            _ number: Int?,
            _ help: String,
            _ make: @escaping @Sendable (Int) -> Fault
        ) {
            self.stem = stem
            self.number = number
            self.help = help
            self.make = make
        }
    }

    static let spellings: [Spelling] = [
        Spelling("sim-status", 500, "answers with status N; 429 with Retry-After: 7") {
            .status($0)
        },
        Spelling("sim-slow", 2000, "waits N ms before the first byte") { .slow(milliseconds: $0) },
        Spelling("sim-stall", 3, "falls silent for ever after N chunks") {
            .stall(afterChunks: $0)
        },
        Spelling("sim-break", 3, "closes after N chunks, or in the middle of a plain body") {
            .breakOff(afterChunks: $0)
        },
        Spelling("sim-reset", 3, "the same with a TCP reset") { .reset(afterChunks: $0) },
        Spelling("sim-garbage", nil, "answers bytes that are not HTTP") { _ in .garbage },
        Spelling("sim-garbage-head", nil, "answers a head that is not valid") { _ in
            .garbageHead
        },
        Spelling("sim-bad-chunk", 3, "sends a chunk size that is no number after N chunks") {
            .badChunk(afterChunks: $0)
        },
        Spelling("sim-early-close", nil, "reads the request and closes without a byte") { _ in
            .earlyClose
        },
        Spelling("sim-close-after", nil, "promises keep-alive and closes after the answer") { _ in
            .closeAfter
        },
        Spelling("sim-big", 1024, "answers N KiB of content") { .big(kibibytes: $0) },
        Spelling("sim-until-close", nil, "ends the body by closing") { _ in .untilClose },
        Spelling("sim-100", nil, "sends 100 and 103 before the answer") { _ in .interim },
        Spelling("sim-trailers", nil, "sends chunked bodies with trailers") { _ in .trailers },
        Spelling("sim-204", nil, "answers 204 without a body") { _ in .noContent },
        Spelling("sim-html-500", nil, "answers 500 with an HTML page") { _ in .htmlError },
        Spelling("sim-error-array", nil, "answers 400 with a JSON array") { _ in .arrayError },
        Spelling("sim-sse-error", 3, "sends an error event after N chunks; 500 unstreamed") {
            .streamError(afterChunks: $0)
        },
        Spelling("sim-drip", 1, "waits N ms between single bytes") { .drip(milliseconds: $0) },
        Spelling("sim-olla-headers", nil, "adds X-Olla-* and hop-by-hop fields of its own") { _ in
            .ollaFields
        },
        Spelling("sim-pace", 30, "waits N ms between stream chunks") { .pace(milliseconds: $0) },
        Spelling("sim-words", 24, "answers about N words") { .words(count: $0) },
    ]

    /// The fault that `model` asks for: a stem, a number where it takes one, and any suffix.
    init?(model: String) {
        let matching = Self.spellings.filter {
            model == $0.stem || model.hasPrefix($0.stem + "-")
        }
        guard let spelling = matching.max(by: { $0.stem.count < $1.stem.count }) else { return nil }
        let parts = model.dropFirst(spelling.stem.count).split(separator: "-")
        guard let standard = spelling.number else {
            self = spelling.make(0)
            return
        }
        let number = parts.first.flatMap { Int($0) } ?? standard
        guard (0...1_000_000).contains(number) else { return nil }
        self = spelling.make(number)
    }

    /// Every spelling with what it does, a line each.
    static var help: String {
        spellings.map { spelling in
            let name = spelling.stem + (spelling.number == nil ? "" : "-N")
            return "  " + name + String(repeating: " ", count: max(1, 20 - name.count))
                + spelling.help
        }.joined(separator: "\n")
    }
}
