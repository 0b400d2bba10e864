import COpenSSL
import GatewayRuntime

extension HandshakeFault {
    /// What broke a session.
    ///
    /// - Parameters:
    ///   - reason: OpenSSL's, `SSL_R_…`; 0: the connection.
    ///   - verification: what became of the other side's certificate, `X509_V_…`.
    ///   - wasAsked: whether the other side asked for a certificate.
    init(reason: Int32, verification: Int32, wasAsked: Bool) {
        if reason == SSL_R_CERTIFICATE_VERIFY_FAILED {
            self.init(verification: verification)
        } else {
            self.init(reason: reason, wasAsked: wasAsked)
        }
    }

    private init(verification code: Int32) {
        switch code {
        case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID: self = .expired
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH: self = .wrongName
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
            X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_CERT_UNTRUSTED,
            X509_V_ERR_CERT_CHAIN_TOO_LONG:
            self = .untrusted
        default: self = .unacceptable
        }
    }

    private init(reason: Int32, wasAsked: Bool) {
        switch reason {
        case 0, SSL_R_UNEXPECTED_EOF_WHILE_READING:
            self = .closed
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
            // Versions before TLS 1.3 have no alert of its own for a certificate that is missing.
            self = wasAsked ? .refusedByPeer : .noCommonProtocol
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY,
            SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL, SSL_R_NO_APPLICATION_PROTOCOL,
            SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_NO_SHARED_CIPHER, SSL_R_NO_CIPHERS_AVAILABLE,
            SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM, SSL_R_NO_SUITABLE_GROUPS,
            SSL_R_VERSION_TOO_LOW, SSL_R_DH_KEY_TOO_SMALL:
            self = .noCommonProtocol
        case SSL_R_TLSV1_UNRECOGNIZED_NAME:
            self = .wrongName
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE,
            SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED, SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED,
            SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, SSL_R_SSLV3_ALERT_NO_CERTIFICATE,
            SSL_R_TLSV1_ALERT_UNKNOWN_CA, SSL_R_TLSV1_ALERT_ACCESS_DENIED,
            SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED, SSL_R_TLSV1_ALERT_DECRYPT_ERROR:
            self = .refusedByPeer
        case SSL_R_EE_KEY_TOO_SMALL, SSL_R_CA_KEY_TOO_SMALL, SSL_R_CA_MD_TOO_WEAK:
            self = .unacceptable
        default:
            self = .malformed
        }
    }
}
