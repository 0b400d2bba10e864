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
            answerReadiness(index)
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

    /// Ready is who takes new requests and knows, as far as they could be asked, its models.
    private mutating func answerReadiness(_ index: Int) {
        if shared.isStopping {
            suffix.append("{\"status\":\"draining\"}\n")
        } else {
            suffix.append(
                isFirstRoundOver ? "{\"status\":\"ready\"}\n" : "{\"status\":\"discovering\"}\n")
        }
        let isReady = isFirstRoundOver && !shared.isStopping
        answerOwn(index, status: isReady ? 200 : 503, type: "application/json")
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
        let owners = clients[index].exchange.caller >= 0 ? gateway.clients : nil
        if isList {
            if let owners {
                owners.engine.writeModels(&self, index)
            } else if let directory {
                suffix.append(directory.list, 0..<directory.list.count)
            } else {
                suffix.append(gateway.models.list)
            }
            answerOwn(index, status: 200, type: "application/json")
            return
        }
        let path = requestHead.path.range
        let start = path.lowerBound + clients[index].exchange.prefixByteCount
        let name = start + "/v1/models/".utf8.count..<path.upperBound
        clients[index].noteModel(percentEncoded: name)
        let isVisible = owners?.engine.allowsModel(self, index) ?? true
        guard isVisible, let model = findModel(index), appendObject(of: model) else {
            refuse(index, unknownModel)
            return
        }
        answerOwn(index, status: 200, type: "application/json")
    }

    /// Writes the object of entry `model` to `suffix`; false: it is not listed.
    mutating func appendObject(of model: Int) -> Bool {
        if let directory {
            let object = directory.objects[model]
            suffix.append(directory.list, object)
            return !object.isEmpty
        }
        let ranges = gateway.models.objectRanges
        if 2 * model + 1 >= ranges.count { return false }
        suffix.append(gateway.models.list, Int(ranges[2 * model])..<Int(ranges[2 * model + 1]))
        return true
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
