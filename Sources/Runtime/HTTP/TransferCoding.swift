/// What the Transfer-Encoding fields of a head say, taken together (RFC 9112 §6.1).
enum TransferCoding: UInt8 {
    /// There is no such field.
    case none
    /// Exactly one coding, which is `chunked`.
    case chunked
    /// Codings that are not spoken here, whatever stands behind them.
    case unknown
    /// `chunked` stands before another coding, or twice.
    case chunkedNotLast
    case malformed
}

extension TransferCoding {
    /// Takes the value of one more Transfer-Encoding field into account.
    mutating func read(_ bytes: borrowing Span<UInt8>, _ value: ByteRange) {
        guard !value.isEmpty, bytes[value.end - 1] != Byte.comma else {
            self = .malformed
            return
        }
        var rest = value.range
        while let member = nextMember(bytes, of: &rest) {
            self = followed(by: coding(bytes, member))
        }
    }

    /// What the codings so far and the next one come to; the worst of them stays.
    private func followed(by next: TransferCoding) -> TransferCoding {
        switch (self, next) {
        case (.malformed, _), (_, .malformed): .malformed
        case (.chunkedNotLast, _), (.chunked, _): .chunkedNotLast
        case (.none, _): next
        case (.unknown, _): .unknown
        }
    }

    /// What one member of the list is by itself; no coding has parameters that are known here.
    private func coding(
        _ bytes: borrowing Span<UInt8>, _ member: ByteRange
    ) -> TransferCoding {
        if equals(bytes, member, "chunked") { return .chunked }
        guard !member.isEmpty else { return .malformed }
        for index in member.range where !ByteSet.token.contains(bytes[index]) {
            return .malformed
        }
        return .unknown
    }
}
