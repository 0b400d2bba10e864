import Foundation

/// Brings one answer to the wire, as the fault wants it.
struct Delivery {
    /// How the end of a body is told.
    private enum Framing {
        case length(Int)
        case chunked
        case untilClose
        case none
    }

    let wire: Wire
    let request: Request
    let answer: Answer
    let fault: Fault?
    /// Between two chunks of a stream.
    let paceMilliseconds: Int
    /// What every answer of this simulator carries.
    let commonFields: [Field]

    /// Sends the answer.
    ///
    /// - Returns: whether the connection may be used again.
    func run() throws(WireError) -> Bool {
        switch fault {
        case .earlyClose:
            return false
        case .garbage:
            try wire.send(Array("\u{1}\u{2}this is not HTTP at all\r\n\r\n".utf8))
            return false
        case .garbageHead:
            try wire.send(Array("HTTP/1.1 2x0 OK\r\nContent Type nonsense\r\n\r\nbody".utf8))
            return false
        case .interim:
            let hint = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
            try wire.send(Array(("HTTP/1.1 100 Continue\r\n\r\n" + hint).utf8))
        case .drip(let milliseconds):
            wire.dripMilliseconds = milliseconds
        default: break
        }
        defer { wire.dripMilliseconds = 0 }
        if case .slow(let milliseconds) = fault { try wire.pause(milliseconds: milliseconds) }
        let framing = framing
        try wire.send(head(framing))
        guard request.method != "HEAD" else { return staysOpen(framing) }
        guard try sendBody(framing) else { return false }
        return staysOpen(framing) && fault != .closeAfter
    }

    private var framing: Framing {
        if answer.status == 204 { return .none }
        if fault == .untilClose { return .untilClose }
        if request.minorVersion == 1, needsChunks { return .chunked }
        return switch answer.body {
        case .whole(let bytes): .length(bytes.count)
        case .events: request.minorVersion == 1 ? .chunked : .untilClose
        }
    }

    private var needsChunks: Bool {
        if case .badChunk = fault { return true }
        return fault == .trailers
    }

    private func staysOpen(_ framing: Framing) -> Bool {
        if case .untilClose = framing { return false }
        return request.keepsAlive && fault != .ollaFields
    }

    private func head(_ framing: Framing) -> [UInt8] {
        var fields = answer.fields + commonFields
        switch framing {
        case .length(let count): fields.append(Field("Content-Length", String(count)))
        case .chunked: fields.append(Field("Transfer-Encoding", "chunked"))
        case .untilClose, .none: break
        }
        if fault == .trailers { fields.append(Field("Trailer", "X-Chunk-Count")) }
        if fault == .ollaFields { fields += Self.ollaFields }
        if fault != .ollaFields {
            fields.append(Field("Connection", staysOpen(framing) ? "keep-alive" : "close"))
        }
        var text = "HTTP/1.1 \(answer.status) \(Answer.reason(of: answer.status))\r\n"
        for field in fields { text += "\(field.name): \(field.value)\r\n" }
        return Array((text + "\r\n").utf8)
    }

    /// Fields that an endpoint may send and a gateway must not pass on as its own.
    private static let ollaFields = [
        Field("X-Olla-Endpoint", "forged-endpoint"),
        Field("X-Olla-Model", "forged-model"),
        Field("X-Olla-Backend-Type", "forged-type"),
        Field("X-Olla-Request-ID", "forged-id"),
        Field("X-Olla-Response-Time", "0.001ms"),
        Field("Connection", "close, X-Hop"),
        Field("X-Hop", "one"),
        Field("Keep-Alive", "timeout=5, max=100"),
        Field("Set-Cookie", "session=canary"),
    ]

    /// - Returns: whether the body is complete.
    private func sendBody(_ framing: Framing) throws(WireError) -> Bool {
        let pieces = pieces
        for (index, piece) in pieces.enumerated() {
            try wire.pause(milliseconds: index == 0 ? 0 : pace)
            guard try survives(chunksSent: index) else { return false }
            if case .chunked = framing {
                let size = String(piece.count, radix: 16)
                try wire.send(Array("\(size)\r\n".utf8) + piece + Array("\r\n".utf8))
            } else {
                try wire.send(piece)
            }
        }
        if case .chunked = framing {
            let trailer = fault == .trailers ? "X-Chunk-Count: \(pieces.count)\r\n" : ""
            try wire.send(Array("0\r\n\(trailer)\r\n".utf8))
        }
        return true
    }

    /// The chunks of a stream; a plain body is cut in two where a fault strikes in its middle.
    private var pieces: [[UInt8]] {
        switch answer.body {
        case .events(let events): return events
        case .whole(let bytes):
            guard strikePoint != nil else { return bytes.isEmpty ? [] : [bytes] }
            let middle = bytes.count / 2
            return [Array(bytes[..<middle]), Array(bytes[middle...])]
        }
    }

    private var pace: Int {
        guard case .events = answer.body else { return 0 }
        switch fault {
        case .pace(let milliseconds): return milliseconds
        case .big, .drip: return 0
        default: return paceMilliseconds
        }
    }

    /// The count of chunks after which the fault strikes.
    private var strikePoint: Int? {
        switch fault {
        case .stall(let count), .breakOff(let count), .reset(let count), .badChunk(let count):
            if case .whole = answer.body { 1 } else { count }
        default: nil
        }
    }

    /// Whether the connection outlives the fault at this place.
    private func survives(chunksSent: Int) throws(WireError) -> Bool {
        guard chunksSent == strikePoint else { return true }
        switch fault {
        case .stall: while true { try wire.pause(milliseconds: 60_000) }
        case .reset: wire.armReset()
        case .badChunk: try wire.send(Array("ZZ\r\n".utf8))
        default: break
        }
        return false
    }
}
