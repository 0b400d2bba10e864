extension CrossOrigin {
    /// - Parameters:
    ///   - origins: as browsers write them, `https://app.example.com`; `https://*.example.com` is
    ///     every name below it; `*` alone is every origin.
    ///   - methods: what a preflight may ask for.
    ///   - headers: fields that a preflight may ask for; empty: those that it asks for.
    ///   - exposed: fields of answers that pages may read.
    ///   - sendsCredentials: whether browsers may send cookies and the like.
    ///   - maxAgeSeconds: how long a browser keeps the answer to a preflight.
    public init(
        origins: [StaticString], methods: [StaticString], headers: [StaticString],
        exposed: [StaticString], sendsCredentials: Bool, maxAgeSeconds: Int
    ) {
        let policy = OriginPolicy(
            origins: origins, methods: methods, headers: headers, exposed: exposed,
            sendsCredentials: sendsCredentials, maxAgeSeconds: maxAgeSeconds)
        self.init(
            engine: CrossOriginEngine(
                enter: { worker, index in worker.enter(index, from: policy) },
                writeFields: { worker, index in worker.writeOriginFields(index, by: policy) }))
    }
}

/// From a request's origin to what its answer says of it.
extension Worker {
    /// Notes who may read the answer; true: it was a preflight and is answered.
    fileprivate mutating func enter(_ index: Int, from policy: OriginPolicy) -> Bool {
        let origin = firstField("origin", index)
        let isKnown = origin.map { clients[index].input.isOrigin($0, allowedBy: policy) } ?? false
        if policy.isForAnyone {
            clients[index].exchange.origin = .anyone
        } else if let origin, isKnown {
            clients[index].noteOrigin(origin)
            clients[index].exchange.origin = .known
        } else {
            clients[index].exchange.origin = .stranger
        }
        guard clients[index].exchange.method == .options, origin != nil,
            let method = firstField("access-control-request-method", index)
        else { return false }
        answerPreflight(index, method, isKnown: isKnown, by: policy)
        return true
    }

    private mutating func answerPreflight(
        _ index: Int, _ method: Range<Int>, isKnown: Bool, by policy: OriginPolicy
    ) {
        guard isKnown else {
            refuse(index, .originNotAllowed)
            return
        }
        guard clients[index].input.isMethod(method, allowedBy: policy) else {
            refuse(index, .crossOriginMethodNotAllowed)
            return
        }
        clients[index].exchange.origin = policy.isForAnyone ? .preflightOfAnyone : .preflightOfKnown
        suffix.removeAll()
        answerOwn(index, status: 200, type: "text/plain")
    }

    /// The value of the first field of the request with this name, in lower case.
    private func firstField(_ name: StaticString, _ index: Int) -> Range<Int>? {
        for number in 0..<requestHead.fields.count {
            let field = requestHead.fields[number]
            if field.id == .other && clients[index].input.isNamed(field, name) {
                return field.value.range
            }
        }
        return nil
    }

    fileprivate mutating func writeOriginFields(_ index: Int, by policy: OriginPolicy) {
        switch clients[index].exchange.origin {
        case .unasked:
            return
        case .stranger:
            out.append("Vary: Origin\r\n")
            return
        case .anyone, .preflightOfAnyone:
            out.append("Access-Control-Allow-Origin: *\r\n")
        case .known, .preflightOfKnown:
            out.append("Access-Control-Allow-Origin: ")
            out.append(clients[index].exchange.notes, clients[index].exchange.originName)
            out.append("\r\nVary: Origin\r\n")
            if policy.sendsCredentials { out.append("Access-Control-Allow-Credentials: true\r\n") }
        }
        switch clients[index].exchange.origin {
        case .preflightOfAnyone, .preflightOfKnown: writePreflightFields(index, by: policy)
        default: out.append(policy.answerLines, 0..<policy.answerLines.count)
        }
    }

    private mutating func writePreflightFields(_ index: Int, by policy: OriginPolicy) {
        out.append(policy.preflightLines, 0..<policy.preflightLines.count)
        guard policy.allowsEveryHeader,
            let asked = firstField("access-control-request-headers", index)
        else { return }
        out.append("Access-Control-Allow-Headers: ")
        out.append(clients[index].input, asked)
        out.append("\r\nVary: Access-Control-Request-Headers\r\n")
    }
}

extension Refusal {
    fileprivate static var originNotAllowed: Refusal {
        invalid(
            403, "origin_not_allowed", "Pages of this origin may not call this gateway.")
    }
    fileprivate static var crossOriginMethodNotAllowed: Refusal {
        invalid(
            403, "method_not_allowed", "Pages of other origins may not use this method.")
    }
}

extension ClientConnection {
    /// Notes the page's origin, the `range` of the input; no model is noted yet.
    fileprivate mutating func noteOrigin(_ range: Range<Int>) {
        exchange.notes.append(input, range)
        exchange.originByteCount = UInt16(range.count)
    }
}

extension ByteBuffer {
    fileprivate func isOrigin(_ range: Range<Int>, allowedBy policy: OriginPolicy) -> Bool {
        policy.allows(origin: bytes.extracting(range))
    }

    fileprivate func isMethod(_ range: Range<Int>, allowedBy policy: OriginPolicy) -> Bool {
        policy.allows(method: bytes.extracting(range))
    }

    /// Whether the field has this name, which is in lower case.
    fileprivate func isNamed(_ field: Field, _ name: StaticString) -> Bool {
        equals(bytes, field.name, name)
    }
}
