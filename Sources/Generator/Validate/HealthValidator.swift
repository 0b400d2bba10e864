/// Makes the health keys of their sections.
struct HealthValidator {
    let findings: Findings

    /// An endpoint's check: its own, over that of all; nil: it is not checked.
    ///
    /// - Parameter common: the gateway's `health_check`; nil: it has none.
    func check(_ endpoint: Section, type: EndpointType, common: Setting?) -> HealthCheck? {
        let own = endpoint["health_check"]
        if case .text? = own?.value { return nil }
        guard own != nil || common != nil else { return nil }
        let bare = Section(location: endpoint.location, keys: Schema.healthCheck)
        let defaults = common?.section ?? bare
        let section = own?.section ?? bare
        let holder = { (name: String) in section[name] == nil ? defaults : section }
        return HealthCheck(
            path: path(holder("path")["path"]) ?? type.healthPath,
            intervalMilliseconds: holder("interval").integer("interval"),
            timeoutMilliseconds: holder("timeout").integer("timeout"),
            healthyAfter: holder("healthy_after").integer("healthy_after"),
            unhealthyAfter: holder("unhealthy_after").integer("unhealthy_after"),
            expected: statuses(holder("expect").list("expect")))
    }

    func health(_ root: Section, endpoints: [PlacedEndpoint]) -> Health {
        let health = Health(
            outlierDetection: root["outlier_detection"].flatMap(outlierDetection),
            breaker: root["breaker"].flatMap(breaker),
            slowStartMilliseconds: root.integer("slow_start"),
            panic: Panic(rawValue: root.text("panic")) ?? .none)
        let isChecking = endpoints.contains { $0.endpoint.healthCheck != nil }
        if let setting = root["health_check"], !isChecking {
            findings.report(
                .unusedHealthKey, at: setting.key.location, setting.key.spelling,
                "every endpoint has `health_check: off`", help: "remove it")
        }
        for name in ["slow_start", "panic"] where !isChecking && !health.isJudging {
            guard let setting = root[name] else { continue }
            findings.report(
                .unusedHealthKey, at: setting.key.location, name,
                "nothing takes an endpoint out",
                help: "add `health_check`, `outlier_detection` or `breaker`")
        }
        if let detection = health.outlierDetection, let setting = root["outlier_detection"] {
            checkReach(detection, setting, endpoints.map(\.endpoint))
        }
        return health
    }

    private func path(_ setting: Setting?) -> String? {
        guard let setting, let text = setting.text else { return nil }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first.map(String.init) ?? ""
        var words: String?
        if !path.hasPrefix("/") {
            words = "it does not begin with `/`"
        } else if let mistake = PathCheck.mistake(in: path) {
            words = mistake
        } else if parts.count > 1, !parts[1].utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            words = "its query holds a character that no query may hold"
        } else if text.contains("#") {
            words = "it holds a fragment"
        }
        if let words {
            findings.report(.badCheckPath, at: setting.location, text, words)
        } else if HealthValidator.workingRoutes.contains(where: { path.hasSuffix($0) }) {
            findings.report(.checkSpendsTokens, at: setting.location, text)
        } else if path.hasSuffix("/health_generate") {
            findings.report(.checkMayCost, at: setting.location, text)
        }
        return text
    }

    /// Routes that have a model work, and answer GET with 405.
    private static let workingRoutes = [
        "/chat/completions", "/completions", "/embeddings", "/images/generations",
        "/audio/transcriptions", "/audio/translations", "/moderations", "/responses", "/rerank",
        "/messages", "/api/generate", "/api/chat",
    ]

    private func statuses(_ settings: [Setting]) -> [UInt16] {
        var places: [Int: SourceLocation] = [:]
        for setting in settings {
            guard case .integer(let status) = setting.value else { continue }
            if let first = places[status], first != setting.location {
                findings.report(
                    .repeatedValue, at: setting.location, String(status),
                    notes: [.init(message: "first written here", location: first)])
            }
            places[status] = setting.location
        }
        return places.keys.sorted().map { UInt16(clamping: $0) }
    }

    private func outlierDetection(_ setting: Setting) -> OutlierDetection? {
        guard let section = setting.section else { return nil }
        let detection = OutlierDetection(
            consecutiveFailures: section.integer("consecutive_failures"),
            failurePercent: section.integer("failure_rate"),
            minimumRequests: section.integer("min_requests"),
            windowMilliseconds: section.integer("window"),
            ejectionMilliseconds: section.integer("eject_for"),
            maximumPercent: section.integer("max_ejected"))
        if detection.consecutiveFailures == 0 && detection.failurePercent == 0 {
            findings.report(
                .nothingCounts, at: setting.key.location, setting.key.spelling,
                "consecutive_failures")
        }
        return detection
    }

    private func breaker(_ setting: Setting) -> Breaker? {
        guard let section = setting.section else { return nil }
        let failures = section.integer("failures")
        let usual = failures > 0 ? 0 : 50
        let breaker = Breaker(
            failures: failures,
            failurePercent: section["failure_rate"] == nil
                ? usual : section.integer("failure_rate"),
            minimumRequests: section.integer("min_requests"),
            windowMilliseconds: section.integer("window"),
            openMilliseconds: section.integer("open_for"),
            trials: section.integer("probes"))
        if breaker.failures == 0 && breaker.failurePercent == 0 {
            findings.report(
                .nothingCounts, at: setting.key.location, setting.key.spelling, "failures")
        }
        return breaker
    }

    /// Warns where no model can have so many endpoints that one of them may be ejected.
    private func checkReach(
        _ detection: OutlierDetection, _ setting: Setting, _ endpoints: [Endpoint]
    ) {
        if endpoints.count * detection.maximumPercent >= 100 { return }
        findings.report(
            .unusedHealthKey, at: setting.key.location, setting.key.spelling,
            "\(detection.maximumPercent) % of \(endpoints.count) is less than one endpoint",
            help: "raise `max_ejected`; for single endpoints there is `breaker`")
    }
}

extension Setting {
    fileprivate var section: Section? {
        guard case .section(let section) = value else { return nil }
        return section
    }
}
