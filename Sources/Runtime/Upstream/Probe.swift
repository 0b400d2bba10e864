/// A question that the gateway asks an endpoint by itself, again and again: a GET without a client.
struct Probe {
    /// What its answers are for.
    enum Purpose {
        /// The endpoint's models.
        case models
        /// Whether it works.
        case health

        /// Probes under way at once; the others wait, so that their answers have a bound together.
        var limit: Int {
            switch self {
            case .models: 16
            case .health: 256
            }
        }
    }

    let purpose: Purpose
    let endpoint: Int
    /// Whole, the endpoint's own prefix included.
    let path: StaticString
    /// Statuses that are an answer; others are a failure.
    let expected: [ClosedRange<UInt16>]
    /// 0: the head alone is the answer.
    let bodyByteLimit: Int
    /// From its beginning to the last byte of the answer.
    let timeoutMilliseconds: Int
    let timer: Int32
    let take: ProbeTaker

    /// Milliseconds of the monotonic clock at which it is looked at again.
    var dueAt: UInt64 = 0
    /// At which it is given up; 0: it is not under way.
    var givenUpAt: UInt64 = 0
    /// Its connection; `.none` while there is none yet.
    var upstream = SlabID.none
    /// Where it stands with the endpoint's addresses.
    var race = Race()
    /// Failures since the last answer, and answers since the last failure as far as the taker
    /// counts them.
    var failureCount = 0
    var answerCount = 0
    /// Whether the answer's head has come.
    var hasHead = false
    var body: [UInt8] = []

    init(
        purpose: Purpose, endpoint: Int, path: StaticString, expected: [ClosedRange<UInt16>],
        bodyByteLimit: Int, timeoutMilliseconds: Int, timer: Int32, take: @escaping ProbeTaker
    ) {
        self.purpose = purpose
        self.endpoint = endpoint
        self.path = path
        self.expected = expected
        self.bodyByteLimit = bodyByteLimit
        self.timeoutMilliseconds = timeoutMilliseconds
        self.timer = timer
        self.take = take
    }
}

/// What came of asking.
enum ProbeOutcome: Sendable {
    /// An expected status, with this body.
    case answered([UInt8])
    case failed(ProbeFailure)
}

/// Why there is no answer that is of use.
enum ProbeFailure: Sendable {
    case upstream(UpstreamFailure)
    case status(UInt16)
    /// A word for logs that says what else is wrong with it.
    case notExpected(StaticString)
}

/// What moves a probe on.
enum ProbeEvent {
    /// The worker begins.
    case start
    /// The timer of this probe has come.
    case due(Int)
    /// This connection stands, after every handshake that it needs.
    case connected(Int)
    /// Bytes of the answer are in `scratch`.
    case received(Int)
    /// The answer ended in order with its connection.
    case ended(Int)
    /// The connection of this probe is gone.
    case failed(Int, UpstreamFailure)
}

/// Takes what came of a probe, by its number, and says in how many milliseconds it is due again.
typealias ProbeTaker = @Sendable (inout Worker, Int, ProbeOutcome) -> Int

/// The way into the code of probes; a worker that asks nothing has none.
typealias ProbeHandler = @Sendable (inout Worker, ProbeEvent) -> Void

extension Worker {
    /// Something has happened to a connection that no client's exchange has: a probe's goes on, any
    /// other is closed.
    mutating func withoutClient(_ upstream: Int, _ event: ProbeEvent) {
        if upstreams[upstream].probe >= 0, let probe {
            probe(&self, event)
        } else {
            closeUpstream(upstream)
        }
    }
    /// How long a probe still has; at least 1, since 0 would stop the clock.
    func probeMillisecondsLeft(_ number: Int) -> Int {
        let end = probes[number].givenUpAt
        return end > nowMilliseconds ? Int(end - nowMilliseconds) : 1
    }
}
