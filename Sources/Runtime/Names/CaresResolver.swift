import CCares
import GatewayRuntime
import Glibc

/// Resolves host names by c-ares, which follows `/etc/hosts` and `/etc/resolv.conf`; never blocks.
///
/// `/etc/hosts` is read with each question, `/etc/resolv.conf` again when it has changed.
public final class CaresResolver: NameResolver {
    private let servers: StaticString
    private var channel: CaresChannel?
    /// One that was made before `/etc/resolv.conf` changed and still has questions.
    private var retired: CaresChannel?
    private var answers: [NameAnswer] = []

    /// - Parameter servers: who is asked instead of those that `/etc/resolv.conf` names:
    ///   `10.0.0.53,[fd00::53]:5353`; empty: those.
    public init(servers: StaticString = "") {
        self.servers = servers
    }

    public var isBusy: Bool {
        !answers.isEmpty || channel?.isBusy ?? false || retired?.isBusy ?? false
    }

    public func resolve(_ name: StaticString, tag: Int) {
        renewChannel()
        guard let channel else {
            take(NameAnswer(tag: tag, addresses: [], timeToLiveSeconds: 0))
            return
        }
        let question = CaresQuestion(resolver: self, channel: channel, tag: tag)
        channel.ask("\(name)", question)
    }

    func take(_ answer: NameAnswer) { answers.append(answer) }

    /// Makes a channel where there is none yet, or where the one there is has old settings.
    private func renewChannel() {
        if let retired, !retired.isBusy { self.retired = nil }
        let settings = ResolverSettings()
        if let channel, channel.settings == settings || retired != nil { return }
        if let channel, channel.isBusy { retired = channel }
        channel = CaresChannel(servers: servers, settings: settings)
    }

    public func descriptors() -> [(descriptor: Int32, reads: Bool, writes: Bool)] {
        (channel?.descriptors() ?? []) + (retired?.descriptors() ?? [])
    }

    public func nextTimeoutMilliseconds() -> Int? {
        if !answers.isEmpty { return 0 }
        return [channel, retired].compactMap { $0?.nextTimeoutMilliseconds() }.min()
    }

    public func advance(descriptor: Int32, readable: Bool, writable: Bool) {
        channel?.advance(descriptor: descriptor, readable: readable, writable: writable)
        retired?.advance(descriptor: descriptor, readable: readable, writable: writable)
    }

    public func takeAnswers() -> [NameAnswer] {
        defer { answers.removeAll() }
        return answers
    }
}

/// Which `/etc/resolv.conf` was read, as far as `stat` tells two of them apart.
struct ResolverSettings: Equatable {
    private var device: UInt64 = 0, file: UInt64 = 0
    private var byteCount = 0
    private var seconds = 0, nanoseconds = 0

    init() {
        var info = stat()
        guard unsafe stat("/etc/resolv.conf", &info) == 0 else { return }
        device = UInt64(info.st_dev)
        file = UInt64(info.st_ino)
        byteCount = Int(info.st_size)
        seconds = info.st_mtim.tv_sec
        nanoseconds = info.st_mtim.tv_nsec
    }
}
