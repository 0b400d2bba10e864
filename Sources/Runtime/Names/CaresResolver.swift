import CCares
import GatewayRuntime
import Glibc

/// Resolves host names by c-ares, which follows `/etc/hosts` and `/etc/resolv.conf`; never blocks.
@safe
public final class CaresResolver: NameResolver {
    private var channel: ares_channel?
    private var questionCount = 0
    private var answers: [NameAnswer] = []

    /// How soon a name is asked for again where nothing says how long its addresses hold.
    private static let shortestSeconds = 5
    private static let longestSeconds = 3600

    public init() {
        var options = unsafe ares_options()
        unsafe options.timeout = 2000
        unsafe options.tries = 3
        var channel: ares_channel?
        let mask = Int32(ARES_OPT_TIMEOUTMS) | Int32(ARES_OPT_TRIES)
        if ares_library_init(Int32(ARES_LIB_INIT_ALL)) == Int32(ARES_SUCCESS),
            unsafe ares_init_options(&channel, &options, mask) == Int32(ARES_SUCCESS)
        {
            unsafe self.channel = channel
        }
    }

    deinit {
        if let channel = unsafe channel { unsafe ares_destroy(channel) }
        ares_library_cleanup()
    }

    public var isBusy: Bool { questionCount > 0 || !answers.isEmpty }

    public func resolve(_ name: StaticString, tag: Int) {
        guard let channel = unsafe channel else {
            answers.append(NameAnswer(tag: tag, addresses: [], timeToLiveSeconds: 1))
            return
        }
        questionCount += 1
        var hints = ares_addrinfo_hints()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        let question = unsafe Unmanaged.passRetained(Question(self, tag)).toOpaque()
        unsafe ares_getaddrinfo(
            channel, "\(name)", nil, &hints,
            { argument, status, _, found in
                guard let argument = unsafe argument else { return }
                let question = unsafe Unmanaged<Question>.fromOpaque(argument).takeRetainedValue()
                unsafe question.resolver.take(question.tag, status, found)
            }, question)
    }

    /// Who asked, for as long as c-ares is at it.
    private final class Question {
        let resolver: CaresResolver
        let tag: Int

        init(_ resolver: CaresResolver, _ tag: Int) {
            self.resolver = resolver
            self.tag = tag
        }
    }

    private func take(_ tag: Int, _ status: Int32, _ found: UnsafeMutablePointer<ares_addrinfo>?) {
        questionCount -= 1
        var addresses: [ResolvedAddress] = []
        var seconds = CaresResolver.longestSeconds
        if status == Int32(ARES_SUCCESS), let found = unsafe found {
            var node = unsafe found.pointee.nodes
            while let entry = unsafe node {
                if let address = unsafe ResolvedAddress(entry.pointee.ai_addr) {
                    addresses.append(address)
                    seconds = unsafe min(seconds, Int(entry.pointee.ai_ttl))
                }
                unsafe node = entry.pointee.ai_next
            }
            unsafe ares_freeaddrinfo(found)
        }
        let held = max(seconds, CaresResolver.shortestSeconds)
        answers.append(NameAnswer(tag: tag, addresses: addresses, timeToLiveSeconds: held))
    }

    public func descriptors() -> [(descriptor: Int32, reads: Bool, writes: Bool)] {
        guard let channel = unsafe channel, questionCount > 0 else { return [] }
        var sockets = [ares_socket_t](repeating: -1, count: Int(ARES_GETSOCK_MAXNUM))
        let mask = unsafe ares_getsock(channel, &sockets, Int32(sockets.count))
        return sockets.enumerated().compactMap { index, socket in
            let reads = mask >> Int32(index) & 1 != 0
            let writes = mask >> Int32(index + Int(ARES_GETSOCK_MAXNUM)) & 1 != 0
            return reads || writes ? (socket, reads, writes) : nil
        }
    }

    public func nextTimeoutMilliseconds() -> Int? {
        guard let channel = unsafe channel, questionCount > 0 else { return nil }
        var longest = timeval(tv_sec: 1, tv_usec: 0)
        var shortest = timeval()
        guard let next = unsafe ares_timeout(channel, &longest, &shortest) else { return nil }
        return unsafe next.pointee.tv_sec * 1000 + Int(next.pointee.tv_usec) / 1000 + 1
    }

    public func advance(descriptor: Int32, readable: Bool, writable: Bool) {
        guard let channel = unsafe channel, questionCount > 0 else { return }
        let none = ares_socket_t(-1)
        unsafe ares_process_fd(
            channel, readable ? descriptor : none, writable ? descriptor : none)
    }

    public func takeAnswers() -> [NameAnswer] {
        defer { answers.removeAll() }
        return answers
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
