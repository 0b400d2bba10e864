/// The fields that the gateway does more with than to pass them on.
enum FieldName: UInt8 {
    case connection, keepAlive, te, trailer, transferEncoding, upgrade
    /// Any `Proxy-…`.
    case proxyPrefixed
    case host, contentLength, contentType, contentEncoding, expect
    case cookie, setCookie, authorization
    /// `X-Api-Key`.
    case xAPIKey
    /// `api-key`.
    case apiKey
    case forwarded, xForwardedFor, xForwardedProto, xForwardedHost, via, xRequestID
    /// Any `X-Olla-…`.
    case ollaPrefixed
    /// Fields that steer a gateway from inside: `X-Gateway-…` and `X-LLM-D-…`.
    case steering
    /// `X-Accel-Buffering`.
    case accelBuffering
    case server, date, retryAfter
    case other
}

extension FieldName {
    /// The field that has this name, in whatever case it is written; `.other` for all that are not
    /// listed above.
    static func named(_ bytes: borrowing Span<UInt8>) -> FieldName {
        named(bytes, from: 0, count: bytes.count)
    }

    /// The field whose name is the `count` bytes from `start`.
    static func named(_ bytes: borrowing Span<UInt8>, from start: Int, count: Int) -> FieldName {
        guard count >= 8 else { return short(bytes, from: start, count: count) }
        let first = lowercased(word(bytes, at: start))
        let last = lowercased(word(bytes, at: start &+ count &- 8))
        let known: FieldName =
            switch count {
            case 9...12: medium(first, last, count: count)
            case 13...16: long(first, last, count: count)
            case 17: longest(first, lowercased(word(bytes, at: start &+ 8)), last)
            default: .other
            }
        if known != .other { return known }
        if first & sevenBytes == word("x-olla-") { return .ollaPrefixed }
        if first & sixBytes == word("proxy-") { return .proxyPrefixed }
        if first == word("x-llm-d-") { return .steering }
        guard first == word("x-gatewa"), count >= 10 else { return .other }
        let isGateway = Byte.lowercased(bytes[start + 8]) == 0x79 && bytes[start + 9] == Byte.dash
        return isGateway ? .steering : .other
    }

    private static var sixBytes: UInt64 { 0x0000_ffff_ffff_ffff }
    private static var sevenBytes: UInt64 { 0x00ff_ffff_ffff_ffff }

    /// Names of 9…12 bytes from their first and last eight.
    private static func medium(_ first: UInt64, _ last: UInt64, count: Int) -> FieldName {
        switch (count, first, last) {
        case (9, word("x-api-ke"), word("-api-key")): .xAPIKey
        case (9, word("forwarde"), word("orwarded")): .forwarded
        case (10, word("connecti"), word("nnection")): .connection
        case (10, word("keep-ali"), word("ep-alive")): .keepAlive
        case (10, word("set-cook"), word("t-cookie")): .setCookie
        case (11, word("retry-af"), word("ry-after")): .retryAfter
        case (12, word("content-"), word("ent-type")): .contentType
        case (12, word("x-reques"), word("quest-id")): .xRequestID
        default: .other
        }
    }

    /// Names of 13…16 bytes from their first and last eight.
    private static func long(_ first: UInt64, _ last: UInt64, count: Int) -> FieldName {
        switch (count, first, last) {
        case (13, word("authoriz"), word("rization")): .authorization
        case (14, word("content-"), word("t-length")): .contentLength
        case (15, word("x-forwar"), word("rded-for")): .xForwardedFor
        case (16, word("content-"), word("encoding")): .contentEncoding
        case (16, word("x-forwar"), word("ded-host")): .xForwardedHost
        default: .other
        }
    }

    /// Names of 17 bytes from their first, second and last eight.
    private static func longest(_ first: UInt64, _ second: UInt64, _ last: UInt64) -> FieldName {
        switch (first, second, last) {
        case (word("x-forwar"), word("ded-prot"), word("ed-proto")): .xForwardedProto
        case (word("transfer"), word("-encodin"), word("encoding")): .transferEncoding
        case (word("x-accel-"), word("bufferin"), word("uffering")): .accelBuffering
        default: .other
        }
    }

    /// Names of fewer than eight bytes; the count stands in the byte that none of them fills.
    private static func short(
        _ bytes: borrowing Span<UInt8>, from start: Int, count: Int
    ) -> FieldName {
        let name = lowercased(shortWord(bytes, from: start, count: count))
        return switch name | UInt64(count) << 56 {
        case sized("te"): .te
        case sized("via"): .via
        case sized("host"): .host
        case sized("date"): .date
        case sized("expect"): .expect
        case sized("server"): .server
        case sized("cookie"): .cookie
        case sized("upgrade"): .upgrade
        case sized("trailer"): .trailer
        case sized("api-key"): .apiKey
        case sized("x-olla-"): .ollaPrefixed
        default: count >= 6 && name & sixBytes == word("proxy-") ? .proxyPrefixed : .other
        }
    }

    @inline(__always)
    private static func sized(_ text: StaticString) -> UInt64 {
        word(text) | UInt64(text.utf8CodeUnitCount) << 56
    }
}
