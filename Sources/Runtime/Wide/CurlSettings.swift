import CCurl
import GatewayRuntime

/// How libcurl reaches one endpoint: what all handles for it have in common.
@safe
final class CurlSettings {
    let target: WideTarget
    private let proxy: ProxyChoice
    /// Where connections go instead of to the host of `origin`.
    private let connectTo: UnsafeMutablePointer<curl_slist>?
    /// Scheme, host and port of every url. The host is the one that the certificate has to have.
    let origin: String

    /// Whether a connection of HTTP/2 without TLS can serve again: libcurl before 8.0.1 begins anew
    /// on it, and fails.
    private static let mayReuseClear = ingot_curl_version() >= 0x08_0001

    init(_ target: WideTarget, _ environment: ProxyEnvironment) {
        self.target = target
        let place = Origin("\(target.profile.origin)")
        switch target.profile.proxy {
        case .none: proxy = .none
        case .url: proxy = ProxyChoice(url: target.proxyURL, exceptions: "")
        case .environment: proxy = environment.choice(forTLS: target.tls != nil)
        }
        let name = target.tls.map { "\($0.serverName)" } ?? place.host
        if name == place.host {
            origin = place.text
            unsafe connectTo = nil
        } else {
            origin = place.text(withHost: name)
            unsafe connectTo = curl_slist_append(nil, "::\(place.bracketedHost):\(place.port)")
        }
    }

    deinit { unsafe curl_slist_free_all(connectTo) }

    private var isHTTP2: Bool {
        if case .http2 = target.profile.version { true } else { false }
    }

    func apply(to channel: CurlChannel, _ sockets: CurlSockets) {
        let easy = unsafe CurlHandle(channel.easy)
        easy.set(CURLOPT_NOSIGNAL, 1)
        // An abort must not wait for the thread that resolves a name.
        easy.set(CURLOPT_QUICK_EXIT, 1)
        easy.set(CURLOPT_PATH_AS_IS, 1)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        easy.set(CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        easy.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        easy.set(CURLOPT_CONNECTTIMEOUT_MS, limit(target.connectMilliseconds))
        easy.set(CURLOPT_MAXAGE_CONN, max(limit(target.idleMilliseconds) / 1000, 1))
        setVersion(easy)
        setReuse(channel)
        setProxy(easy)
        if let tls = target.tls { setTLS(easy, tls) }
        if let connectTo = unsafe connectTo { unsafe easy.set(CURLOPT_CONNECT_TO, connectTo) }
        channel.register(easy, sockets)
    }

    /// A clock that never runs out where the gateway wants none.
    private func limit(_ milliseconds: Int) -> Int {
        milliseconds == 0 ? Int(Int32.max) : milliseconds
    }

    private func setVersion(_ easy: CurlHandle) {
        guard isHTTP2 else {
            easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
            return
        }
        let version =
            target.tls == nil ? CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE : CURL_HTTP_VERSION_2TLS
        easy.set(CURLOPT_HTTP_VERSION, Int(version))
    }

    /// Lets connections serve again, after a request that was aborted as well.
    func setReuse(_ channel: CurlChannel) {
        let isForbidden = isHTTP2 && target.tls == nil && !CurlSettings.mayReuseClear
        let easy = unsafe CurlHandle(channel.easy)
        easy.set(CURLOPT_FORBID_REUSE, isForbidden ? 1 : 0)
    }

    private func setProxy(_ easy: CurlHandle) {
        easy.set(CURLOPT_PROXY, proxy.url)
        easy.set(CURLOPT_NOPROXY, proxy.exceptions)
        // A proxy that is asked for an http url speaks HTTP/1.1 itself.
        if isHTTP2 { easy.set(CURLOPT_HTTPPROXYTUNNEL, 1) }
        // A proxy of https is trusted as the machine says, whomever the endpoint's `ca` names.
        easy.set(CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        trustMachine(easy, file: CURLOPT_PROXY_CAINFO, folder: CURLOPT_PROXY_CAPATH)
    }

    /// libcurl itself does not look into these variables.
    private func trustMachine(_ easy: CurlHandle, file: CURLoption, folder: CURLoption) {
        if let path = ProxyEnvironment.value(of: "SSL_CERT_FILE") { easy.set(file, path) }
        if let path = ProxyEnvironment.value(of: "SSL_CERT_DIR") { easy.set(folder, path) }
    }

    private func setTLS(_ easy: CurlHandle, _ tls: TLSProfile) {
        switch tls.minimumVersion {
        case .tls12: easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        case .tls13: easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_3))
        }
        easy.set(CURLOPT_SSL_VERIFYPEER, tls.verifies ? 1 : 0)
        easy.set(CURLOPT_SSL_VERIFYHOST, tls.verifies ? 2 : 0)
        switch tls.authorities {
        case .system:
            trustMachine(easy, file: CURLOPT_CAINFO, folder: CURLOPT_CAPATH)
        case .pinned(let text):
            unsafe easy.set(CURLOPT_CAINFO, nil)
            unsafe easy.set(CURLOPT_CAPATH, nil)
            easy.setBlob(CURLOPT_CAINFO_BLOB, Array("\(text)".utf8))
        }
        if target.certificate.isEmpty { return }
        easy.setBlob(CURLOPT_SSLCERT_BLOB, target.certificate)
        easy.setBlob(CURLOPT_SSLKEY_BLOB, target.key)
    }
}

/// A libcurl handle whose options are set.
@safe
struct CurlHandle {
    private let easy: UnsafeMutableRawPointer

    init(_ easy: UnsafeMutableRawPointer) { unsafe self.easy = easy }

    func set(_ option: CURLoption, _ value: Int) {
        unsafe ingot_curl_number(easy, option, value)
    }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ text: String) {
        unsafe text.withCString { unsafe set(option, $0) }
    }

    func set(_ option: CURLoption, _ pointer: UnsafeRawPointer?) {
        unsafe ingot_curl_pointer(easy, option, pointer)
    }

    func setSize(_ option: CURLoption, _ byteCount: Int) {
        unsafe ingot_curl_size(easy, option, byteCount)
    }

    func setBlob(_ option: CURLoption, _ bytes: [UInt8]) {
        _ = unsafe bytes.withUnsafeBytes {
            unsafe ingot_curl_blob(easy, option, $0.baseAddress, $0.count)
        }
    }

    func setCallback(_ option: CURLoption, _ callback: @escaping ingot_curl_transfer) {
        unsafe ingot_curl_callback(easy, option, callback)
    }
}
