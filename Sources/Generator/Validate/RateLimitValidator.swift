/// Makes rate limits of their sections.
struct RateLimitValidator {
    let findings: Findings

    func limits(_ section: Section) -> RateLimits {
        RateLimits(
            global: limit(section["global"], inheriting: nil),
            perClient: limit(section["per_client"], inheriting: nil))
    }

    /// What holds for endpoints without a limit of their own; nil: none.
    func endpointDefault(_ section: Section) -> RateLimit? {
        limit(section["per_endpoint"], inheriting: .ofEndpoints)
    }

    /// The limit that is set, else `inherited`; nil: none.
    func limit(_ setting: Setting?, inheriting inherited: RateLimit?) -> RateLimit? {
        guard let setting else { return inherited }
        guard case .section(let section) = setting.value else { return nil }
        let isMissing = setting.node.entry(of: "requests_per_minute") == nil
        if isMissing && inherited == nil {
            // Where the schema requires it, it has been missed already.
            if !section.keys.contains(where: { $0.presence == .required }) {
                findings.report(
                    .missingKey, at: section.location, "requests_per_minute",
                    help: "add `requests_per_minute: 200`: there is no limit to take it from")
            }
            return nil
        }
        let count = number(section, "requests_per_minute") ?? inherited?.requestsPerMinute ?? 0
        if count == 0 { return nil }
        let usual = isMissing ? inherited?.burst : nil
        let burst = number(section, "burst") ?? usual ?? RateLimit.usualBurst(of: count)
        let limit = RateLimit(requestsPerMinute: count, burst: burst)
        check(limit, section)
        return limit
    }

    private func number(_ section: Section, _ name: String) -> Int? {
        guard case .integer(let value)? = section[name]?.value else { return nil }
        return value
    }

    private func check(_ limit: RateLimit, _ section: Section) {
        guard let place = section["burst"]?.location else { return }
        if limit.burst > limit.requestsPerMinute {
            findings.report(
                .limitConflict, at: place, "requests_per_minute", "\(limit.requestsPerMinute)",
                "burst", "\(limit.burst)", help: "raise `requests_per_minute` or lower `burst`")
        } else if limit.burst > 1 && 2 * limit.burst > limit.requestsPerMinute {
            findings.report(
                .largeBurst, at: place, "\(limit.burst)", "\(limit.steadyPerMinute)",
                help: "lower `burst`, or raise `requests_per_minute` to what a minute may hold")
        }
    }
}
