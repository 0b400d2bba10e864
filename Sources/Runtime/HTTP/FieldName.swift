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
    @inline(__always)
    static func named(_ bytes: borrowing Span<UInt8>, from start: Int, count: Int) -> FieldName {
        guard count >= 8 else { return short(bytes, from: start, count: count) }
        let first = lowercased(word(bytes, at: start))
        let end = start &+ count
        let known: FieldName =
            switch count {
            case 9...12: medium(bytes, first, end: end, count: count)
            case 13...17: long(bytes, first, end: end, count: count)
            default: .other
            }
        if known != .other { return known }
        // The families begin with `proxy-` and with `x-`.
        let initial = first & 0xff
        guard initial == 0x78 || initial == 0x70 else { return .other }
        return family(bytes, first, from: start, count: count)
    }

    private static var sixBytes: UInt64 { 0x0000_ffff_ffff_ffff }
    private static var sevenBytes: UInt64 { 0x00ff_ffff_ffff_ffff }

    /// Whether the eight bytes before `end` are `text`, in whatever case.
    @inline(__always)
    private static func ends(
        _ bytes: borrowing Span<UInt8>, _ end: Int, _ text: StaticString
    ) -> Bool {
        lowercased(word(bytes, at: end &- 8)) == word(text)
    }

    /// Names of 9…12 bytes, from their first eight and their end.
    private static func medium(
        _ bytes: borrowing Span<UInt8>, _ first: UInt64, end: Int, count: Int
    ) -> FieldName {
        switch count {
        case 9 where first == word("x-api-ke") && ends(bytes, end, "-api-key"): .xAPIKey
        case 9 where first == word("forwarde") && ends(bytes, end, "orwarded"): .forwarded
        case 10 where first == word("connecti") && ends(bytes, end, "nnection"): .connection
        case 10 where first == word("keep-ali") && ends(bytes, end, "ep-alive"): .keepAlive
        case 10 where first == word("set-cook") && ends(bytes, end, "t-cookie"): .setCookie
        case 11 where first == word("retry-af") && ends(bytes, end, "ry-after"): .retryAfter
        case 12 where first == word("content-") && ends(bytes, end, "ent-type"): .contentType
        case 12 where first == word("x-reques") && ends(bytes, end, "quest-id"): .xRequestID
        default: .other
        }
    }

    /// Names of 13…17 bytes, from their first eight and their end.
    private static func long(
        _ bytes: borrowing Span<UInt8>, _ first: UInt64, end: Int, count: Int
    ) -> FieldName {
        switch count {
        case 13 where first == word("authoriz") && ends(bytes, end, "rization"): .authorization
        case 14 where first == word("content-") && ends(bytes, end, "t-length"): .contentLength
        case 15 where first == word("x-forwar") && ends(bytes, end, "rded-for"): .xForwardedFor
        case 16 where first == word("content-") && ends(bytes, end, "encoding"): .contentEncoding
        case 16 where first == word("x-forwar") && ends(bytes, end, "ded-host"): .xForwardedHost
        case 17
        where first == word("x-forwar") && ends(bytes, end, "ed-proto")
            && ends(bytes, end &- 1, "ded-prot"):
            .xForwardedProto
        case 17
        where first == word("transfer") && ends(bytes, end, "encoding")
            && ends(bytes, end &- 1, "-encodin"):
            .transferEncoding
        case 17
        where first == word("x-accel-") && ends(bytes, end, "uffering")
            && ends(bytes, end &- 1, "bufferin"):
            .accelBuffering
        default: .other
        }
    }

    /// Names of eight bytes and more that count by how they begin.
    private static func family(
        _ bytes: borrowing Span<UInt8>, _ first: UInt64, from start: Int, count: Int
    ) -> FieldName {
        if first & sevenBytes == word("x-olla-") { return .ollaPrefixed }
        if first & sixBytes == word("proxy-") { return .proxyPrefixed }
        if first == word("x-llm-d-") { return .steering }
        guard first == word("x-gatewa"), count >= 10 else { return .other }
        let isGateway = Byte.lowercased(bytes[start + 8]) == 0x79 && bytes[start + 9] == Byte.dash
        return isGateway ? .steering : .other
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
