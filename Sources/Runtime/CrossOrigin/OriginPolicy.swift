/// Which origins may do what, with the lines of an answer that say so.
struct OriginPolicy: Sendable {
    /// Whether every origin is let in, and told so in one word.
    let isForAnyone: Bool
    let sendsCredentials: Bool
    /// Whether a preflight may ask for any field.
    let allowsEveryHeader: Bool
    /// What the answer to a preflight says besides the origin, each line with its end.
    let preflightLines: [UInt8]
    /// What every other answer says besides.
    let answerLines: [UInt8]
    private let origins: [StaticString]
    private let methods: [StaticString]

    /// Bytes of an origin at most; a browser's has a host of 253 at most.
    private static var originByteLimit: Int { 512 }

    init(
        origins: [StaticString], methods: [StaticString], headers: [StaticString],
        exposed: [StaticString], sendsCredentials: Bool, maxAgeSeconds: Int
    ) {
        self.origins = origins
        self.methods = methods
        self.sendsCredentials = sendsCredentials
        isForAnyone = origins.contains { "\($0)" == "*" }
        allowsEveryHeader = headers.isEmpty
        var lines = OriginPolicy.line("Access-Control-Allow-Methods", methods)
        lines += OriginPolicy.line("Access-Control-Allow-Headers", headers)
        lines += "Access-Control-Max-Age: \(maxAgeSeconds)\r\n".utf8
        preflightLines = lines
        answerLines = OriginPolicy.line("Access-Control-Expose-Headers", exposed)
    }

    /// A field with a list; nothing where it is empty.
    private static func line(_ name: String, _ values: [StaticString]) -> [UInt8] {
        if values.isEmpty { return [] }
        let list = values.map { "\($0)" }.joined(separator: ", ")
        return Array("\(name): \(list)\r\n".utf8)
    }

    /// Whether pages of this origin may call; bytewise, as browsers write origins in one way.
    func allows(origin: borrowing Span<UInt8>) -> Bool {
        if isForAnyone { return true }
        guard origin.count <= OriginPolicy.originByteLimit else { return false }
        for pattern in origins where pattern.isOrigin(origin) { return true }
        return false
    }

    /// Whether a preflight may ask for this method.
    func allows(method: borrowing Span<UInt8>) -> Bool {
        for known in methods where known ~= method { return true }
        return false
    }
}

extension StaticString {
    /// Whether it is the origin or, where it has a star for one or more labels of the host, covers
    /// it: `https://*.example.com` covers `https://a.b.example.com` and not `https://example.com`.
    fileprivate func isOrigin(_ origin: borrowing Span<UInt8>) -> Bool {
        let count = utf8CodeUnitCount
        let start = unsafe utf8Start
        guard let star = (0..<count).first(where: { unsafe start[$0] == UInt8(ascii: "*") }) else {
            return self ~= origin
        }
        let tail = count - star - 1
        guard origin.count > star + tail else { return false }
        for index in 0..<star where unsafe start[index] != origin[index] { return false }
        for index in 0..<tail
        where unsafe start[star + 1 + index] != origin[origin.count - tail + index] {
            return false
        }
        return origin.isName(star..<origin.count - tail)
    }
}

extension Span<UInt8> {
    /// Whether the range is one or more labels of a host's name, as browsers write them.
    fileprivate func isName(_ range: Range<Int>) -> Bool {
        var before = UInt8(ascii: ".")
        for index in range {
            let byte = self[index]
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "_"):
                break
            case UInt8(ascii: ".") where before != byte:
                break
            default:
                return false
            }
            before = byte
        }
        return before != UInt8(ascii: ".")
    }
}
