import CLibYAML

/// What libyaml finds in a text, one event after another.
enum YAMLEvent {
    case documentStart
    case documentEnd
    case streamEnd
    case alias(name: String)
    case scalar(YAMLScalar, YAMLProperties)
    case sequenceStart(YAMLProperties)
    case sequenceEnd
    case mappingStart(YAMLProperties, isFlow: Bool)
    case mappingEnd
}

/// What may stand before a node: `&anchor !tag`.
struct YAMLProperties {
    var anchor: String?
    var tag: String?
}

/// Where libyaml gave up and why, in its own words.
struct YAMLSyntaxError: Error {
    var problem: String
    var location: SourceLocation
    /// What it was reading, and since where.
    var context: (String, SourceLocation)?
}

/// A libyaml parser over bytes of its own; one of the two types that see libyaml.
final class YAMLEventReader {
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>
    private let source: SourceText

    /// Nil where libyaml has no memory.
    init?(source: SourceText) {
        self.source = source
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        input = .allocate(capacity: max(1, source.bytes.count))
        _ = input.initialize(from: source.bytes)
        guard yaml_parser_initialize(parser) == 1 else { return nil }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, source.bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    /// The next event and its place.
    func next() throws(YAMLSyntaxError) -> (YAMLEvent, SourceLocation) {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError }
            defer { yaml_event_delete(&event) }
            if let read = Self.event(from: event) {
                return (read, location(from: event.start_mark, to: event.end_mark))
            }
        }
    }

    private var syntaxError: YAMLSyntaxError {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "out of memory"
        if state.error == YAML_READER_ERROR {
            return YAMLSyntaxError(
                problem: problem, location: source.location(ofByteAt: state.problem_offset))
        }
        let context = state.context.map {
            (String(cString: $0), location(from: state.context_mark, to: state.context_mark))
        }
        let place = location(from: state.problem_mark, to: state.problem_mark)
        return YAMLSyntaxError(problem: problem, location: place, context: context)
    }

    /// From the first mark to the second, or to the end of the first mark's line.
    private func location(from start: yaml_mark_t, to end: yaml_mark_t) -> SourceLocation {
        let line = Int(start.line) + 1
        var width = Int(end.column) - Int(start.column)
        if start.line != end.line {
            let text = source.line(line)
            width = text.unicodeScalars.count - Int(start.column)
        }
        return SourceLocation(
            file: source.file, line: min(line, source.lineCount), column: Int(start.column) + 1,
            width: max(1, width))
    }

    /// Nil for the start of the stream, which says nothing.
    private static func event(from event: yaml_event_t) -> YAMLEvent? {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT: .documentStart
        case YAML_DOCUMENT_END_EVENT: .documentEnd
        case YAML_STREAM_END_EVENT: .streamEnd
        case YAML_ALIAS_EVENT: .alias(name: string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT: scalar(from: event)
        case YAML_SEQUENCE_START_EVENT:
            .sequenceStart(
                YAMLProperties(
                    anchor: string(event.data.sequence_start.anchor),
                    tag: string(event.data.sequence_start.tag)))
        case YAML_SEQUENCE_END_EVENT: .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            .mappingStart(
                YAMLProperties(
                    anchor: string(event.data.mapping_start.anchor),
                    tag: string(event.data.mapping_start.tag)),
                isFlow: event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
        case YAML_MAPPING_END_EVENT: .mappingEnd
        default: nil
        }
    }

    private static func scalar(from event: yaml_event_t) -> YAMLEvent {
        let scalar = event.data.scalar
        let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        return .scalar(
            YAMLScalar(
                text: String(decoding: bytes, as: UTF8.self),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE),
            YAMLProperties(anchor: string(scalar.anchor), tag: string(scalar.tag)))
    }

    private static func string(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        bytes.map { String(cString: $0) }
    }
}
