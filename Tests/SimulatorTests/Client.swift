import Foundation

@testable import Simulator

/// A simulator in this process on a free port, with a client of bare sockets; it runs until the
/// tests end.
struct RunningSimulator {
    let port: UInt16

    init(
        name: String = "test",
        models: [String] = ["gpt-4o", "local-*"],
        apiKey: String? = nil
    ) throws {
        let settings = Settings(
            name: name,
            models: models,
            paceMilliseconds: 2,
            apiKey: apiKey,
            seed: 0
        )
        let listener = try Listener(
            at: .tcp(host: "127.0.0.1", port: 0),
            settings: settings,
            log: RequestLog()
        )
        port = listener.port
        Thread { listener.run() }.start()
    }

    /// A new connection to it.
    func connect() throws -> Wire {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw WireError.closed }
        return Wire(descriptor)
    }

    /// One exchange on a connection of its own.
    func post(_ path: String, _ body: String, fields: [String] = []) throws -> Reply {
        let wire = try connect()
        defer { close(wire.descriptor) }
        let head = ["POST \(path) HTTP/1.1", "Host: test", "Content-Length: \(body.utf8.count)"]
        try wire.send(Array(((head + fields).joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
        return try Reply(wire)
    }

    func get(_ path: String) throws -> Reply {
        let wire = try connect()
        defer { close(wire.descriptor) }
        try wire.send(Array("GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n".utf8))
        return try Reply(wire)
    }

    /// A chat completion of `content` by `model`; `more` is further members, each after a comma.
    func chat(_ model: String, _ content: String = "Hello", more: String = "") throws -> Reply {
        try post("/v1/chat/completions", Self.chatBody(model, content, more: more))
    }

    static func chatBody(_ model: String, _ content: String, more: String = "") -> String {
        """
        {"model":"\(model)","messages":[{"role":"user","content":"\(content)"}]\(more)}
        """
    }
}

/// A response as it came.
struct Reply {
    let status: Int
    let fields: [Field]
    let body: [UInt8]
    /// The fields after the last chunk.
    var trailers: [Field] = []

    init(_ wire: Wire) throws {
        let words = try wire.line().split(separator: " ")
        status = words.count > 1 ? Int(words[1]) ?? 0 : 0
        fields = try Self.fields(wire)
        if fields.lists("chunked", in: "transfer-encoding") {
            var body: [UInt8] = []
            while let count = Int(try wire.line(), radix: 16), count > 0 {
                body += try wire.bytes(count)
                _ = try wire.line()
            }
            self.body = body
            trailers = try Self.fields(wire)
        } else {
            body = try wire.bytes(fields["content-length"].flatMap { Int($0) } ?? 0)
        }
    }

    private static func fields(_ wire: Wire) throws -> [Field] {
        var fields: [Field] = []
        while case let line = try wire.line(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields.append(Field(String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)))
        }
        return fields
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSON { (try? JSONReader.read(body)) ?? nil }

    /// The data of each server-sent event.
    var events: [String] {
        text.components(separatedBy: "\n\n").filter { !$0.isEmpty }.map {
            String($0.dropFirst("data: ".count))
        }
    }

    var eventValues: [JSON] { events.compactMap { try? JSONReader.read(Array($0.utf8)) } }
}
