import Synchronization

/// One thread: its event loop, its listener, its connections and pools; it shares only counters.
struct Worker: ~Copyable {
    let gateway: CompiledGateway
    let shared: SharedState
    let counters: Counters
    let number: Int
    let listenAddress: SocketAddress

    var loop: EventLoop
    var timers: TimerWheel
    /// Monotonic nanoseconds, read once after each wait.
    var now: UInt64
    var random = Random()
    /// Exchanges begun; numbers them.
    var serial: UInt64 = 0

    /// The listening socket; -1 once the drain has closed it.
    var listener: Int32
    /// The listening socket of the own routes' port, which the first worker has; -1: none.
    let adminListener: Int32
    /// Open connections to it.
    var adminCount = 0
    /// Whether new connections are left to the backlog for now.
    var isAcceptPaused = false
    var clients = Slab<ClientConnection>(capacity: 64)
    var upstreams = Slab<UpstreamConnection>(capacity: 64)
    var endpoints: Table<EndpointState>
    /// Compiled, until an endpoint has told of its models.
    var models: ModelTable
    var modelIndex: @Sendable (_ name: borrowing Span<UInt8>) -> Int?
    /// What endpoints have told, with the compiled models; nil where none is asked.
    var directory: DiscoveredDirectory?
    /// Which of the published directories that is.
    var directoryVersion = 0
    /// What the first worker asks endpoints by itself.
    var probes: [Probe] = []
    let probe: ProbeHandler?
    /// What endpoints have under way, and how quick they are, as far as that is known.
    let loads: EndpointLoads
    let measuresLatency: Bool
    /// What chooses among equals; nil where there are none.
    var balancer: Balancer?
    let rates: RateGates
    /// Whether something is asked before a request is let in.
    let checksEntry: Bool
    let standings: Standings
    /// Whether anything can take an endpoint out.
    let watchesStandings: Bool
    /// Hears how attempts go; nil: nobody does.
    let judge: (any EndpointJudge)?
    /// Takes the answers of probes, by endpoint.
    var takeProbed: (@Sendable (Int, ProbeOutcome) -> Void)?
    /// Connections that were left with bytes unread, so that others had their turn.
    var ready: [EventToken] = []
    var names: (any NameResolver)?
    var watchedNames: [Int32] = []
    /// Monotonic milliseconds at which a name is asked for again, or a wait for one ends.
    var namesDueAt = UInt64.max
    /// Handshakes of clients that failed, and of these, those that have been told of.
    var clientFaultCount = 0
    var toldClientFaultCount = 0
    /// Milliseconds of the monotonic clock at which one was last told of.
    var clientFaultToldAt: UInt64 = 0
    let security: (any TransportSecurity)?
    let wide: (any WideTransport)?
    /// Filled and emptied by `serveWide`.
    var wideReady: [UInt64] = []
    var wideWatches: [WideWatch] = []

    var buffers = BufferPool()
    /// Where endpoints' bytes are read to; nothing stays in it between two events.
    var scratch = ByteBuffer(capacity: Worker.scratchByteCount)
    /// Heads and framing under construction.
    var out = ByteBuffer(capacity: 16_384)
    /// What follows the present piece of a body: its chunk's end, the last chunk.
    var suffix = ByteBuffer(capacity: 256)
    var requestHead: RequestHead
    /// The exchange whose head `requestHead` holds.
    var requestHeadSerial: UInt64 = 0
    var responseHead: ResponseHead
    var log: AccessLog

    /// Monotonic milliseconds at which a drain stage ends; 0: not draining.
    var drainStartedAt: UInt64 = 0
    /// At which the listener is closed; 0: new connections are still taken.
    var handoverEndsAt: UInt64 = 0
    var isFinished = false
    /// Which of the published secrets it has.
    private var secretsVersion = 0
    /// Keeps the whole worker in memory, as a value that no register can hold: the compiler checks
    /// uses of others field by field, which took it half of the time for this module.
    private let addressOnly = Atomic(false)

    static var scratchByteCount: Int { 65_536 }

