@testable import GatewayRuntime

/// What holds for every input, however odd: asked of random bytes by the fuzz targets, and of all
/// inputs kept from them by the tests. Each property answers nil, or what is wrong.
enum Properties {
    /// A head reads the same however it is cut, and what it lets in is clean.
    static func requestHead(_ bytes: [UInt8]) -> String? {
        let limits = HeadLimits(headByteLimit: 2_048, fieldCountLimit: 8, targetByteLimit: 256)
        let whole = ReadHead(bytes, limits: limits)
        for cuts in manyCuts(of: bytes) {
            let pieces = ReadHead(bytes, cuts: cuts, limits: limits)
            if pieces == whole { continue }
            // Beyond the first KiB what is wrong in the middle of a head may show at its end only.
            if case .refused = whole.progress, pieces.progress == .incomplete, bytes.count > 1_024 {
                continue
            }
            return "\(whole) but, cut at \(cuts.prefix(8)), \(pieces)"
        }
        guard case .complete(let count) = whole.progress else { return nil }
        let isClean =
            bytes[..<count].suffix(4) == [0x0d, 0x0a, 0x0d, 0x0a] && whole.path.hasPrefix("/")
            && !["//", "/../", "/./", "\\", "#"].contains(where: whole.path.contains)
            && (whole.minorVersion == 0 || !whole.host.isEmpty)
            && !whole.fields.contains { $0.utf8.contains { $0 < 0x20 && $0 != 0x09 } }
        return isClean ? nil : "let in: \(whole)"
    }

    /// A response head reads the same however it is cut.
    static func responseHead(_ bytes: [UInt8]) -> String? {
        let whole = ReadResponse(bytes)
        for cuts in manyCuts(of: bytes) {
            let pieces = ReadResponse(bytes, cuts: cuts)
            if pieces != whole { return "\(whole) but, cut at \(cuts.prefix(8)), \(pieces)" }
        }
        return nil
    }

    /// Chunks decode the same however they are cut, and what is right strictly is right leniently.
    static func chunkedBody(_ bytes: [UInt8]) -> String? {
        var whole = DecodedChunks(bytes)
        whole.boundaries = []
        for cuts in manyCuts(of: bytes) {
            var pieces = DecodedChunks(bytes, cuts: cuts)
            pieces.boundaries = []
            if pieces != whole { return "\(whole) but, cut at \(cuts.prefix(8)), \(pieces)" }
        }
        guard let end = whole.end else { return nil }
        let lenient = DecodedChunks(bytes, isStrict: false)
        guard lenient.data == whole.data, lenient.end == end else { return "leniently: \(lenient)" }
        let hasEnd = bytes[..<end].suffix(2) == [0x0d, 0x0a]
        return hasEnd ? nil : "ends at \(end)"
    }

    /// A body scans as the naive reader reads it, however it is cut; a model's name reads back.
    static func jsonBody(_ bytes: [UInt8]) -> String? {
        let naive = NaiveJSON.model(in: bytes)
        for cuts in [[]] + manyCuts(of: bytes) {
            let scanned = ScannedModel(bytes, cuts: cuts)
            if scanned.outcome != naive.outcome || scanned.value != naive.value {
                return "\(naive) but, cut at \(cuts.prefix(8)), \(scanned)"
            }
        }
        if let point = insertionPoint(bytes.span) {
            let separator = point.isEmptyObject ? "" : ","
            let member = Array("\(separator)\"olla_context\":{}".utf8)
            let longer = bytes[..<point.offset] + member + bytes[point.offset...]
            if NaiveJSON.model(in: Array(longer)).outcome != naive.outcome { return "not mended" }
            if insertionPoint(Array(longer).span) != nil { return "not appended" }
        }
        return naive.value.flatMap { nameProperty(Array(bytes[$0])) }
    }

    /// What a name means is written so that it means the same.
    private static func nameProperty(_ raw: [UInt8]) -> String? {
        var text: [UInt8] = []
        var json: [UInt8] = []
        var again: [UInt8] = []
        guard decodeJSONString(raw.span, into: &text) else { return nil }
        appendJSONString(text.span, to: &json)
        guard decodeJSONString(json.span, into: &again) else { return "not read back: \(json)" }
        let isText = String(validating: text, as: UTF8.self) != nil
        return isText && again != text ? "read back as \(again)" : nil
    }

    /// A form scans the same however it is cut, and a value found stands between its lines. What is
    /// before a NUL in the input is the Content-Type.
    static func multipart(_ input: [UInt8]) -> String? {
        let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        let plain = Array("multipart/form-data; boundary=b-b".utf8)
        let contentType = parts.count > 1 ? Array(parts[0]) : plain
        let body = Array(parts.last ?? [])
        let whole = ScannedForm(body, contentType: contentType)
        for cuts in manyCuts(of: body) {
            let pieces = ScannedForm(body, cuts: cuts, contentType: contentType)
            if pieces != whole { return "\(whole) but, cut at \(cuts.prefix(8)), \(pieces)" }
        }
        guard let range = whole.range else { return nil }
        let isBetweenLines =
            body[..<range.lowerBound].suffix(4) == [0x0d, 0x0a, 0x0d, 0x0a]
            && body[range.upperBound...].prefix(4) == [0x0d, 0x0a, 0x2d, 0x2d]
        return isBetweenLines ? nil : "not between lines: \(whole)"
    }

    /// Every byte by itself, and up to 24 ways to cut in two.
    private static func manyCuts(of bytes: [UInt8]) -> [[Int]] {
        let step = max(1, bytes.count / 24)
        return [Array(0..<bytes.count)] + stride(from: 1, to: bytes.count, by: step).map { [$0] }
    }
}
