/// What an endpoint has turned out to be.
struct LiveFinding {
    let endpoint: Endpoint
    /// As it is shown.
    let url: String
    let answer: ModelAnswer
    /// Nil where it gave none.
    private(set) var list: ModelList?
    /// In the order in which they came up.
    private(set) var remarks: [Remark] = []
    /// How many names the YAML asks of it.
    let demandCount: Int
    /// Those that it does not have; empty where it gave no list.
    private(set) var missing: [ModelDemand] = []

    /// Something about the endpoint that is not as it should be.
    struct Remark: Equatable {
        var severity: Diagnostic.Severity
        var message: String
    }

    /// Certificates that expire sooner are warned of.
    private static let warnedDays = 14

    /// - Parameter secrets: hides them in whatever comes from outside.
    init(
        _ endpoint: Endpoint, _ answer: ModelAnswer, demands: [ModelDemand], _ secrets: Secrets
    ) {
        self.endpoint = endpoint
        self.answer = answer
        url = ModelQuestion.shownURL(of: endpoint)
        demandCount = demands.count
        if let failure = answer.failure {
            remark(.error, secrets.redacted(failure.words).shortened)
        } else if let status = answer.status {
            read(status, secrets)
        }
        if let tls = answer.tls, tls.daysLeft < Self.warnedDays {
            let words = tls.daysLeft < 0 ? "has expired" : "expires in \(tls.daysLeft) days"
            remark(.warning, "the certificate \(words)")
        }
        if let list { missing = Self.missing(demands, endpoint, list) }
    }

    /// Whether all is well but for warnings.
    var isWell: Bool { missing.isEmpty && !remarks.contains { $0.severity == .error } }

    private mutating func remark(_ severity: Diagnostic.Severity, _ message: String) {
        remarks.append(Remark(severity: severity, message: message))
    }

    private mutating func read(_ status: Int, _ secrets: Secrets) {
        guard (200..<300).contains(status) else {
            refuse(status)
            return
        }
        do throws(ModelList.Mistake) {
            list = ModelList(names: try ModelList(json: answer.body).names.map(secrets.redacted))
        } catch {
            remark(.error, error.words)
        }
    }

    private mutating func refuse(_ status: Int) {
        let credentials = endpoint.headers.filter(\.isCredential).map { header in
            let sources = header.value.flatMap(\.secrets)
            let origin = sources.isEmpty ? "" : ", made of \(sources.joined(separator: " and "))"
            return "`\(header.name)`\(origin)"
        }
        let shown = credentials.joined(separator: " and ")
        switch status {
        case 401, 403:
            if credentials.isEmpty {
                remark(
                    .warning,
                    "it wants credentials and the YAML has none, so clients must send their own")
            } else if status == 401 {
                remark(.error, "it does not accept the credential: \(shown)")
            } else {
                remark(.error, "it forbids the model list to this credential: \(shown)")
            }
        case 300..<400: remark(.error, "it redirects, which a gateway does not follow")
        case 404, 405: remark(.error, "it has no model list there; is the path of the url right?")
        case 407: remark(.error, "the proxy wants credentials")
        case 429: remark(.error, "it refuses for now: too many requests")
        case 500...: remark(.error, "it fails")
        default: remark(.error, "it refuses")
        }
    }

    private static func missing(
        _ demands: [ModelDemand], _ endpoint: Endpoint, _ list: ModelList
    ) -> [ModelDemand] {
        let names = Set(list.names)
        return demands.filter { demand in
            guard demand.isPattern else { return !endpoint.takes(demand.name, having: names) }
            return !list.names.contains { $0.utf8.starts(with: demand.name.utf8.dropLast()) }
        }
    }
}

extension LiveFinding {
    /// Reports each missing model where the YAML names it.
    func report(to findings: Findings) {
        for demand in missing {
            let near = Nearest.advice(for: demand.name, among: list?.names ?? [])?.shortened
            if demand.isPattern {
                findings.report(
                    .patternWithoutModel, at: demand.location, endpoint.name, demand.name)
            } else {
                findings.report(
                    .modelNotThere, at: demand.location, endpoint.name, demand.name, help: near)
            }
        }
    }
}