    init(
        gateway: CompiledGateway, shared: SharedState, number: Int,
        secrets: Secrets, security: (any TransportSecurity)? = nil,
        listenAddress: SocketAddress, listener: Int32, adminListener: Int32,
        loop: consuming EventLoop
    ) {
        self.gateway = gateway
        self.shared = shared
        self.number = number
        self.listenAddress = listenAddress
        self.listener = listener
        self.adminListener = adminListener
        counters = shared.counters[number]
        self.loop = loop
        now = Clock.monotonicNanoseconds()
        timers = TimerWheel(nowMilliseconds: now / 1_000_000)
        let endpoints = gateway.endpoints
        loads = shared.loads
        measuresLatency = shared.loads.measuresLatency
        let countsRequests = shared.loads.countsRequests
        self.endpoints = Table(count: endpoints.count) { index in
            EndpointState(endpoints[index], secrets: secrets, countsRequests: countsRequests)
        }
        balancer = gateway.balance == nil ? nil : Balancer(endpoints, loads: shared.loads)
        models = ModelTable(gateway.models, priorities: endpoints.map(\.priority))
        modelIndex = gateway.models.index
        probe = gateway.discovery?.engine.probe ?? gateway.health?.checks?.probe
        rates = shared.rates
        checksEntry =
            rates.limitsEntry || gateway.clients != nil || gateway.crossOrigin != nil
        standings = shared.standings
        watchesStandings = standings.isWatched
        judge = standings.judge
        requestHead = RequestHead(fieldCapacity: gateway.limits.fieldCountLimit)
        responseHead = ResponseHead(fieldCapacity: Worker.responseFieldLimit)
        log = AccessLog(format: gateway.accessLog, sink: shared.logSink)
        names = gateway.names.map { $0() }
        self.security = security
        wide = gateway.wide.map { $0(gateway.wideTargets(secrets)) }
    }

    /// Watches what every worker has: its listener and its wake.
    func start() throws(Errno) {
        let wake = shared.wakes[number]
        if let error = loop.watchLevel(wake, as: EventToken(.wake, descriptor: wake)) {
            throw error
        }
        let token = EventToken(.listener, descriptor: listener)
        if let error = loop.watchLevel(listener, as: token) { throw error }
        if adminListener < 0 { return }
        let adminToken = EventToken(.listener, descriptor: adminListener)
        if let error = loop.watchLevel(adminListener, as: adminToken) { throw error }
    }

    /// Fields of an answer's head at most; more is a malformed answer.
    static var responseFieldLimit: Int { 256 }

    var nowMilliseconds: UInt64 { now / 1_000_000 }

    /// Runs until the gateway has drained.
    mutating func run() {
        resolveNames()
        if number == 0 { startProbes() }
        takePublished()
        while !isFinished {
            let count = loop.wait(timeoutMilliseconds: nextTimeoutMilliseconds())
            now = Clock.monotonicNanoseconds()
            dropEndedPooled(eventCount: count)
            for index in 0..<count { dispatch(loop.event(index)) }
            resumeReady()
            while let token = timers.takeDue(nowMilliseconds: nowMilliseconds) { expire(token) }
            if isAcceptPaused { acceptClients() }
            if names != nil { serveNames() }
            if wide != nil { serveWide() }
            if shared.isStopping { drain() }
            log.flushIfDue(nowMilliseconds: nowMilliseconds)
        }
        log.flush()
    }

    private mutating func startProbes() {
        gateway.discovery?.engine.probe(&self, .start)
        gateway.health?.checks?.probe(&self, .start)
    }

    private mutating func nextTimeoutMilliseconds() -> Int {
        if !ready.isEmpty { return 0 }
        var timeout = timers.nextTimeoutMilliseconds(nowMilliseconds: nowMilliseconds)
        func shorten(to other: Int) { timeout = timeout < 0 ? other : min(timeout, other) }
        if isAcceptPaused { shorten(to: 50) }
        if let due = log.nextFlushMilliseconds(nowMilliseconds: nowMilliseconds) {
            shorten(to: due)
        }
        if let due = names?.nextTimeoutMilliseconds() { shorten(to: due) }
        if namesDueAt != .max {
            shorten(to: Int(max(namesDueAt, nowMilliseconds) - nowMilliseconds))
        }
        if let due = wide?.nextTimeoutMilliseconds() { shorten(to: due) }
        if drainStartedAt != 0 { shorten(to: 20) }
        return timeout
    }

