import CCares
import GatewayRuntime
import Glibc

/// Who asked, for as long as c-ares is at it; keeps the channel, which must not end before.
final class CaresQuestion {
    let resolver: CaresResolver
    let channel: CaresChannel
    let tag: Int

    init(resolver: CaresResolver, channel: CaresChannel, tag: Int) {
        self.resolver = resolver
        self.channel = channel
        self.tag = tag
    }
}

/// One channel of c-ares: sockets and questions under one set of settings.
@safe
final class CaresChannel {
    let settings: ResolverSettings
    private let channel: ares_channel
    private var questionCount = 0

    /// A server has this long for its first answer, twice and four times that when asked again.
    private static let timeoutMilliseconds: Int32 = 1000
    private static let tries: Int32 = 3
    /// Made ready by the first thread that asks, and never given up.
    private static let isLibraryReady =
        ares_library_init(Int32(ARES_LIB_INIT_ALL)) == Int32(ARES_SUCCESS)

    /// nil: there is no memory, or the servers cannot be used.
    init?(servers: StaticString, settings: ResolverSettings) {
        var options = unsafe ares_options()
        unsafe options.timeout = CaresChannel.timeoutMilliseconds
        unsafe options.tries = CaresChannel.tries
        var made: ares_channel?
        let mask = Int32(ARES_OPT_TIMEOUTMS) | Int32(ARES_OPT_TRIES)
        guard CaresChannel.isLibraryReady,
            unsafe ares_init_options(&made, &options, mask) == Int32(ARES_SUCCESS),
            let channel = unsafe made
        else { return nil }
        self.settings = settings
        unsafe self.channel = channel
        if servers.utf8CodeUnitCount > 0,
            unsafe ares_set_servers_ports_csv(channel, "\(servers)") != Int32(ARES_SUCCESS)
        {
            return nil
        }
    }

    deinit { unsafe ares_destroy(channel) }

    var isBusy: Bool { questionCount > 0 }

    /// Asks for both families at once, so that a search domain that has one of them ends the search.
    func ask(_ name: String, _ question: CaresQuestion) {
        questionCount += 1
        var hints = ares_addrinfo_hints()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = Int32(ARES_AI_NOSORT)
        let argument = unsafe Unmanaged.passRetained(question).toOpaque()
        unsafe ares_getaddrinfo(
            channel, name, nil, &hints,
            { argument, status, _, found in
                guard let argument = unsafe argument else { return }
                let question = unsafe Unmanaged<CaresQuestion>.fromOpaque(argument)
                    .takeRetainedValue()
                unsafe question.channel.take(question, status, found)
            }, argument)
    }

    private func take(
        _ question: CaresQuestion, _ status: Int32, _ found: UnsafeMutablePointer<ares_addrinfo>?
    ) {
        questionCount -= 1
        var addresses: [ResolvedAddress] = []
        var seconds = Int.max
        if status == Int32(ARES_SUCCESS), let found = unsafe found {
            var node = unsafe found.pointee.nodes
            while let entry = unsafe node {
                if let address = unsafe ResolvedAddress(entry.pointee.ai_addr) {
                    addresses.append(address)
                    seconds = unsafe min(seconds, Int(entry.pointee.ai_ttl))
                }
                unsafe node = entry.pointee.ai_next
            }
            var alias = unsafe found.pointee.cnames
            while let entry = unsafe alias {
                seconds = unsafe min(seconds, Int(entry.pointee.ttl))
                unsafe alias = entry.pointee.next
            }
            unsafe ares_freeaddrinfo(found)
        }
        let failure: NameFailure =
            status == Int32(ARES_SUCCESS) ? .noAddress : NameFailure(status: status)
        question.resolver.take(
            NameAnswer(
                tag: question.tag, addresses: addresses, timeToLiveSeconds: seconds,
                failure: failure))
    }

    func descriptors() -> [(descriptor: Int32, reads: Bool, writes: Bool)] {
        guard isBusy else { return [] }
        var sockets = [ares_socket_t](repeating: -1, count: Int(ARES_GETSOCK_MAXNUM))
        let mask = unsafe ares_getsock(channel, &sockets, Int32(sockets.count))
        return sockets.enumerated().compactMap { index, socket in
            let reads = mask >> Int32(index) & 1 != 0
            let writes = mask >> Int32(index + Int(ARES_GETSOCK_MAXNUM)) & 1 != 0
            return reads || writes ? (socket, reads, writes) : nil
        }
    }

    func nextTimeoutMilliseconds() -> Int? {
        guard isBusy else { return nil }
        var longest = timeval(tv_sec: 1, tv_usec: 0)
        var shortest = timeval()
        guard let next = unsafe ares_timeout(channel, &longest, &shortest) else { return nil }
        return unsafe next.pointee.tv_sec * 1000 + Int(next.pointee.tv_usec) / 1000 + 1
    }

    func advance(descriptor: Int32, readable: Bool, writable: Bool) {
        guard isBusy else { return }
        let none = ares_socket_t(-1)
        unsafe ares_process_fd(
            channel, readable ? descriptor : none, writable ? descriptor : none)
    }
}

extension NameFailure {
    fileprivate init(status: Int32) {
        switch status {
        case Int32(ARES_ENOTFOUND): self = .notFound
        case Int32(ARES_ENODATA): self = .noAddress
        case Int32(ARES_ETIMEOUT): self = .timeout
        case Int32(ARES_ECONNREFUSED), Int32(ARES_EREFUSED), Int32(ARES_ESERVFAIL),
            Int32(ARES_ENOTIMP), Int32(ARES_EFORMERR), Int32(ARES_EBADRESP):
            self = .serverFailure
        default: self = .other
        }
    }
}

extension ResolvedAddress {
    /// From the kernel's form; nil where it is neither IPv4 nor IPv6.
    fileprivate init?(_ address: UnsafeMutablePointer<sockaddr>?) {
        guard let address = unsafe address else { return nil }
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            var value = sockaddr_in()
            unsafe memcpy(&value, address, MemoryLayout<sockaddr_in>.size)
            let four = UInt64(UInt32(bigEndian: value.sin_addr.s_addr))
            self.init(high: 0, low: 0xffff_0000_0000 | four)
        case AF_INET6:
            var value = sockaddr_in6()
            unsafe memcpy(&value, address, MemoryLayout<sockaddr_in6>.size)
            let bytes = unsafe withUnsafeBytes(of: value.sin6_addr) { unsafe Array($0) }
            let halves = [0, 8].map { start in
                bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
            self.init(high: halves[0], low: halves[1])
        default:
            return nil
        }
    }
}
