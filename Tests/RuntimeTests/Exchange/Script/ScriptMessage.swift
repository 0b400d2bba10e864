import Foundation

/// An HTTP message as bytes, taken apart as far as a script needs it.
struct ScriptMessage {
    let startLine: String
    let fields: [(name: String, value: String)]
    /// Without framing.
    let body: [UInt8]
    /// Whether the body ended as its framing promised.
    let isWhole: Bool
    /// Bytes that stand behind the message.
    let rest: [UInt8]

    /// Reads a message whose head is whole; nil: it is not.
    ///
    /// - Parameter endsWithConnection: whether a body without framing reaches to the end.
    init?(_ bytes: [UInt8], endsWithConnection: Bool = false) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        var lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            .components(separatedBy: "\r\n")
        startLine = lines.removeFirst()
        let fields = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
        }
        self.fields = fields
        let after = Array(bytes[end.upperBound...])
        func value(_ name: String) -> String? {
            let field = fields.first { $0.0.lowercased() == name }
            return field?.1
        }
        if value("transfer-encoding") == "chunked" {
            (body, isWhole, rest) = Self.dechunked(after)
        } else if let length = value("content-length").flatMap({ Int($0) }) {
            body = Array(after.prefix(length))
            isWhole = after.count >= length
            rest = Array(after.dropFirst(length))
        } else {
            body = endsWithConnection ? after : []
            isWhole = true
            rest = endsWithConnection ? [] : after
        }
    }

    subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var bodyText: String { String(decoding: body, as: UTF8.self) }
    var status: Int { Int(startLine.split(separator: " ")[1]) ?? 0 }

    /// What is the same each time: no clock, and the model's answer as it is.
    var steadyText: String {
        let clocks = ["x-olla-response-time"]
        let head = fields.filter { !clocks.contains($0.name.lowercased()) }
            .map { "\($0.name): \($0.value)" }
        let body = bodyText.replacing(/"timestamp":"[-:.0-9TZ]+"/, with: "\"timestamp\":\"…\"")
        return ([startLine] + head + ["", body, isWhole ? "whole" : "cut"]).joined(separator: "\n")
    }

    private static func dechunked(_ bytes: [UInt8]) -> ([UInt8], Bool, [UInt8]) {
        var body: [UInt8] = []
        var rest = bytes[...]
        while let end = rest.firstRange(of: Array("\r\n".utf8)) {
            let line = String(decoding: rest[..<end.lowerBound], as: UTF8.self)
            guard let size = Int(line.prefix { $0 != ";" }, radix: 16) else { break }
            rest = rest[end.upperBound...]
            if size == 0 {
                while let end = rest.firstRange(of: Array("\r\n".utf8)) {
                    let isLast = end.lowerBound == rest.startIndex
                    rest = rest[end.upperBound...]
                    if isLast { return (body, true, Array(rest)) }
                }
                return (body, false, [])
            }
            body += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return (body, false, [])
    }
}

/// The bytes of a chat request, with an id of its own so that answers can be compared.
func chatRequest(
    model: String = "small", path: String = "/v1/chat/completions", fields: [String] = [],
    body: String? = nil
) -> String {
    let body = body ?? "{\"model\":\"\(model)\",\"messages\":[]}"
    let lines = [
        "POST /olla/openai\(path) HTTP/1.1", "Host: gateway.test", "X-Request-ID: script",
        "Content-Type: application/json", "Content-Length: \(body.utf8.count)",
    ]
    return (lines + fields).joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// The bytes of an answer with a length.
func answer(
    _ status: String = "200 OK", fields: [String] = ["Content-Type: application/json"],
    body: String = "{\"id\":1}"
) -> String {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"]
    return (lines + fields).joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// The bytes of an answer in chunks of the given texts.
func chunkedAnswer(
    _ chunks: [String], status: String = "200 OK",
    fields: [String] = ["Content-Type: application/json"]
) -> String {
    let lines = ["HTTP/1.1 \(status)", "Transfer-Encoding: chunked"]
    let head = (lines + fields).joined(separator: "\r\n") + "\r\n\r\n"
    let pieces = chunks.map { String($0.utf8.count, radix: 16) + "\r\n\($0)\r\n" }
    return head + pieces.joined() + "0\r\n\r\n"
}
