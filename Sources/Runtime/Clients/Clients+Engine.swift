extension Clients {
    public init(_ clients: [Client]) {
        let gate = ClientGate(clients)
        self.init(
            engine: ClientsEngine(
                admit: { worker, index, path in worker.admitClient(index, path, by: gate) },
                allowsModel: { worker, index in worker.allowsModel(index, by: gate) },
                modelRefusal: .modelNotAllowed,
                writeModels: { worker, index in worker.writeModels(index, of: gate) },
                name: { gate.clients[$0].name },
                writeMetrics: { worker in worker.writeMetrics(of: gate) }))
    }
}

/// From a request's head to the client that it comes from.
extension Worker {
    /// Whether the request may go on; it is refused otherwise.
    fileprivate mutating func admitClient(
        _ index: Int, _ path: Range<Int>, by gate: ClientGate
    ) -> Bool {
        switch presentedKey(index, gate.keys) {
        case .client(let client):
            clients[index].exchange.caller = Int32(client)
            return admit(client, index, path, by: gate)
        case .missing:
            refuse(index, .missingKey)
        case .unknown:
            refuse(index, .unknownKey)
        case .several:
            refuse(index, .severalKeys)
        }
        gate.countStranger()
        return false
    }

    /// Whether a client that is known may call this path now.
    private mutating func admit(
        _ client: Int, _ index: Int, _ path: Range<Int>, by gate: ClientGate
    ) -> Bool {
        if !clients[index].input.isRoute(path, allowedTo: client, by: gate) {
            refuse(index, .routeNotAllowed)
            return false
        }
        let now = Clock.monotonicNanoseconds()
        let verdict = gate.take(client, now: now)
        if let rate = RateNotice(verdict, gate.paces[client], now: now) {
            refuse(index, .ownRateLimited(rate))
            return false
        }
        gate.countAdmitted(client)
        return true
    }

    /// Whose key it is that the request shows. Keys that are nobody's count for nothing beside one
    /// that is somebody's; those of two clients leave open which of them is meant.
    private func presentedKey(_ index: Int, _ keys: KeyTable) -> PresentedKey {
        var result = PresentedKey.missing
        var triedCount = 0
        for number in 0..<requestHead.fields.count {
            let field = requestHead.fields[number]
            guard let key = clients[index].input.keyRange(in: field) else { continue }
            triedCount += 1
            if triedCount > Worker.keyLimit { return .several }
            guard let owner = keys.owner(of: clients[index].input.digest(key)) else {
                if result == .missing { result = .unknown }
                continue
            }
            if case .client(let other) = result, other != owner { return .several }
            result = .client(owner)
        }
        return result
    }

    /// Fields with keys in one request at most.
    private static var keyLimit: Int { 8 }

    fileprivate borrowing func allowsModel(_ index: Int, by gate: ClientGate) -> Bool {
        let client = Int(clients[index].exchange.caller)
        let name = clients[index].exchange.modelName
        // Whoever may name some models has to name one.
        if name.isEmpty { return gate.clients[client].models.isEmpty }
        return clients[index].exchange.notes.isModel(name, allowedTo: client, by: gate)
    }
}

/// What a request shows to say whom it comes from.
private enum PresentedKey: Equatable {
    case client(Int)
    case missing
    case unknown
    case several
}

extension ByteBuffer {
    /// Where the key stands that a field holds; nil where it holds none.
    fileprivate func keyRange(in field: Field) -> Range<Int>? {
        switch field.id {
        case .xAPIKey, .apiKey:
            return field.value.isEmpty ? nil : field.value.range
        case .authorization:
            let value = field.value.range
            let scheme = value.prefix { bytes[$0] != 0x20 && bytes[$0] != 0x09 }
            let rest = value[scheme.endIndex...].drop { bytes[$0] == 0x20 || bytes[$0] == 0x09 }
            let name = ByteRange(scheme.startIndex, scheme.endIndex)
            return equals(bytes, name, "bearer") && !rest.isEmpty
                ? rest.startIndex..<rest.endIndex : nil
        default:
            return nil
        }
    }

    fileprivate func digest(_ range: Range<Int>) -> SIMD4<UInt64> {
        SHA256.digest(bytes.extracting(range))
    }

    fileprivate func isRoute(
        _ path: Range<Int>, allowedTo client: Int, by gate: ClientGate
    ) -> Bool {
        gate.allows(client, route: bytes.extracting(path))
    }

    func isModel(_ name: Range<Int>, allowedTo client: Int, by gate: ClientGate) -> Bool {
        gate.allows(client, model: bytes.extracting(name))
    }
}
