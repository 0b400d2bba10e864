/// What `/internal/status` says of how busy an endpoint is, where that is counted.
extension Worker {
    /// Writes `,"in_flight":…` to `suffix`.
    mutating func writeLoad(_ endpoint: Int) {
        if !endpoints[endpoint].countsRequests { return }
        suffix.append(",\"in_flight\":")
        suffix.append(decimal: loads.inFlight(endpoint))
    }
}
