/// Makes `balance` of its section, and holds it and the weights against what the endpoints serve.
struct BalanceValidator {
    let findings: Findings

    func balance(_ root: Section) -> Balance {
        guard let setting = root["balance"] else { return Balance() }
        guard case .section(let section) = setting.value else {
            return Balance(rule: rule(setting.text))
        }
        let balance = Balance(rule: rule(section.text("by")), header: section["header"]?.text)
        guard let header = section["header"], let name = header.text else { return balance }
        if balance.rule != .sticky {
            findings.report(
                .headerWithoutSticky, at: header.key.location, balance.rule.rawValue)
        } else {
            _ = HeadersValidator.checkToken(name, at: header.location, findings)
        }
        return balance
    }

    private func rule(_ word: String?) -> BalanceRule {
        word.flatMap(BalanceRule.init) ?? .leastRequests
    }

    /// Warns of what changes nothing: a balance without equals, weights that nobody looks at.
    ///
    /// - Parameter weights: where endpoints have one, by their indexes.
    func checkUse(of gateway: Gateway, _ root: Section, weights: [Int: SourceLocation]) {
        if findings.hasErrors || root["balance"] == nil && weights.isEmpty { return }
        let equals = Equals(gateway, ModelPlan(gateway))
        if let setting = root["balance"], !equals.exist {
            findings.report(
                .balanceUnused, at: setting.key.location, setting.key.spelling)
        }
        for (endpoint, place) in weights.sorted(by: { $0.key < $1.key }) {
            if !equals.haveOne(endpoint) {
                findings.report(
                    .weightUnused, at: place, "no other endpoint of its priority serves its models")
            } else if !gateway.balance.rule.heedsWeights {
                findings.report(
                    .weightUnused, at: place, "`\(gateway.balance.rule.rawValue)` heeds no weights",
                    help: "write `balance: weighted`, or remove it")
            }
        }
        if gateway.balance.rule == .weighted, weights.isEmpty, equals.exist,
            let setting = root["balance"]
        {
            findings.report(.weightedWithoutWeights, at: setting.location)
        }
    }
}
