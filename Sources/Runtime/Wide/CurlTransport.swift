import CCurl
import GatewayRuntime
import Glibc

/// The wide transport by libcurl: proxies and HTTP/2, driven by the worker's event loop.
///
/// Connections are kept and shared by libcurl. Names are resolved by its own resolver, which takes
/// a thread for each question where it was built without c-ares.
@safe
public final class CurlTransport: WideTransport {
    private let multi: UnsafeMutableRawPointer
    private let sockets = CurlSockets()
    private let environment = ProxyEnvironment()
    private var settings: [CurlSettings?]
    private var channels: [CurlChannel?] = []
    /// Numbers in `channels` that hold nothing.
    private var free: [Int32] = []
    /// By endpoint: the numbers of channels that wait for their next request.
    private var idle: [[Int32]]
    private let changes = ChannelChanges()

    /// Channels that one endpoint keeps for later requests.
    private static var idleLimit: Int { 128 }
    /// Connections kept open without a request, of all endpoints together.
    private static var connectionLimit: Int { 1024 }

    /// Makes one for each worker.
    public static let provider: WideProvider = { CurlTransport($0) }

    private static let isInitialised = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init(_ targets: [WideTarget?]) {
        guard CurlTransport.isInitialised, let multi = unsafe curl_multi_init() else {
            fatalError("libcurl cannot be initialised")
        }
        unsafe self.multi = multi
        let environment = environment
        settings = targets.map { target in target.map { CurlSettings($0, environment) } }
        idle = targets.map { _ in [] }
        unsafe setUp(multi)
    }

    deinit {
        for channel in channels {
            if let channel { unsafe curl_multi_remove_handle(multi, channel.easy) }
        }
        channels = []
        unsafe curl_multi_cleanup(multi)
    }

    private func setUp(_ multi: UnsafeMutableRawPointer) {
        unsafe ingot_curl_multi_number(
            multi, CURLMOPT_MAXCONNECTS, CurlTransport.connectionLimit)
        // In libcurl 7.88 a stream that is not read holds up all others of its connection: one slow
        // client would stop many.
        unsafe ingot_curl_multi_number(multi, CURLMOPT_MAX_CONCURRENT_STREAMS, 1)
        unsafe ingot_curl_multi_callbacks(
            multi,
            { _, descriptor, what, user, _ in
                unsafe CurlSockets.with(user) { $0.want(descriptor, what) }
                return 0
            },
            { _, milliseconds, user in
                unsafe CurlSockets.with(user) { $0.setTime(milliseconds: milliseconds) }
                return 0
            },
            Unmanaged.passUnretained(sockets).toOpaque())
    }

    public func renew(_ targets: [WideTarget?]) {
        for (endpoint, target) in targets.enumerated() {
            guard let target, let old = settings[endpoint], !old.target.hasSecrets(of: target)
            else { continue }
            settings[endpoint] = CurlSettings(target, environment)
            for channel in idle[endpoint] { drop(channel) }
            idle[endpoint] = []
        }
    }

    // MARK: channels

    public func open(endpoint: Int, tag: UInt64) -> Int32? {
        guard let number = idle[endpoint].popLast() ?? add(endpoint),
            let channel = channels[Int(number)]
        else { return nil }
        channel.tag = tag
        channel.phase = .head
        return number
    }

    private func add(_ endpoint: Int) -> Int32? {
        let number = free.last ?? Int32(channels.count)
        guard let settings = settings[endpoint],
            let channel = CurlChannel(
                endpoint: endpoint, number: number, settings: settings, changes: changes)
        else { return nil }
        settings.apply(to: channel, sockets)
        if free.popLast() == nil {
            channels.append(channel)
        } else {
            channels[Int(number)] = channel
        }
        return number
    }

