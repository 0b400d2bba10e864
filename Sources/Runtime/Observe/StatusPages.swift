/// `/internal/status` and `/internal/metrics`: what all workers have counted.
extension Worker {
    /// Writes the status as a JSON object to `suffix`.
    mutating func writeStatus() {
        suffix.append("{\"status\":\"")
        suffix.append(shared.isStopping ? "draining" : "running")
        suffix.append("\",\"version\":\"")
        suffix.append(gateway.manifest.version)
        suffix.append("\",\"manifest\":\"")
        suffix.append(gateway.manifest.digest)
        suffix.append("\",\"started_at\":\"")
        suffix.append(time: shared.startedAtUnixMilliseconds)
        suffix.append("\",\"workers\":")
        suffix.append(decimal: shared.counters.count)
        suffix.append(",\"connections\":")
        suffix.append(decimal: shared.openConnectionCount)
        suffix.append(",\"requests\":")
        suffix.append(decimal: shared.counters.reduce(0) { $0 + $1.requests.count })
        suffix.append(",\"in_flight\":")
        suffix.append(decimal: inFlightCount)
        suffix.append(",\"secret_reloads\":{\"ok\":")
        suffix.append(decimal: shared.reloadCount.load(ordering: .relaxed))
        suffix.append(",\"failed\":")
        suffix.append(decimal: shared.failedReloadCount.load(ordering: .relaxed))
        suffix.append("},\"retries\":{\"sent\":")
        suffix.append(decimal: shared.counters.reduce(0) { $0 + $1.retries.count })
        suffix.append(",\"over_budget\":")
        suffix.append(decimal: shared.counters.reduce(0) { $0 + $1.retriesOverBudget.count })
        suffix.append("},\"outcomes\":{")
        for outcome in Exchange.Outcome.allCases {
            if outcome.rawValue > 0 { suffix.append(",") }
            suffix.append(jsonStringOrNull: outcome.text)
            suffix.append(":")
            suffix.append(decimal: shared.counters.reduce(0) { $0 + $1.count(of: outcome) })
        }
        suffix.append("},\"endpoints\":[")
        for endpoint in 0..<endpoints.count {
            if endpoint > 0 { suffix.append(",") }
            suffix.append("{\"name\":")
            suffix.append(jsonStringOrNull: endpoints[endpoint].name)
            suffix.append(",\"priority\":")
            suffix.append(decimal: endpoints[endpoint].priority)
            writeStanding(endpoint)
            writeLoad(endpoint)
            suffix.append("}")
        }
        suffix.append("]}\n")
    }

    private var inFlightCount: Int {
        shared.counters.reduce(0) { sum, counters in
            let ended = Exchange.Outcome.allCases.reduce(0) { $0 + counters.count(of: $1) }
            return sum + counters.requests.count - ended
        }
    }

    /// Writes the metrics in Prometheus's text format to `suffix`.
    mutating func writeMetrics() {
        writeBuildMetric()
        writeMetric(
            "ingot_connections_total", "counter", "Client connections taken.",
            shared.counters.reduce(0) { $0 + $1.connections.count })
        writeMetric(
            "ingot_connections_open", "gauge", "Client connections that are open.",
            shared.openConnectionCount)
        writeMetric(
            "ingot_requests_in_flight", "gauge", "Requests that are under way.", inFlightCount)
        writeMetric(
            "ingot_log_dropped_total", "counter", "Log writes that were dropped.",
            shared.logSink.droppedCount.load(ordering: .relaxed))
        writeMetric(
            "ingot_retries_total", "counter", "Requests that were sent once more.",
            shared.counters.reduce(0) { $0 + $1.retries.count })
        writeMetric(
            "ingot_retries_over_budget_total", "counter",
            "Requests that were not sent again because the budget was spent.",
            shared.counters.reduce(0) { $0 + $1.retriesOverBudget.count })
        writeReloadMetric()
        writeHead("ingot_requests_total", "counter", "Requests by how they ended.")
        for outcome in Exchange.Outcome.allCases {
            suffix.append("ingot_requests_total{outcome=\"")
            suffix.append(outcome.text)
            suffix.append("\"} ")
            suffix.append(decimal: shared.counters.reduce(0) { $0 + $1.count(of: outcome) })
            suffix.append("\n")
        }
        writeHead("ingot_responses_total", "counter", "Responses by the class of their status.")
        for statusClass in 2...5 {
            suffix.append("ingot_responses_total{status_class=\"")
            suffix.append(decimal: statusClass)
            suffix.append("xx\"} ")
            suffix.append(
                decimal: shared.counters.reduce(0) { $0 + $1.count(ofStatusClass: statusClass) })
            suffix.append("\n")
        }
        gateway.clients?.engine.writeMetrics(&self)
    }

    mutating func writeMetric(
        _ name: StaticString, _ kind: StaticString, _ help: StaticString, _ value: Int
    ) {
        writeHead(name, kind, help)
        suffix.append(name)
        suffix.append(" ")
        suffix.append(decimal: value)
        suffix.append("\n")
    }

    mutating func writeHead(_ name: StaticString, _ kind: StaticString, _ help: StaticString) {
        suffix.append("# HELP ")
        suffix.append(name)
        suffix.append(" ")
        suffix.append(help)
        suffix.append("\n# TYPE ")
        suffix.append(name)
        suffix.append(" ")
        suffix.append(kind)
        suffix.append("\n")
    }

    private mutating func writeBuildMetric() {
        writeHead("ingot_build_info", "gauge", "What this binary was cast from.")
        suffix.append("ingot_build_info{version=\"")
        suffix.append(gateway.manifest.version)
        suffix.append("\",manifest=\"")
        suffix.append(gateway.manifest.digest)
        suffix.append("\"} 1\n")
    }

    private mutating func writeReloadMetric() {
        writeHead("ingot_secret_reloads_total", "counter", "Readings of secret files on SIGHUP.")
        suffix.append("ingot_secret_reloads_total{result=\"ok\"} ")
        suffix.append(decimal: shared.reloadCount.load(ordering: .relaxed))
        suffix.append("\ningot_secret_reloads_total{result=\"failed\"} ")
        suffix.append(decimal: shared.failedReloadCount.load(ordering: .relaxed))
        suffix.append("\n")
    }
}
