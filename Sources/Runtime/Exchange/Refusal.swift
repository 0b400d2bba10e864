/// An answer that the gateway gives by itself because it cannot or may not forward a request.
///
/// Each is worded here and nowhere else, in OpenAI's error shape; none shows an internal address.
struct Refusal {
    let status: UInt16
    let kind: StaticString
    /// nil: JSON's null.
    let code: StaticString?
    let parameter: StaticString?
    let message: StaticString
    /// Whether the model's name stands behind the message.
    var namesModel = false
    /// Whether the endpoint's name stands behind the message.
    var namesEndpoint = false
    /// Whether it is the drain that ends the exchange.
    var isDraining = false
    /// Whether it is the total time that ends the exchange.
    var endsTotal = false
    /// `Allow`, where a method is not allowed.
    var allow: StaticString?
    /// `Retry-After`, where asking again soon will help.
    var retryAfterSeconds: StaticString?
    /// The limit that has no room, where it is one.
    var rate: RateNotice?

    init(
        _ status: UInt16, _ kind: StaticString, code: StaticString? = nil,
        parameter: StaticString? = nil, _ message: StaticString
    ) {
        self.status = status
        self.kind = kind
        self.code = code
        self.parameter = parameter
        self.message = message
    }

    init(_ fault: HeadFault) {
        self.init(fault.status, "invalid_request_error", code: "invalid_http", fault.message)
    }

    static func invalid(
        _ status: UInt16, _ code: StaticString, _ message: StaticString,
        parameter: StaticString? = nil
    ) -> Refusal {
        Refusal(status, "invalid_request_error", code: code, parameter: parameter, message)
    }

    private static func upstream(
        _ status: UInt16, _ code: StaticString, _ message: StaticString
    ) -> Refusal {
        var refusal = Refusal(status, "upstream_error", code: code, message)
        refusal.namesEndpoint = true
        return refusal
    }

    static func limited(
        _ status: UInt16, _ code: StaticString, _ message: StaticString, _ rate: RateNotice
    ) -> Refusal {
        var refusal = Refusal(status, "requests", code: code, message)
        refusal.rate = rate
        return refusal
    }

    // MARK: the rate of requests

    static func clientLimited(_ rate: RateNotice) -> Refusal {
        limited(
            429, "rate_limit_exceeded",
            "Rate limit reached: too many requests from this address.", rate)
    }
    static func gatewayLimited(_ rate: RateNotice) -> Refusal {
        limited(
            429, "rate_limit_exceeded", "Rate limit reached: too many requests to this gateway.",
            rate)
    }
    static func endpointsLimited(_ rate: RateNotice, namingModel: Bool) -> Refusal {
        if !namingModel {
            return limited(
                429, "rate_limit_exceeded",
                "Rate limit reached: no endpoint has room for this request.", rate)
        }
        var refusal = limited(
            429, "rate_limit_exceeded", "Rate limit reached: no endpoint has room for the model",
            rate)
        refusal.namesModel = true
        return refusal
    }

    // MARK: the request

    static var unknownPath: Refusal {
        invalid(404, "unknown_url", "There is no such route on this gateway.")
    }
    static func methodNotAllowed(_ allow: StaticString) -> Refusal {
        var refusal = invalid(405, "method_not_allowed", "This route does not have that method.")
        refusal.allow = allow
        return refusal
    }
    static var headerTimeout: Refusal {
        invalid(408, "request_timeout", "The request's head did not come in time.")
    }
    static var bodyTimeout: Refusal {
        invalid(408, "request_timeout", "The request's body did not come in time.")
    }
    static var bodyTooLarge: Refusal {
        invalid(413, "request_too_large", "The request's body is larger than this gateway takes.")
    }
    static var modelTooFarBehind: Refusal {
        invalid(
            413, "model_too_far_behind",
            "So large a body has to name its model near the beginning: put `model` first.",
            parameter: "model")
    }
    static var malformedChunk: Refusal {
        invalid(400, "invalid_http", "The request's chunked body is malformed.")
    }
    static var lengthRequired: Refusal {
        invalid(400, "missing_body", "This route needs a request body.")
    }

    // MARK: its model

    static var notJSON: Refusal {
        invalid(400, "invalid_json", "The request's body is not a JSON object.")
    }
    static var notForm: Refusal {
        invalid(400, "invalid_form", "The request's body is not well-formed multipart/form-data.")
    }
    static var missingModel: Refusal {
        invalid(
            400, "missing_model", "You must provide a `model` parameter.", parameter: "model")
    }
    static var modelNotString: Refusal {
        invalid(
            400, "invalid_model", "`model` has to be a string of 1 to 256 bytes.",
            parameter: "model")
    }
    static var ambiguousModel: Refusal {
        invalid(
            400, "ambiguous_model", "The request names `model` more than once.",
            parameter: "model")
    }
    static var unknownModel: Refusal {
        var refusal = invalid(
            404, "model_not_found", "No endpoint of this gateway serves the model",
            parameter: "model")
        refusal.namesModel = true
        return refusal
    }

