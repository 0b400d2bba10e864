/// A refusal in OpenAI's shape.
struct OpenAIError: Error, Equatable {
    var status: Int
    var message: String
    var type: String
    var parameter: String?
    var code: String?
    var fields: [Field] = []

    var json: JSON {
        [
            "error": [
                "message": .string(message),
                "type": .string(type),
                "param": parameter.map(JSON.string) ?? nil,
                "code": code.map(JSON.string) ?? nil,
            ]
        ]
    }

    var answer: Answer { Answer(status: status, json, fields: fields) }
}

extension OpenAIError {
    /// A mistake of the caller: 400.
    static func invalid(
        _ message: String,
        parameter: String? = nil,
        code: String? = nil
    ) -> OpenAIError {
        OpenAIError(
            status: 400,
            message: message,
            type: "invalid_request_error",
            parameter: parameter,
            code: code
        )
    }

    static func missing(_ parameter: String) -> OpenAIError {
        invalid(
            "Missing required parameter: '\(parameter)'.",
            parameter: parameter,
            code: "missing_required_parameter"
        )
    }

    static let missingModel = invalid("you must provide a model parameter")

    static let notJSON = invalid(
        "We could not parse the JSON body of your request. The OpenAI API expects a JSON payload."
    )

    static func unknownModel(_ model: String) -> OpenAIError {
        OpenAIError(
            status: 404,
            message: "The model `\(model)` does not exist or you do not have access to it.",
            type: "invalid_request_error",
            parameter: nil,
            code: "model_not_found"
        )
    }

    static func unknownPath(_ request: Request) -> OpenAIError {
        OpenAIError(
            status: 404,
            message: "Invalid URL (\(request.method) \(request.path))",
            type: "invalid_request_error"
        )
    }

    static func wrongMethod(_ request: Request, allowed: String) -> OpenAIError {
        OpenAIError(
            status: 405,
            message: "Not allowed to \(request.method) on \(request.path).",
            type: "invalid_request_error",
            code: "method_not_supported",
            fields: [Field("Allow", allowed)]
        )
    }

    /// What OpenAI says with `status`, for a failure on demand.
    static func demanded(status: Int) -> OpenAIError {
        switch status {
        case 401:
            OpenAIError(
                status: 401,
                message: "Invalid API key provided",
                type: "invalid_request_error",
                code: "invalid_api_key"
            )
        case 429:
            OpenAIError(
                status: 429,
                message: "Rate limit reached for requests",
                type: "requests",
                code: "rate_limit_exceeded",
                fields: [Field("Retry-After", "7")]
            )
        case 400..<500:
            invalid("The request was refused on demand with \(status)").with(status: status)
        default:
            OpenAIError(
                status: status,
                message: "The server failed on demand with \(status)",
                type: "server_error"
            )
        }
    }

    private func with(status: Int) -> OpenAIError {
        var copy = self
        copy.status = status
        return copy
    }
}