    public func send(
        _ channel: Int32, from start: UnsafePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes {
        guard let channel = channels[Int(channel)] else { return .failed }
        switch channel.phase {
        case .idle, .ended, .failed: return .failed
        case .head, .collecting, .running: break
        }
        let taken = unsafe channel.take(start, byteCount)
        if channel.isReadyToStart { begin(channel) }
        if case .failed = channel.phase { channel.tell() }
        if taken > 0 { channel.resume(CURLPAUSE_SEND) }
        return taken > 0 ? .bytes(taken) : .wouldBlock
    }

    private func begin(_ channel: CurlChannel) {
        channel.prepare()
        channel.phase = .running
        if unsafe curl_multi_add_handle(multi, channel.easy) != CURLM_OK {
            channel.phase = .failed(.connectFailed)
        }
    }

    public func receive(
        _ channel: Int32, into start: UnsafeMutablePointer<UInt8>, byteCount: Int
    ) -> CarriedBytes {
        guard let channel = channels[Int(channel)] else { return .failed }
        let moved = unsafe channel.answer.move(to: start, byteCount)
        if channel.answer.bytes.isEmpty { channel.resume(CURLPAUSE_RECV) }
        if moved > 0 { return .bytes(moved) }
        switch channel.phase {
        case .idle, .failed: return .failed
        case .ended: return .end
        case .head, .collecting, .running: return .wouldBlock
        }
    }

    public func fault(_ channel: Int32) -> WideFault {
        guard case .failed(let fault) = channels[Int(channel)]?.phase else { return .closedEarly }
        return fault
    }

    public func detail(_ channel: Int32) -> String { channels[Int(channel)]?.errorWords ?? "" }

    public func close(_ channel: Int32) {
        guard let closed = channels[Int(channel)] else { return }
        if closed.phase == .running { abort(closed) }
        closed.reset()
        let isCurrent = closed.settings === settings[closed.endpoint]
        if isCurrent && idle[closed.endpoint].count < CurlTransport.idleLimit {
            idle[closed.endpoint].append(channel)
        } else {
            drop(channel)
        }
    }

    private func drop(_ channel: Int32) {
        channels[Int(channel)] = nil
        free.append(channel)
    }

    /// Ends a transfer with its connection: libcurl 7.88 leaves a stream of HTTP/2 as it is, and
    /// the endpoint would work on for nobody.
    private func abort(_ channel: CurlChannel) {
        unsafe CurlHandle(channel.easy).set(CURLOPT_FORBID_REUSE, 1)
        unsafe curl_multi_remove_handle(multi, channel.easy)
        channel.settings.setReuse(channel)
    }

    // MARK: the event loop

    public func advance(descriptor: Int32, readable: Bool, writable: Bool) {
        var running: Int32 = 0
        if descriptor >= 0 {
            if !sockets.isWanted(descriptor) { return }
            let mask =
                (readable ? CURL_CSELECT_IN : 0) | (writable ? CURL_CSELECT_OUT : 0)
            unsafe curl_multi_socket_action(multi, descriptor, mask, &running)
        } else {
            guard let due = sockets.dueAt, due == 0 || due <= sockets.nowMilliseconds else {
                return
            }
            sockets.forgetTime()
            unsafe curl_multi_socket_action(multi, -1, 0, &running)
        }
        takeEnded()
    }

    private func takeEnded() {
        var result = CURLE_OK
        while let easy = unsafe ingot_curl_next_ended(multi, &result) {
            guard let channel = unsafe CurlChannel.of(ingot_curl_owner(easy)) else { continue }
            unsafe curl_multi_remove_handle(multi, easy)
            channel.end(result)
        }
    }

    public func nextTimeoutMilliseconds() -> Int? {
        guard let due = sockets.dueAt else { return nil }
        if due == 0 { return 0 }
        let now = sockets.nowMilliseconds
        return due > now ? Int(due - now) : 0
    }

    public func takeWatches(into watches: inout [WideWatch]) {
        sockets.takeWatches(into: &watches)
    }

    public func takeReady(into tags: inout [UInt64]) {
        for number in changes.numbers {
            guard let channel = channels[Int(number)] else { continue }
            channel.isListed = false
            if channel.phase != .idle { tags.append(channel.tag) }
        }
        changes.numbers.removeAll(keepingCapacity: true)
    }
}