    static var modelNotKnownYet: Refusal {
        var refusal = upstream(
            503, "models_not_known_yet",
            "This gateway has just started; not all endpoints have told yet whether they serve")
        refusal.namesModel = true
        refusal.retryAfterSeconds = "1"
        return refusal
    }

    // MARK: the endpoint

    /// None of the model's endpoints is asked, because each is out.
    static func noneHealthy(namingModel: Bool) -> Refusal {
        var refusal = upstream(
            503, "no_healthy_endpoint",
            namingModel
                ? "No endpoint is healthy at the moment that serves the model"
                : "No endpoint that could take this request is healthy at the moment.")
        refusal.namesModel = namingModel
        refusal.namesEndpoint = false
        refusal.retryAfterSeconds = "5"
        return refusal
    }
    static var unreachable: Refusal {
        upstream(502, "endpoint_unreachable", "The endpoint could not be reached:")
    }
    static var closedEarly: Refusal {
        upstream(502, "endpoint_closed", "The endpoint closed the connection without an answer:")
    }
    static var malformedAnswer: Refusal {
        upstream(502, "endpoint_malformed", "The endpoint's answer is not well-formed HTTP:")
    }
    static var brokenAnswer: Refusal {
        upstream(502, "endpoint_cut", "The endpoint's answer broke off:")
    }
    static var connectTimeout: Refusal {
        upstream(504, "endpoint_timeout", "The endpoint could not be connected to in time:")
    }
    static var proxyRefused: Refusal {
        upstream(502, "proxy_refused", "The outgoing proxy gives no way to the endpoint:")
    }
    static func handshakeFailed(_ fault: HandshakeFault) -> Refusal {
        upstream(502, "endpoint_tls", fault.sentence)
    }
    static var handshakeTimeout: Refusal {
        upstream(
            504, "endpoint_timeout", "The endpoint did not complete its TLS handshake in time:")
    }
    static var answerTimeout: Refusal {
        upstream(504, "endpoint_timeout", "The endpoint did not begin to answer in time:")
    }
    static var stalled: Refusal {
        upstream(504, "endpoint_stalled", "The endpoint stopped in the middle of its answer:")
    }
    static var totalTimeout: Refusal {
        var refusal = upstream(
            504, "total_timeout", "The answer took longer than the endpoint is given in all:")
        refusal.endsTotal = true
        return refusal
    }
    static var emptyStream: Refusal {
        upstream(502, "endpoint_empty_stream", "The endpoint's stream ended without an event:")
    }
    static var draining: Refusal {
        var refusal = upstream(
            503, "gateway_draining", "The gateway is being stopped; the answer is not whole:")
        refusal.isDraining = true
        return refusal
    }

    /// What a client is told of an endpoint that failed before its answer began.
    init(_ failure: UpstreamFailure) {
        switch failure {
        case .unknownName, .connectFailed: self = .unreachable
        case .connectTimeout: self = .connectTimeout
        case .proxyRefused: self = .proxyRefused
        case .handshakeFailed(let fault): self = .handshakeFailed(fault)
        case .handshakeTimeout: self = .handshakeTimeout
        case .closedEarly: self = .closedEarly
        case .headerTimeout: self = .answerTimeout
        case .malformedAnswer, .unaskedUpgrade: self = .malformedAnswer
        case .cut: self = .brokenAnswer
        case .idleTimeout: self = .stalled
        case .totalTimeout: self = .totalTimeout
        case .errorEvent, .emptyStream: self = .emptyStream
        case .drain: self = .draining
        }
    }
}

extension HandshakeFault {
    /// What a client is told; the endpoint's name stands behind it.
    var sentence: StaticString {
        switch self {
        case .expired: "The endpoint's certificate has expired or is not valid yet:"
        case .wrongName: "The endpoint's certificate is for another name:"
        case .untrusted: "The endpoint's certificate is not from an authority that is trusted:"
        case .unacceptable: "The endpoint's certificate cannot be accepted:"
        case .noCommonProtocol: "The endpoint offers no TLS version or cipher that is accepted:"
        case .refusedByPeer: "The endpoint does not accept the certificate that it is shown:"
        case .malformed: "The endpoint does not speak TLS as it should:"
        case .closed: "The endpoint closed the connection in the middle of the TLS handshake:"
        }
    }

    /// One word for logs.
    var text: StaticString {
        switch self {
        case .expired: "tls_expired"
        case .wrongName: "tls_wrong_name"
        case .untrusted: "tls_untrusted"
        case .unacceptable: "tls_unacceptable"
        case .noCommonProtocol: "tls_no_common_protocol"
        case .refusedByPeer: "tls_refused_by_peer"
        case .malformed: "tls_malformed"
        case .closed: "tls_closed"
        }
    }
}
