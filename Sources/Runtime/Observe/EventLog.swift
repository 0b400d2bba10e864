import Glibc

/// Lines about the gateway itself, one JSON object each, on standard error.
enum EventLog {
    enum Value {
        case text(String)
        case number(Int)
        case list([String])
    }

    /// Writes `{"time":…,"event":…}` with `fields` behind it, in the order of their names.
    static func write(_ event: StaticString, _ fields: [String: Value] = [:]) {
        var line = ByteBuffer(capacity: 512)
        line.append("{\"time\":\"")
        line.append(time: Clock.unixMilliseconds())
        line.append("\",\"event\":\"")
        line.append(event)
        line.append("\"")
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            line.append(string: ",\"\(name)\":")
            switch value {
            case .number(let number):
                line.append(decimal: number)
            case .text(let text):
                append(text, to: &line)
            case .list(let texts):
                line.append("[")
                for (index, text) in texts.enumerated() {
                    if index > 0 { line.append(",") }
                    append(text, to: &line)
                }
                line.append("]")
            }
        }
        line.append("}\n")
        write(line.bytes)
    }

    private static func append(_ text: String, to line: inout ByteBuffer) {
        line.append("\"")
        line.append(jsonEscaped: Array(text.utf8).span)
        line.append("\"")
    }

    /// Writes a line for a person, as it is.
    static func writeLine(_ text: String) {
        write(Array("\(text)\n".utf8).span)
    }

    private static func write(_ line: borrowing Span<UInt8>) {
        unsafe line.withUnsafeBytes { buffer in
            _ = unsafe Glibc.write(STDERR_FILENO, buffer.baseAddress, buffer.count)
        }
    }
}
