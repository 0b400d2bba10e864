/// What `/internal/status` says of an endpoint's standing.
extension Worker {
    /// Writes `,"standing":…,"since":…,"check":…,"reasons":[…]` to `suffix`; the check only where
    /// there was one, the reasons only where the endpoint is out.
    mutating func writeStanding(_ endpoint: Int) {
        judge?.returnWhoseTimeIsOver(endpoint, standings, now: nowMilliseconds)
        let (notes, changedAt) = standings.notes(of: endpoint)
        let isWarming =
            standings.standing(of: endpoint) == .warming
            && standings.warmth(of: endpoint, now: nowMilliseconds) != nil
        suffix.append(",\"standing\":\"")
        suffix.append(notes.isEmpty ? isWarming ? "warming" : "serving" : "out")
        suffix.append("\",\"since\":\"")
        suffix.append(
            time: changedAt == 0 ? shared.startedAtUnixMilliseconds : changedAt)
        suffix.append("\"")
        let check = standings.check(of: endpoint)
        if !check.isEmpty {
            suffix.append(",\"check\":\"")
            suffix.append(jsonEscaped: Array(check.utf8).span)
            suffix.append("\"")
        }
        if notes.isEmpty { return }
        suffix.append(",\"reasons\":[")
        for (number, note) in notes.enumerated() {
            if number > 0 { suffix.append(",") }
            let word = Standing.reasons.first { $0.reason == note.reason }?.word
            suffix.append("{\"reason\":")
            suffix.append(jsonStringOrNull: word)
            suffix.append(",\"since\":\"")
            suffix.append(time: note.sinceUnixMilliseconds)
            suffix.append("\",\"detail\":\"")
            suffix.append(jsonEscaped: Array(note.detail.utf8).span)
            suffix.append("\"}")
        }
        suffix.append("]")
    }
}
