import CCurl
import GatewayRuntime
import Glibc

/// What is told to a channel's libcurl handle: once, and for each request.
extension CurlChannel {
    /// The channel that a callback is for.
    static func of(_ user: UnsafeMutableRawPointer?) -> CurlChannel? {
        guard let user = unsafe user else { return nil }
        return unsafe Unmanaged<CurlChannel>.fromOpaque(user).takeUnretainedValue()
    }

    /// Names the callbacks, once for a handle.
    func register(_ easy: CurlHandle, _ sockets: CurlSockets) {
        let channel = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe easy.set(CURLOPT_PRIVATE, channel)
        unsafe easy.set(CURLOPT_HEADERDATA, channel)
        unsafe easy.set(CURLOPT_WRITEDATA, channel)
        unsafe easy.set(CURLOPT_READDATA, channel)
        unsafe easy.set(CURLOPT_ERRORBUFFER, errorText)
        unsafe easy.setCallback(CURLOPT_HEADERFUNCTION) { bytes, size, count, user in
            guard let start = unsafe plain(bytes), let channel = unsafe CurlChannel.of(user) else {
                return 0
            }
            return unsafe channel.hasLine(start, size * count) ? size * count : 0
        }
        unsafe easy.setCallback(CURLOPT_WRITEFUNCTION) { bytes, size, count, user in
            guard let start = unsafe plain(bytes), let channel = unsafe CurlChannel.of(user) else {
                return 0
            }
            return unsafe channel.hasBody(start, size * count)
        }
        unsafe easy.setCallback(CURLOPT_READFUNCTION) { bytes, size, count, user in
            guard let start = unsafe plain(bytes), let channel = unsafe CurlChannel.of(user) else {
                return Int(CURL_READFUNC_ABORT)
            }
            return unsafe channel.wantsBody(start, size * count)
        }
        registerSockets(easy, sockets)
    }

    /// A connection's descriptor is known from its opening to its close.
    private func registerSockets(_ easy: CurlHandle, _ sockets: CurlSockets) {
        let user = unsafe Unmanaged.passUnretained(sockets).toOpaque()
        unsafe easy.set(CURLOPT_OPENSOCKETDATA, user)
        unsafe easy.set(CURLOPT_CLOSESOCKETDATA, user)
        unsafe ingot_curl_on_open(self.easy) { user, _, address in
            guard let address = unsafe address else { return -1 }
            let descriptor = unsafe socket(
                address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
                address.pointee.protocol)
            unsafe CurlSockets.with(user) { $0.opened(descriptor) }
            return descriptor
        }
        unsafe ingot_curl_on_close(self.easy) { user, descriptor in
            unsafe CurlSockets.with(user) { $0.closing(descriptor) }
            return Glibc.close(descriptor)
        }
    }

    /// Tells the handle of the request that has come.
    func prepare() {
        let handle = unsafe CurlHandle(easy)
        url.removeAll()
        var text = settings.origin
        text.withUTF8 { bytes in
            if let start = bytes.baseAddress { unsafe url.append(start, bytes.count) }
        }
        if let start = unsafe request.target.baseAddress {
            unsafe url.append(start, request.target.count)
        }
        url.append(0)
        unsafe handle.set(CURLOPT_URL, url.first)
        unsafe handle.set(CURLOPT_HTTPHEADER, request.fields())
        prepareBody(handle)
        unsafe handle.set(CURLOPT_CUSTOMREQUEST, request.method)
        unsafe errorText.pointee = 0
    }

    private func prepareBody(_ handle: CurlHandle) {
        let next = neededKind
        if kind != next && kind != .other {
            handle.set(CURLOPT_NOBODY, 0)
            handle.set(CURLOPT_HTTPGET, 1)
        }
        switch next {
        case .none:
            if kind != next { handle.set(CURLOPT_HTTPGET, 1) }
        case .head:
            handle.set(CURLOPT_NOBODY, 1)
        case .whole:
            handle.setSize(CURLOPT_POSTFIELDSIZE_LARGE, body.count)
            if let start = unsafe body.first {
                unsafe handle.set(CURLOPT_POSTFIELDS, start)
            } else {
                unsafe handle.set(CURLOPT_POSTFIELDS, errorText)
            }
        case .stream, .other:
            handle.set(CURLOPT_UPLOAD, 1)
            if case .length(let length) = request.framing {
                handle.setSize(CURLOPT_INFILESIZE_LARGE, length)
            } else {
                handle.setSize(CURLOPT_INFILESIZE_LARGE, -1)
            }
        }
        kind = next
    }

    private var neededKind: Kind {
        switch request.framing {
        case .none:
            let isHead = unsafe request.method.map { unsafe strcmp($0, "HEAD") == 0 } ?? false
            return isHead ? .head : .none
        case .length: return upload.isComplete ? .whole : .stream
        case .chunked: return .stream
        }
    }
}

/// What C calls characters, as bytes.
private func plain(_ bytes: UnsafeMutablePointer<CChar>?) -> UnsafeMutablePointer<UInt8>? {
    unsafe bytes.map {
        unsafe UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt8.self)
    }
}

extension CurlSockets {
    /// Gives what a callback of libcurl was registered with.
    static func with(_ user: UnsafeMutableRawPointer?, _ body: (CurlSockets) -> Void) {
        guard let user = unsafe user else { return }
        unsafe Unmanaged<CurlSockets>.fromOpaque(user)._withUnsafeGuaranteedRef(body)
    }
}
