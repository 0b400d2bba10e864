import CLibCurl
import Glibc

/// One question on its way through libcurl.
///
/// A class, because libcurl holds its address while it calls back.
final class Transfer {
    /// An answer's body and head have at most as many bytes.
    static let bodyByteLimit = 8 * Units.mebibyte
    static let headByteLimit = 64 * Units.kibibyte

    let easy: UnsafeMutableRawPointer
    private let errorText: UnsafeMutablePointer<CChar>
    private var fields: UnsafeMutablePointer<curl_slist>?
    private var redirection: UnsafeMutablePointer<curl_slist>?
    private var body: [UInt8] = []
    private var headByteCount = 0
    private var tls: ModelAnswer.TLS?
    /// Whether a connection stood, so that TLS could begin.
    private var hasBegunTLS = false
    private let question: ModelQuestion
    private let timeoutMilliseconds: Int

    /// Nil where libcurl has no memory.
    init?(_ question: ModelQuestion, timeoutMilliseconds: Int) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.question = question
        self.timeoutMilliseconds = timeoutMilliseconds
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setQuestion()
        setReceivers()
        setRoute()
        if let tls = question.tls {
            setTLS(tls)
            watchTLS()
        }
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(fields)
        curl_slist_free_all(redirection)
        errorText.deallocate()
    }

    /// What has come of it.
    ///
    /// - Parameter code: what libcurl ended it with.
    func answer(_ code: CURLcode) -> ModelAnswer {
        var answer = ModelAnswer()
        answer.address = address
        answer.tls = tls
        answer.connectMicroseconds = time(CURLINFO_CONNECT_TIME_T)
        answer.firstByteMicroseconds = time(CURLINFO_STARTTRANSFER_TIME_T)
        answer.body = body
        let status = Int(curl_get_number(easy, CURLINFO_RESPONSE_CODE))
        if status > 0 { answer.status = status }
        if code != CURLE_OK { answer.failure = failure(code) }
        return answer
    }

    private var address: String? {
        if let path = question.socketPath { return "unix:\(path)" }
        guard let text = curl_get_text(easy, CURLINFO_PRIMARY_IP) else { return nil }
        let host = String(cString: text)
        guard !host.isEmpty else { return nil }
        let port = curl_get_number(easy, CURLINFO_PRIMARY_PORT)
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Microseconds from the beginning; nil where it did not come to that.
    private func time(_ what: CURLINFO) -> Int? {
        let value = Int(curl_get_size(easy, what))
        return value > 0 ? value : nil
    }

    private var excess: String? {
        if headByteCount > Self.headByteLimit { return "the answer's head" }
        return body.count > Self.bodyByteLimit ? "the answer" : nil
    }

    private func failure(_ code: CURLcode) -> TransferFailure {
        TransferFailure(
            code: code,
            detail: String(cString: errorText),
            systemError: Int32(truncatingIfNeeded: curl_get_number(easy, CURLINFO_OS_ERRNO)),
            verifyResult: curl_get_number(easy, CURLINFO_SSL_VERIFYRESULT),
            isResolved: time(CURLINFO_NAMELOOKUP_TIME_T) != nil,
            isConnected: hasBegunTLS || time(CURLINFO_CONNECT_TIME_T) != nil,
            isSecured: question.tls == nil || time(CURLINFO_APPCONNECT_TIME_T) != nil,
            isAnswered: time(CURLINFO_STARTTRANSFER_TIME_T) != nil,
            excess: excess,
            proxyStatus: Int(curl_get_number(easy, CURLINFO_HTTP_CONNECTCODE)),
            timeoutMilliseconds: timeoutMilliseconds
        )
    }
}

extension Transfer {
    private func setQuestion() {
        curl_set_text(easy, CURLOPT_URL, question.url)
        for field in question.fields { fields = curl_slist_append(fields, field) ?? fields }
        curl_set_list(easy, CURLOPT_HTTPHEADER, fields)
        curl_set_text(easy, CURLOPT_PROTOCOLS_STR, question.tls == nil ? "http" : "https")
        curl_set_number(easy, CURLOPT_PATH_AS_IS, 1)
        curl_set_number(easy, CURLOPT_NOSIGNAL, 1)
        // Else a resolver that hangs would be waited for at the end.
        curl_set_number(easy, CURLOPT_QUICK_EXIT, 1)
        curl_set_number(easy, CURLOPT_TIMEOUT_MS, timeoutMilliseconds)
        curl_set_number(easy, CURLOPT_CONNECTTIMEOUT_MS, timeoutMilliseconds)
        setVersion()
    }

