/// What a route answers, before a fault has its way with it.
struct Answer: Sendable {
    var status: Int
    var fields: [Field]
    var body: Body

    enum Body: Sendable {
        case whole([UInt8])
        /// Server-sent events, one a chunk, with the pace between them.
        case events([[UInt8]])
    }

    init(status: Int = 200, type: String, bytes: [UInt8], fields: [Field] = []) {
        self.status = status
        self.fields = [Field("Content-Type", type)] + fields
        body = .whole(bytes)
    }

    init(status: Int = 200, _ json: JSON, fields: [Field] = []) {
        self.init(status: status, type: "application/json", bytes: json.bytes, fields: fields)
    }

    /// A stream of `events`, ended by `[DONE]`.
    init(events: [JSON]) {
        status = 200
        fields = [
            Field("Content-Type", "text/event-stream; charset=utf-8"),
            Field("Cache-Control", "no-cache"),
        ]
        body = .events(events.map(Self.event) + [Self.done])
    }

    static func event(_ json: JSON) -> [UInt8] {
        Array("data: ".utf8) + json.bytes + Array("\n\n".utf8)
    }

    static let done = Array("data: [DONE]\n\n".utf8)
}

extension Answer {
    /// The reason phrases that a client may print.
    static func reason(of status: Int) -> String {
        switch status {
        case 200: "OK"
        case 204: "No Content"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 413: "Content Too Large"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: "Status"
        }
    }
}
