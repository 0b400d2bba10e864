/// An event stream's head is held until its first event shows that the endpoint works: until then
/// another one can be asked. Only where one is left.
extension Worker {
    /// How long the head is held at most; comments that keep a client patient come to it then.
    private static var firstEventMilliseconds: UInt64 { 10_000 }
    /// What is held at most behind the head.
    private static var firstEventByteLimit: Int { 16_384 }

    /// Whether the answer in `responseHead` is a stream that another endpoint could replace.
    func isFirstEventAwaited(_ index: Int) -> Bool {
        gateway.retry.awaitsFirstEvent && responseHead.status == 200
            && !responseHead.hasContentCoding && mayRetry(index)
    }

    /// Holds the answer whose head, `head` of `scratch`, has come.
    mutating func awaitFirstEvent(_ upstream: Int, _ index: Int, head: Range<Int>) {
        upstreams[upstream].phase = .firstEvent
        upstreams[upstream].framing = responseHead.framing
        upstreams[upstream].errorHeadByteCount = head.count
        upstreams[upstream].firstEventDueAt = nowMilliseconds + Worker.firstEventMilliseconds
        scratch.consume(head.lowerBound)
        judgeFirstEvent(upstream, index)
    }

    /// More of a held stream has come, which is in `scratch` from its head on.
    mutating func takeFirstEvent(_ upstream: Int) {
        guard let index = rereadHead(upstream) else { return }
        judgeFirstEvent(upstream, index)
    }

    /// Looks at what there is of the stream; its head is in `responseHead`.
    private mutating func judgeFirstEvent(_ upstream: Int, _ index: Int) {
        let head = upstreams[upstream].errorHeadByteCount
        switch scratch.firstEvent(from: head, upstreams[upstream].framing) {
        case .searching:
            if scratch.count - head < Worker.firstEventByteLimit {
                keepTail(upstream, from: 0)
                armFirstEvent(upstream)
                return
            }
        case .event:
            break
        case .error:
            hearFailure(index, .errorEvent)
            if let next = nextForRetry(index) {
                clients[index].exchange.lastFailure = .errorEvent
                hold(upstream, index)
                goOn(index, to: next)
                return
            }
        case nil:
            if goOnFromEmpty(upstream, index) { return }
        }
        acceptAnswer(upstream, index, head: 0..<head)
    }

    /// The clock of a held stream: until it is let go, or until the endpoint has been silent for
    /// too long.
    private mutating func armFirstEvent(_ upstream: Int) {
        let due = upstreams[upstream].firstEventDueAt
        let left = Int(max(due, nowMilliseconds + 1) - nowMilliseconds)
        let idle = endpoints[upstreams[upstream].endpoint].timeouts.streamIdleMilliseconds
        armAnswer(upstream, milliseconds: idle == 0 ? left : min(left, idle))
    }

    /// The clock of a held stream has run out.
    mutating func firstEventExpired(_ upstream: Int) {
        if nowMilliseconds < upstreams[upstream].firstEventDueAt {
            upstreamFailed(upstream, .idleTimeout)
        } else {
            releaseFirstEvent(upstream)
        }
    }

    /// A held stream has ended with its connection, which is how it ends, and without any event.
    mutating func firstEventEnded(_ upstream: Int) {
        guard let id = upstreams.id(at: upstream), let index = rereadHead(upstream) else { return }
        if goOnFromEmpty(upstream, index) { return }
        acceptAnswer(upstream, index, head: 0..<upstreams[upstream].errorHeadByteCount)
        if upstreams.holds(id) { endUntilClose(upstream) }
    }

    /// A stream has ended without an event; true: another endpoint gets the request.
    private mutating func goOnFromEmpty(_ upstream: Int, _ index: Int) -> Bool {
        hearFailure(index, .emptyStream)
        guard let next = nextForRetry(index) else { return false }
        clients[index].exchange.lastFailure = .emptyStream
        closeUpstream(upstream)
        goOn(index, to: next)
        return true
    }

    /// Lets what is held go to the client as it is; no other endpoint can be asked from now on.
    private mutating func releaseFirstEvent(_ upstream: Int) {
        takeTail(upstream)
        guard let index = rereadHead(upstream) else { return }
        acceptAnswer(upstream, index, head: 0..<upstreams[upstream].errorHeadByteCount)
    }
}

extension ByteBuffer {
    /// What the event stream that begins at `offset` shows so far; nil: it is over, or its framing
    /// is broken, before any event.
    fileprivate func firstEvent(
        from offset: Int, _ framing: ResponseFraming
    ) -> FirstEventScanner.Verdict? {
        var scanner = FirstEventScanner()
        switch framing {
        case .none:
            return nil
        case .length(let length):
            scanner.scan(bytes.extracting(offset..<min(offset + length, count)))
            let isOver = count >= offset + length
            return scanner.verdict == .searching && isOver ? nil : scanner.verdict
        case .untilClose:
            scanner.scan(bytes.extracting(offset..<count))
            return scanner.verdict
        case .chunked:
            var decoder = ChunkDecoder(isStrict: false)
            var cursor = offset
            while scanner.verdict == .searching {
                switch decoder.next(bytes, from: cursor) {
                case .data(let range):
                    scanner.scan(bytes.extracting(range))
                    cursor = range.upperBound
                case .needMore: return .searching
                case .end, .fault: return nil
                }
            }
            return scanner.verdict
        }
    }
}
