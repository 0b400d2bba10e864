import CCurl
import GatewayRuntime

extension WideFault {
    /// What a failed transfer's code says, with what the handle remembers of it.
    init(_ code: CURLcode, of channel: CurlChannel) {
        let proxyStatus = unsafe ingot_curl_told(channel.easy, CURLINFO_HTTP_CONNECTCODE)
        if proxyStatus >= 300 && !channel.answer.hasHead {
            self = .proxyRefused
            return
        }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST:
            self = .unknownName
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED:
            self = .connectFailed
        case CURLE_OPERATION_TIMEDOUT:
            self = .connectTimeout
        case CURLE_PROXY:
            self = .proxyRefused
        case CURLE_PEER_FAILED_VERIFICATION:
            let result = unsafe ingot_curl_told(channel.easy, CURLINFO_SSL_VERIFYRESULT)
            self = .handshake(HandshakeFault(verification: result))
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            self = .handshake(.untrusted)
        case CURLE_SSL_CONNECT_ERROR:
            self = .handshake(HandshakeFault(text: channel.errorWords))
        case CURLE_SSL_CERTPROBLEM, CURLE_SSL_CLIENTCERT, CURLE_SSL_CIPHER:
            self = .handshake(.refusedByPeer)
        case CURLE_SEND_FAIL_REWIND:
            self = .staleConnection
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_WRITE_ERROR, CURLE_HTTP2,
            CURLE_OK:
            self = .malformedAnswer
        case CURLE_RECV_ERROR where channel.errorWords.contains("alert"):
            self = .handshake(.refusedByPeer)
        default:
            self = .closedEarly
        }
    }
}

extension HandshakeFault {
    /// OpenSSL's reason not to take a certificate; 0, or 1 for what OpenSSL gives no reason for: it
    /// was libcurl, to which its name is another.
    fileprivate init(verification result: Int) {
        switch result {
        case 0, 1, 62, 64: self = .wrongName
        case 9, 10: self = .expired
        case 2, 18, 19, 20, 21, 27: self = .untrusted
        default: self = .unacceptable
        }
    }

    /// What OpenSSL says of a handshake that came to nothing for another reason.
    fileprivate init(text: String) {
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        if says("certificate required", "bad certificate", "unknown ca", "certificate unknown") {
            self = .refusedByPeer
        } else if says("protocol version", "no protocols", "handshake failure", "unsupported") {
            self = .noCommonProtocol
        } else if says("SSL_ERROR_SYSCALL", "eof", "Connection reset") {
            self = .closed
        } else {
            self = .malformed
        }
    }
}
