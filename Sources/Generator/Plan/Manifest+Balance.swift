/// How requests are spread over endpoints.
extension Manifest {
    static func balance(_ balance: Balance) -> JSON {
        var members: [(String, JSON)] = [("by", .string(balance.rule.rawValue))]
        if balance.rule == .sticky {
            members.append(("header", balance.header.map(JSON.string) ?? .null))
        }
        return .object(members)
    }
}
