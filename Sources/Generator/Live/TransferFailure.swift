import CLibCurl
import Glibc

/// Why no answer came whole, and how far it went.
struct TransferFailure {
    var code: CURLcode
    /// libcurl's own words; they may hold what a server has sent.
    var detail: String
    /// The `errno` of the call that failed; 0: none.
    var systemError: Int32
    /// What OpenSSL says of the chain, `X509_V_…`.
    var verifyResult: Int
    var isResolved: Bool
    var isConnected: Bool
    /// True without TLS as well.
    var isSecured: Bool
    var isAnswered: Bool
    /// What is larger than it may be; nil: nothing is.
    var excess: String?
    var timeoutMilliseconds: Int

    /// What went wrong, as a clause: `the connection is refused`.
    var words: String {
        if let excess { return "\(excess) is larger than is read" }
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST: return "the name is not found"
        case CURLE_COULDNT_RESOLVE_PROXY: return "the name of the proxy is not found"
        case CURLE_COULDNT_CONNECT: return "no connection: \(reason)"
        case CURLE_OPERATION_TIMEDOUT: return timeoutWords
        case CURLE_PEER_FAILED_VERIFICATION: return "the certificate is not valid: \(doubt)"
        case CURLE_SSL_CONNECT_ERROR: return "TLS is not agreed on: \(reason)"
        case CURLE_SSL_CERTPROBLEM: return "the client certificate or its key is not usable"
        case CURLE_SSL_CACERT_BADFILE: return "no authorities to trust: \(reason)"
        case CURLE_PROXY: return "the proxy does not connect: \(reason)"
        case CURLE_GOT_NOTHING: return "it closes the connection without an answer"
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
            return "what it says is not HTTP"
        case CURLE_PARTIAL_FILE: return "the answer is cut off"
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR: return "the connection breaks: \(reason)"
        default: return reason
        }
    }

    private var timeoutWords: String {
        let limit = Units.duration(timeoutMilliseconds)
        if !isResolved { return "the name is not found within \(limit)" }
        if !isConnected { return "no connection within \(limit)" }
        if !isSecured { return "TLS is not agreed on within \(limit)" }
        return isAnswered ? "the answer does not end within \(limit)" : "no answer within \(limit)"
    }

    /// What the system, else libcurl, says of it.
    private var reason: String {
        if systemError != 0 { return String(cString: strerror(systemError)) }
        return detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    }

    private var doubt: String {
        switch Int32(verifyResult) {
        case X509_V_ERR_CERT_HAS_EXPIRED: "it has expired"
        case X509_V_ERR_CERT_NOT_YET_VALID: "its time has not begun"
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: "it is signed by itself alone"
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: "its chain ends at an unknown authority"
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            "its issuer is unknown, or the chain is not complete"
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH, X509_V_OK:
            "it is for another name (\(reason))"
        default: reason
        }
    }
}
