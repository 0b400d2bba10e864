import CLinux
import Glibc
import Synchronization

/// The life of a gateway's process: from its arguments to its exit status.
public enum Gateway {
    /// Runs the gateway until it is told to stop; exits 0 after a drain, 1 where it cannot start,
    /// 2 where it was called wrongly.
    public static func run(_ gateway: CompiledGateway) -> Never {
        switch Invocation(Arguments.all) {
        case .serve(let port):
            serve(gateway, port: port, isCheck: false)
        case .check(let port):
            serve(gateway, port: port, isCheck: true)
        case .ask(let route, let port):
            ask(gateway, route, port: port)
        case .show(.manifest):
            print(gateway.manifest.json)
        case .show(.version):
            print("ingot \(gateway.manifest.version) \(gateway.manifest.digest)")
        case .show(.usage):
            print(Invocation.usage)
        case .wrong(let reason):
            complain("\(reason)\n\(Invocation.usage)")
            exit(2)
        }
        exit(0)
    }

    private static func serve(
        _ gateway: CompiledGateway, port chosenPort: UInt16?, isCheck: Bool
    ) -> Never {
        let secrets = Secrets(for: gateway.endpoints)
        var problems = secrets.problems
        let security = makeSecurity(gateway, secrets, &problems)
        let port = chosenPort ?? listenPort(gateway.server, &problems)
        let address = SocketAddress(text: "\(gateway.server.host)", port: port)
        if address == nil { problems.append("cannot listen at '\(gateway.server.host)'") }
        guard problems.isEmpty, let address else {
            complain(
                "this gateway cannot start:\n"
                    + problems.map { "  - \($0)" }.joined(separator: "\n"))
            exit(1)
        }
        raiseDescriptorLimit()
        Signals.blockForWaiting()
        do throws(Errno) {
            let count = workerCount(gateway.server)
            var listeners: [Int32] = []
            for _ in 0..<count { listeners.append(try address.listen().get()) }
            let adminListener = try openAdminListener(gateway.server)
            if isCheck {
                address.removeFile()
                print("ok: the secrets are here and \(place(gateway, port)) can be listened to")
                exit(0)
            }
            let shared = try SharedState(
                workerCount: count, rates: RateGates(for: gateway),
                standings: Standings(for: gateway),
                loads: EndpointLoads(for: gateway))
            try startThreads(
                gateway, shared, secrets, security, address, listeners, adminListener)
            announce(gateway, shared, port)
            waitForEnd(shared, address, Reloading(gateway, shared, secrets, security))
        } catch {
            complain("this gateway cannot start: \(place(gateway, port)): \(error.text)")
            exit(1)
        }
    }

    /// The listening socket of the own routes' port; -1: it has none of its own.
    private static func openAdminListener(_ server: Server) throws(Errno) -> Int32 {
        guard let listener = server.adminListener,
            let address = SocketAddress(text: "\(listener.host)", port: listener.port)
        else { return -1 }
        do throws(Errno) {
            return try address.listen().get()
        } catch {
            complain("the admin port \(listener.port) cannot be listened to")
            throw error
        }
    }

    private static func startThreads(
        _ gateway: CompiledGateway, _ shared: SharedState, _ secrets: Secrets,
        _ security: (any SecurityProvider)?, _ address: SocketAddress, _ listeners: [Int32],
        _ adminListener: Int32
    ) throws(Errno) {
        let sink = shared.logSink
        if let error = Thread.start({ sink.run() }) { throw error }
        for (number, listener) in listeners.enumerated() {
            let error = Thread.start {
                do throws(Errno) {
                    var worker = Worker(
                        gateway: gateway, shared: shared, number: number, secrets: secrets,
                        security: security?.makeSecurity(), listenAddress: address,
                        listener: listener,
                        adminListener: number == 0 ? adminListener : -1, loop: try EventLoop())
                    try worker.start()
                    worker.run()
                } catch {
                    complain("a worker cannot start: \(error.text)")
                    exit(1)
                }
                shared.workerEnded()
            }
            if let error { throw error }
        }
    }

    private static func announce(
        _ gateway: CompiledGateway, _ shared: SharedState, _ port: UInt16
    ) {
        EventLog.write(
            "listening",
            [
                "host": .text("\(gateway.server.host)"), "port": .number(Int(port)),
                "workers": .number(shared.counters.count),
                "version": .text("\(gateway.manifest.version)"),
                "manifest": .text("\(gateway.manifest.digest)"),
            ])
    }

    /// Waits for a signal to stop, then for the drain, or for a second signal; reloads meanwhile.
    private static func waitForEnd(
        _ shared: SharedState, _ address: SocketAddress, _ reloading: Reloading
    ) -> Never {
        var reloading = reloading
        while !isStopAsked(withinMilliseconds: 60_000, &reloading) {}
        EventLog.write("draining", ["connections": .number(shared.openConnectionCount)])
        shared.requestStop()
        while !shared.haveAllEnded {
            if isStopAsked(withinMilliseconds: 10, &reloading) {
                address.removeFile()
                EventLog.write("stopped", ["connections_cut": .number(shared.openConnectionCount)])
                exit(1)
            }
        }
        address.removeFile()
        shared.logSink.end(withinMilliseconds: 2000)
        let drained = shared.drainedCount.load(ordering: .relaxed)
        let cut = shared.cutCount.load(ordering: .relaxed)
        EventLog.write(
            "stopped",
            [
                "requests": .number(shared.counters.reduce(0) { $0 + $1.requests.count }),
                "streams_drained": .number(max(drained - cut, 0)),
                "streams_cut": .number(cut),
            ])
        exit(0)
    }

    private static func isStopAsked(
        withinMilliseconds milliseconds: Int, _ reloading: inout Reloading
    ) -> Bool {
        switch Signals.wait(milliseconds: milliseconds) {
        case .stop: return true
        case .reload: reloading.reload()
        case nil: break
        }
        return false
    }

    /// Where it listens, for a person.
    static func place(_ gateway: CompiledGateway, _ port: UInt16) -> String {
        let host = "\(gateway.server.host)"
        if host.hasPrefix("unix:") { return host }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    static func listenPort(_ server: Server, _ problems: inout [String]) -> UInt16 {
        guard let text = unsafe getenv("INGOT_PORT").map({ unsafe String(cString: $0) }) else {
            return server.port
        }
        guard let port = UInt16(text), port > 0 else {
            problems.append("INGOT_PORT is '\(text)', which is no port from 1 to 65535")
            return server.port
        }
        return port
    }

    private static func workerCount(_ server: Server) -> Int {
        if "\(server.host)".hasPrefix("unix:") { return 1 }
        return server.workers > 0 ? server.workers : max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)
    }

    static func complain(_ text: String) {
        EventLog.writeLine("gateway: error: \(text)")
    }

    private static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return
        }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
