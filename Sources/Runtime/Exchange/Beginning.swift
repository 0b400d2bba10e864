/// From a whole head to the place that answers it.
extension Worker {
    /// Begins an exchange whose head, `headByteCount` bytes of the input, is in `requestHead`;
    /// 0 bytes: the head could not be read.
    mutating func beginExchange(_ index: Int, headByteCount: Int = 0) {
        serial += 1
        requestHeadSerial = serial
        counters.requests.add(1)
        clients[index].exchange.begin(serial: serial, now: now)
        noteRequestID(index, isHeadRead: headByteCount > 0)
        if headByteCount == 0 { return }
        clients[index].exchange.takeHead(requestHead, byteCount: headByteCount)
        if drainStartedAt != 0 { clients[index].exchange.keepsAlive = false }
        route(index)
    }

    /// The client's `X-Request-ID` where the parser has let it pass, else a new one.
    private mutating func noteRequestID(_ index: Int, isHeadRead: Bool) {
        let range = isHeadRead ? requestHead.requestID.range : 0..<0
        if range.isEmpty {
            clients[index].exchange.noteRequestID(random.next(), random.next())
        } else {
            clients[index].noteRequestID(range)
        }
    }

    private mutating func route(_ index: Int) {
        let path = requestHead.path.range
        var prefixByteCount = 0
        for prefix in gateway.prefixes {
            let count = prefix.utf8CodeUnitCount
            if path.count > count && clients[index].input[path.lowerBound + count] == 0x2f
                && clients[index].input.starts(path, with: prefix)
            {
                prefixByteCount = count
                break
            }
        }
        if prefixByteCount == 0 || clients[index].isAdmin {
            answerOwnRoute(index)
            return
        }
        let rest = path.lowerBound + prefixByteCount..<path.upperBound
        let found = clients[index].input.index(rest, in: gateway.route)
        clients[index].exchange.route = found ?? -1
        clients[index].exchange.prefixByteCount = prefixByteCount
        if checksEntry && !mayEnter(index, rest) { return }
        guard let found else {
            refuse(index, .unknownPath)
            return
        }
        answer(index, by: gateway.routes[found].action)
    }

    private mutating func answer(_ index: Int, by action: Route.Action) {
        let method = clients[index].exchange.method
        switch action {
        case .listModels, .showModel:
            guard method == .get || method == .head else {
                refuse(index, .methodNotAllowed("GET, HEAD"))
                return
            }
            answerModels(index, isList: action == .listModels)
        case .forwardJSON, .forwardForm:
            guard method == .post else {
                refuse(index, .methodNotAllowed("POST"))
                return
            }
            expectBody(index, action)
        case .forwardAny:
            guard method != .other else {
                refuse(index, .methodNotAllowed("GET, HEAD, POST, PUT, PATCH, DELETE"))
                return
            }
            expectBody(index, action)
        }
    }

    /// Prepares for the body and the search for its model.
    private mutating func expectBody(_ index: Int, _ action: Route.Action) {
        var isForm = action == .forwardForm
        if action != .forwardJSON {
            let type = requestHead.contentType.range
            let scan = MultipartScanner(contentTypeIn: clients[index].input, type)
            if action == .forwardAny { isForm = scan != nil }
            clients[index].exchange.formScan = scan
        }
        if isForm && clients[index].exchange.formScan == nil {
            refuse(index, .notForm)
            return
        }
        let limit = gateway.limits.bodyByteLimit
        switch clients[index].exchange.framing {
        case .none where action != .forwardAny:
            refuse(index, .lengthRequired)
            return
        case .length(let length) where limit > 0 && length > limit:
            refuse(index, .bodyTooLarge, closing: true)
            return
        default: break
        }
        collectOrUpload(index)
        answerExpectation(index)
    }

    private mutating func collectOrUpload(_ index: Int) {
        if case .length(let length) = clients[index].exchange.framing,
            length > gateway.limits.repeatableByteLimit
        {
            clients[index].phase = .upload
        } else {
            clients[index].phase = .body
        }
        armClient(index, milliseconds: gateway.timeouts.clientBodyMilliseconds)
    }

    /// Tells a client that waits for it that its body is welcome, unless the body has come already.
    private mutating func answerExpectation(_ index: Int) {
        guard requestHead.expectsContinue, clients[index].exchange.minorVersion == 1,
            clients[index].input.count == clients[index].exchange.headByteCount
        else { return }
        out.append("HTTP/1.1 100 Continue\r\n\r\n")
        _ = deliver(index, 0..<0)
    }
}

extension Exchange {
    /// Clears everything that an earlier exchange has left, but keeps its memory.
    mutating func begin(serial: UInt64, now: UInt64) {
        var notes = ByteBuffer()
        swap(&notes, &self.notes)
        notes.removeAll()
        self = Exchange()
        swap(&notes, &self.notes)
        self.serial = serial
        startedAt = now
    }

    /// Makes a new id out of 96 of the bits.
    mutating func noteRequestID(_ first: UInt64, _ second: UInt64) {
        notes.append("req_")
        notes.append(hexadecimal8: UInt32(truncatingIfNeeded: first >> 32))
        notes.append(hexadecimal8: UInt32(truncatingIfNeeded: first))
        notes.append(hexadecimal8: UInt32(truncatingIfNeeded: second))
        requestIDByteCount = notes.count
    }

    mutating func takeHead(_ head: borrowing RequestHead, byteCount: Int) {
        headByteCount = byteCount
        method = head.method
        minorVersion = head.minorVersion
        keepsAlive = head.keepsAlive
        framing = head.framing
        isBodyComplete = head.framing == .none
    }
}
