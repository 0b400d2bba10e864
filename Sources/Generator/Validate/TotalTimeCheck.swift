/// Warns of a total time: every gateway has routes that stream.
enum TotalTimeCheck {
    /// - Parameter timeouts: the gateway's or an endpoint's.
    static func check(_ timeouts: Section, _ findings: Findings) {
        guard let setting = timeouts["total"], timeouts.integer("total") > 0 else { return }
        findings.report(
            .totalCutsStreams, at: setting.location, Units.duration(timeouts.integer("total")))
    }
}