    private func setVersion() {
        guard question.isHTTP2 else {
            curl_set_number(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
            return
        }
        let version =
            question.tls == nil ? CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE : CURL_HTTP_VERSION_2TLS
        curl_set_number(easy, CURLOPT_HTTP_VERSION, Int(version))
        // A proxy that is asked for an http url speaks HTTP/1.1 itself.
        curl_set_number(easy, CURLOPT_HTTPPROXYTUNNEL, 1)
    }

    private func setReceivers() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        curl_set_pointer(easy, CURLOPT_WRITEDATA, context)
        curl_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            Transfer.at(context)?.receiveBody(bytes, size * count) ?? 0
        }
        curl_set_pointer(easy, CURLOPT_HEADERDATA, context)
        curl_set_receiver(easy, CURLOPT_HEADERFUNCTION) { _, size, count, context in
            Transfer.at(context)?.receiveHead(size * count) ?? 0
        }
    }

    /// Without a setting of its own libcurl would heed `http_proxy`, which the gateway does not.
    private func setRoute() {
        curl_set_text(easy, CURLOPT_PROXY, question.proxy)
        curl_set_text(easy, CURLOPT_NOPROXY, question.proxyExceptions)
        curl_set_number(easy, CURLOPT_PROXY_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        trustMachine(file: CURLOPT_PROXY_CAINFO, folder: CURLOPT_PROXY_CAPATH)
        curl_set_number(easy, CURLOPT_HEADEROPT, Int(CURLHEADER_SEPARATE))
        curl_set_number(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        if let path = question.socketPath { curl_set_text(easy, CURLOPT_UNIX_SOCKET_PATH, path) }
        if let place = question.connectTo {
            redirection = curl_slist_append(nil, place)
            curl_set_list(easy, CURLOPT_CONNECT_TO, redirection)
        }
    }

    private func watchTLS() {
        curl_set_pointer(easy, CURLOPT_SSL_CTX_DATA, Unmanaged.passUnretained(self).toOpaque())
        curl_set_tls_watcher(easy) { _, _, context in
            Transfer.at(context)?.hasBegunTLS = true
            return CURLE_OK
        }
    }

    private func setTLS(_ tls: ModelQuestion.Security) {
        let profile = tls.profile
        curl_set_number(easy, CURLOPT_SSL_VERIFYPEER, profile.verifies ? 1 : 0)
        curl_set_number(easy, CURLOPT_SSL_VERIFYHOST, profile.verifies ? 2 : 0)
        switch profile.minimumVersion {
        case .tls12: curl_set_number(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        case .tls13: curl_set_number(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_3))
        }
        switch profile.authorities {
        case .system:
            trustMachine(file: CURLOPT_CAINFO, folder: CURLOPT_CAPATH)
        case .pinned(_, let list):
            // Else the machine's own authorities would be trusted as well.
            curl_set_text(easy, CURLOPT_CAINFO, nil)
            curl_set_text(easy, CURLOPT_CAPATH, nil)
            set(CURLOPT_CAINFO_BLOB, Array(list.pem.utf8))
        }
        if tls.certificate.isEmpty { return }
        set(CURLOPT_SSLCERT_BLOB, tls.certificate)
        set(CURLOPT_SSLKEY_BLOB, tls.key)
    }

    private func trustMachine(file: CURLoption, folder: CURLoption) {
        if let path = Environment["SSL_CERT_FILE"] { curl_set_text(easy, file, path) }
        if let path = Environment["SSL_CERT_DIR"] { curl_set_text(easy, folder, path) }
    }

    private func set(_ option: CURLoption, _ bytes: [UInt8]) {
        var bytes = bytes
        curl_set_bytes(easy, option, &bytes, bytes.count)
    }

    private static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Returns what was taken; anything less than `count` ends the transfer.
    private func receiveBody(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        body += UnsafeRawBufferPointer(start: bytes, count: count)
        return body.count > Self.bodyByteLimit ? 0 : count
    }

    /// The session can be looked at only while the transfer runs.
    private func receiveHead(_ count: Int) -> Int {
        if tls == nil {
            var seconds: Int64 = 0
            if let version = curl_get_tls(easy, &seconds) {
                tls = ModelAnswer.TLS(version: String(cString: version), secondsLeft: Int(seconds))
            }
        }
        headByteCount += count
        return headByteCount > Self.headByteLimit ? 0 : count
    }
}
