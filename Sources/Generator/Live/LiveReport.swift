/// What is shown of the endpoints that were asked.
struct LiveReport {
    private let findings: [LiveFinding]

    init(_ findings: [LiveFinding]) {
        self.findings = findings
    }

    /// A block for each endpoint, then how many are well.
    var text: String {
        let blocks = findings.map { finding in
            let rows = Self.rows(finding).map { label, words in
                "  " + label + String(repeating: " ", count: 10 - label.count) + words + "\n"
            }
            return "\(finding.endpoint.name)  \(finding.url)\n" + rows.joined()
        }
        return blocks.joined(separator: "\n") + "\n" + summary + "\n"
    }

    /// `3 endpoints: 2 are well, 1 is not`.
    private var summary: String {
        let count = findings.count
        let wellCount = findings.count(where: \.isWell)
        let all = "\(count) endpoint\(count == 1 ? "" : "s"): "
        let well =
            wellCount == 0 ? "none is well" : "\(wellCount) \(wellCount == 1 ? "is" : "are") well"
        let rest = count - wellCount
        return all + well
            + (rest == 0 || wellCount == 0 ? "" : ", \(rest) \(rest == 1 ? "is" : "are") not")
    }

    private static func rows(_ finding: LiveFinding) -> [(String, String)] {
        let answer = finding.answer
        var rows: [(String, String)] = []
        if let address = answer.address {
            let time = answer.connectMicroseconds.map { ", connected in \(milliseconds($0)) ms" }
            rows.append(("address", address + (time ?? "")))
        }
        if let tls = answer.tls {
            let words = tls.daysLeft < 0 ? "has expired" : "expires in \(tls.daysLeft) days"
            rows.append(("tls", "\(tls.version), the certificate \(words)"))
        }
        if let status = answer.status {
            let time = answer.firstByteMicroseconds.map { ", first byte in \(milliseconds($0)) ms" }
            rows.append(("answer", "\(status)\(time ?? "")"))
        }
        if let list = finding.list { rows.append(("models", models(finding, list))) }
        return rows + finding.remarks.map { ($0.severity.rawValue, $0.message) }
    }

    private static func models(_ finding: LiveFinding, _ list: ModelList) -> String {
        let count = list.names.count
        if finding.demandCount == 0 { return "\(count), none is configured" }
        if finding.missing.isEmpty {
            return "\(count), with all \(finding.demandCount) that are configured"
        }
        let names = finding.missing.map(\.name).joined(separator: ", ")
        return "\(count), without \(names)"
    }

    /// `0.412`.
    private static func milliseconds(_ microseconds: Int) -> String {
        let digits = String(microseconds % 1_000)
        return "\(microseconds / 1_000)." + String(repeating: "0", count: 3 - digits.count) + digits
    }
}

extension LiveReport {
    /// An object for each endpoint; what is not known is null.
    var json: JSONText { .array(findings.map(Self.object)) }

    private static func object(_ finding: LiveFinding) -> JSONText {
        let answer = finding.answer
        let remarks = finding.remarks.map { remark in
            JSONText.object([
                (name: "severity", value: .string(remark.severity.rawValue)),
                (name: "message", value: .string(remark.message)),
            ])
        }
        return .object([
            (name: "name", value: .string(finding.endpoint.name)),
            (name: "url", value: .string(finding.url)),
            (name: "ok", value: .boolean(finding.isWell)),
            (name: "address", value: answer.address.map(JSONText.string) ?? .null),
            (name: "connect_us", value: integer(answer.connectMicroseconds)),
            (name: "tls", value: answer.tls.map { .string($0.version) } ?? .null),
            (name: "certificate_days", value: integer(answer.tls?.daysLeft)),
            (name: "first_byte_us", value: integer(answer.firstByteMicroseconds)),
            (name: "status", value: integer(answer.status)),
            (name: "models", value: finding.list.map { strings($0.names) } ?? .null),
            (name: "missing", value: strings(finding.missing.map(\.name))),
            (name: "remarks", value: .array(remarks)),
        ])
    }

    private static func integer(_ value: Int?) -> JSONText {
        value.map(JSONText.integer) ?? .null
    }

    private static func strings(_ values: [String]) -> JSONText {
        .array(values.map(JSONText.string))
    }
}
