/// What came of a question.
struct ModelAnswer {
    /// What was reached, or tried last: `127.0.0.1:8081`, `[::1]:443`, `unix:/run/llm.sock`.
    var address: String?
    /// From the beginning until the connection stood, the search for a name included.
    var connectMicroseconds: Int?
    var tls: TLS?
    /// From the beginning until the first byte of the answer.
    var firstByteMicroseconds: Int?
    var status: Int?
    /// 0…`Transfer.bodyByteLimit` bytes.
    var body: [UInt8] = []
    /// Nil: an answer came whole, whatever it says.
    var failure: TransferFailure?

    struct TLS {
        /// `TLSv1.3`.
        var version: String
        /// Until the certificate expires; negative where it has.
        var secondsLeft: Int

        /// Whole days, downwards.
        var daysLeft: Int { Int((Double(secondsLeft) / 86_400).rounded(.down)) }
    }
}
