/// What the gateway says of itself, and of the models that it serves.
extension Worker {
    /// Answers a path outside the prefixes.
    mutating func answerOwnRoute(_ index: Int) {
        let path = requestHead.path.range
        guard let route = OwnRoute(pathIn: clients[index].input, path),
            route.isHealth || mayAsk(index)
        else {
            refuse(index, .unknownPath)
            return
        }
        let method = clients[index].exchange.method
        guard method == .get || method == .head else {
            refuse(index, .methodNotAllowed("GET, HEAD"))
            return
        }
        suffix.removeAll()
        switch route {
        case .alive:
            suffix.append("{\"status\":\"alive\"}\n")
        case .health:
            suffix.append("{\"status\":\"healthy\"}\n")
        case .ready:
            let isReady = !shared.isStopping
            suffix.append(isReady ? "{\"status\":\"ready\"}\n" : "{\"status\":\"draining\"}\n")
            answerOwn(index, status: isReady ? 200 : 503, type: "application/json")
            return
        case .manifest:
            suffix.append(gateway.manifest.json)
        case .version:
            writeVersion()
        case .status:
            writeStatus()
        case .metrics:
            writeMetrics()
            answerOwn(index, status: 200, type: "text/plain; version=0.0.4; charset=utf-8")
            return
        }
        answerOwn(index, status: 200, type: "application/json")
    }

    /// Whether the peer may ask more than health: whoever comes to the own routes' port or, where
    /// there is none, loopback; whom `admin.allow` names, where it is set.
    private func mayAsk(_ index: Int) -> Bool {
        let networks = gateway.server.adminNetworks
        let peer = clients[index].peer
        if gateway.server.adminListener != nil {
            let isAllowed = networks.isEmpty || networks.contains { peer.isInside($0) }
            return clients[index].isAdmin && isAllowed
        }
        return networks.isEmpty ? peer.isLoopback : networks.contains { peer.isInside($0) }
    }

    /// Answers `GET …/v1/models` or `GET …/v1/models/{id}`.
    mutating func answerModels(_ index: Int, isList: Bool) {
        suffix.removeAll()
        if isList {
            suffix.append(gateway.models.list)
            answerOwn(index, status: 200, type: "application/json")
            return
        }
        let path = requestHead.path.range
        let start = path.lowerBound + clients[index].exchange.prefixByteCount
        let name = start + "/v1/models/".utf8.count..<path.upperBound
        clients[index].noteModel(percentEncoded: name)
        guard let model = findModel(index),
            2 * model + 1 < gateway.models.objectRanges.count
        else {
            refuse(index, .unknownModel)
            return
        }
        let start32 = Int(gateway.models.objectRanges[2 * model])
        let end32 = Int(gateway.models.objectRanges[2 * model + 1])
        suffix.append(gateway.models.list, start32..<end32)
        answerOwn(index, status: 200, type: "application/json")
    }

    private mutating func writeVersion() {
        suffix.append("{\"name\":\"ingot\",\"version\":\"")
        suffix.append(gateway.manifest.version)
        suffix.append("\",\"manifest\":\"")
        suffix.append(gateway.manifest.digest)
        suffix.append("\"}\n")
    }
}

/// The gateway's own routes.
enum OwnRoute {
    case alive, ready, health, status, metrics, manifest, version

    init?(path: borrowing Span<UInt8>) {
        switch path {
        case "/healthz": self = .alive
        case "/readyz": self = .ready
        case "/internal/health": self = .health
        case "/internal/status": self = .status
        case "/internal/metrics": self = .metrics
        case "/internal/manifest": self = .manifest
        case "/version": self = .version
        default: return nil
        }
    }

    /// Whether anybody may ask it.
    var isHealth: Bool {
        switch self {
        case .alive, .ready, .health: true
        case .status, .metrics, .manifest, .version: false
        }
    }
}