    private mutating func dispatch(_ event: Event) {
        switch event.token.kind {
        case .client:
            if clients.holds(event.token.id) { clientEvent(Int(event.token.id.index), event) }
        case .upstream:
            if upstreams.holds(event.token.id) { upstreamEvent(Int(event.token.id.index), event) }
        case .listener where event.token.descriptor == adminListener:
            acceptAdmins()
        case .listener:
            acceptClients()
        case .wake:
            shared.takeWake(event.token.descriptor)
            takePublished()
        case .resolver:
            advanceNames(event)
        case .wide:
            wide?.advance(
                descriptor: event.token.descriptor, readable: event.isReadable,
                writable: event.isWritable)
        case .probe, nil:
            break
        }
    }

    /// Closes pooled connections that have ended before an exchange of this round can take one.
    private mutating func dropEndedPooled(eventCount: Int) {
        for index in 0..<eventCount {
            let event = loop.event(index)
            let id = event.token.id
            if event.token.kind == .upstream && event.isReadable && upstreams.holds(id)
                && upstreams[Int(id.index)].phase == .idle && !staysIdle(Int(id.index), event)
            {
                closeUpstream(Int(id.index))
            }
        }
    }

    /// Takes over what other threads have published; requests that are written stay as they are.
    private mutating func takePublished() {
        if let discovery = gateway.discovery { discovery.engine.adopt(&self) }
        guard let secrets = shared.secrets.value(after: &secretsVersion) else { return }
        for index in 0..<endpoints.count {
            endpoints[index].setFields(gateway.endpoints[index].headers, secrets: secrets)
        }
        wide?.renew(gateway.wideTargets(secrets))
        shared.secretsWereTaken()
    }

    private mutating func resumeReady() {
        if ready.isEmpty { return }
        let tokens = ready
        ready.removeAll(keepingCapacity: true)
        for token in tokens {
            let index = Int(token.id.index)
            switch token.kind {
            case .client where clients.holds(token.id): readClient(index)
            case .upstream where upstreams.holds(token.id): readUpstream(index)
            default: break
            }
        }
    }

    private mutating func expire(_ token: EventToken) {
        let index = Int(token.id.index)
        switch token.kind {
        case .client where clients.holds(token.id):
            let deadline = clients[index].deadline
            if deadline == 0 { return }
            if deadline > nowMilliseconds {
                timers.arm(clients[index].timer, deadlineMilliseconds: deadline)
            } else {
                clientExpired(index)
            }
        case .upstream where upstreams.holds(token.id):
            let deadline = upstreams[index].deadline
            if deadline == 0 { return }
            if deadline > nowMilliseconds {
                timers.arm(upstreams[index].timer, deadlineMilliseconds: deadline)
            } else {
                upstreamExpired(index)
            }
        case .probe:
            probe?(&self, .due(Int(token.descriptor)))
        default: break
        }
    }

    /// Starts the client's clock anew; 0: stops it.
    mutating func armClient(_ index: Int, milliseconds: Int) {
        let deadline = milliseconds == 0 ? 0 : nowMilliseconds + UInt64(milliseconds)
        clients[index].deadline = deadline
        if deadline != 0 {
            timers.arm(clients[index].timer, deadlineMilliseconds: deadline)
        }
    }

    /// Starts the upstream connection's clock anew; 0: stops it.
    mutating func armUpstream(_ index: Int, milliseconds: Int) {
        let deadline = milliseconds == 0 ? 0 : nowMilliseconds + UInt64(milliseconds)
        upstreams[index].deadline = deadline
        if deadline != 0 {
            timers.arm(upstreams[index].timer, deadlineMilliseconds: deadline)
        }
    }
}
