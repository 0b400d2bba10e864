/// One request and its answer on their way through the gateway.
struct Exchange: ~Copyable {
    /// How an exchange came to its end; the word in logs and metrics.
    enum Outcome: Int, CaseIterable {
        case complete
        /// The gateway answered by itself, as it does for its own routes and for faulty requests.
        case own
        case clientGone
        case upstreamCut
        case idleTimeout
        case totalTimeout
        case drain
        /// A rate limit let it go no further.
        case limited

        var text: StaticString {
            switch self {
            case .complete: "complete"
            case .own: "own"
            case .clientGone: "client_gone"
            case .upstreamCut: "upstream_cut"
            case .idleTimeout: "idle_timeout"
            case .totalTimeout: "total_timeout"
            case .drain: "drain"
            case .limited: "limited"
            }
        }
    }

    /// How the end of the answer's body is told to the client.
    enum AnswerFraming: Equatable {
        case none
        case length
        case chunked
        case close
    }

    /// Counts the requests of a worker; 0: no exchange is under way.
    var serial: UInt64 = 0
    /// Monotonic nanoseconds at which the head was complete.
    var startedAt: UInt64 = 0
    var method = RequestMethod.get
    var minorVersion: UInt8 = 1
    /// Whether the connection stays open after the answer.
    var keepsAlive = true
    /// Index in `CompiledGateway.routes`; -1: none.
    var route = -1
    var prefixByteCount = 0

    /// The request's id, the origin of the page that asks, and the model, as they are told and
    /// logged.
    var notes = ByteBuffer()
    var requestIDByteCount = 0
    var originByteCount: UInt16 = 0
    var origin = OriginStanding.unasked
    /// The number of the client whose key the request has; -1: nobody is asked for one, or it has
    /// none.
    var caller: Int32 = -1
    /// Whether the model may stand in a field.
    var modelIsVisible = false

    /// The request's head, at the start of the client's `input`; 0 once it is no longer held.
    var headByteCount = 0
    /// Body bytes without framing that are held behind the head.
    var heldByteCount = 0
    /// Body bytes that have come in all.
    var bodyByteCount = 0
    /// How many of the held ones the model scan has seen.
    var scannedByteCount = 0
    /// Whether the whole body has come.
    var isBodyComplete = true
    /// Whether body bytes were sent on and are no longer held.
    var isBodyPartlySent = false
    /// Whether the endpoint gets the body in chunks, because its length was not known in time.
    var isUploadChunked = false
    var framing = BodyFraming.none
    var decoder = ChunkDecoder(isStrict: true)
    var jsonScan = ModelScanner()
    var formScan: MultipartScanner?
    /// The model's place in the body, whole with any escapes; empty where a default stands in.
    var modelStart = 0
    var modelEnd = 0
    /// Index of the model's entry; -1: not looked up yet.
    var model = -1

    /// Of the endpoints that were passed over at their rate limits, the one with room first; -1:
    /// none was.
    var limitedBy = -1
    /// Where the choice of an endpoint stands.
    var choice = Choice()
    /// Index of the endpoint that answers or was meant to; -1: none.
    var endpoint = -1
    /// Index of the endpoint where it is counted among the requests under way; -1: nowhere.
    var place: Int32 = -1
    /// Monotonic nanoseconds at which `endpoint` was turned to; 0: that is not measured, or it has
    /// begun to answer.
    var attemptStartedAt: UInt64 = 0
    /// The connection that has the request; while none does, the newest attempt to connect, with
    /// the others behind it.
    var upstream = SlabID.none
    /// The connection with a refused answer that is the client's where no endpoint has another.
    var held = SlabID.none
    var race = Race()
    /// Whether the request was sent again because a pooled connection had died.
    var wasResent = false
    /// Whether another endpoint would have been asked, had the budget of retries allowed it.
    var isOverBudget = false
    /// What the attempt at the present endpoint has come to so far.
    var heard = AttemptResult.nothing
    /// The endpoint that the exchange tries for its breaker.
    var trial = Trial()
    /// Why the last attempt failed.
    var lastFailure: UpstreamFailure?

    var status: UInt16 = 0
    var answerFraming = AnswerFraming.none
    var isEventStream = false
    /// Body bytes that went to the client, without framing.
    var sentByteCount = 0
    /// Monotonic nanoseconds at which the answer's head was written; 0: not yet.
    var answeredAt: UInt64 = 0

    /// Where in the body the model's name ends; nil: it has not been found.
    var foundModelEnd: Int? {
        if let formScan { return formScan.outcome == .found ? formScan.valueEnd : nil }
        return jsonScan.outcome == .found ? jsonScan.valueEnd : nil
    }

    /// Where in `notes` the request's id stands.
    var requestID: Range<Int> { 0..<requestIDByteCount }

    /// Where in `notes` the model's name stands, as the client meant it; empty where there is none.
    var modelName: Range<Int> { requestIDByteCount + Int(originByteCount)..<notes.count }

    /// Where in `notes` the origin stands of the page that may read the answer.
    var originName: Range<Int> {
        requestIDByteCount..<requestIDByteCount + Int(originByteCount)
    }

    /// Whether the request, as far as it has come, can be sent again.
    var isRepeatable: Bool { headByteCount > 0 && !isBodyPartlySent }

    /// Whether an answer's head has been written.
    var isAnswered: Bool { answeredAt != 0 }
}

/// A walk through a model's candidates: highest priority first, inside a priority as the balance
/// has it.
struct Choice: Equatable {
    /// Where the model's candidates end in the table, and where the present priority begins.
    var end = 0
    var groupStart = 0
    /// How many candidates the model has.
    var candidateCount = 0
    var groupCount = 0
    /// Where in the group the walk began, and how many of it were tried or passed over.
    var offset = 0
    var triedInGroup = 0
    /// The same by their places, a bit each, as `Window` has them.
    var tried: UInt64 = 0
    /// What the request is recognised by; 0: it was not looked for, 1: there is nothing.
    var key: UInt64 = 0
    /// Endpoints tried in all.
    var attempts = 0
    /// The present candidate's index in the table.
    var candidate = 0
    /// Endpoints that were passed over for being ejected.
    var ejectedCount = 0
    /// A candidate that was passed over while it warms up, and is asked before none is; -1: none.
    var spare = -1
    /// Whether an endpoint was passed over that is out.
    var hasPassedOver = false
    /// Whether endpoints that are out are asked all the same.
    var isPanicking = false
}
