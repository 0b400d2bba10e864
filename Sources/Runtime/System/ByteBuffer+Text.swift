/// Numbers and times as text.
extension ByteBuffer {
    mutating func append(decimal value: Int) {
        if value < 0 {
            append(UInt8(ascii: "-"))
            append(decimal: value.magnitude)
        } else {
            append(decimal: UInt(value))
        }
    }

    mutating func append(decimal value: UInt) {
        if value < 10 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value))
            return
        }
        var digitCount = 1
        var bound: UInt = 10
        while value >= bound && digitCount < 19 {
            digitCount += 1
            bound *= 10
        }
        if value >= bound { digitCount += 1 }
        appendDigits(of: value, count: digitCount)
    }

    /// Exactly `digitCount` decimal digits, the lowest ones of `value`.
    mutating func append(_ value: Int, digitCount: Int) {
        appendDigits(of: UInt(value), count: digitCount)
    }

    /// Lower-case hexadecimal without leading zeros.
    mutating func append(hexadecimal value: Int) {
        var shift = 60
        while shift > 0 && value >> shift == 0 { shift -= 4 }
        while shift >= 0 {
            append(ByteBuffer.hexadecimalDigit(UInt64(value) >> UInt64(shift)))
            shift -= 4
        }
    }

    /// Exactly 8 hexadecimal digits, made all at once: a byte for each half byte, then its digit.
    mutating func append(hexadecimal8 value: UInt32) {
        var halves = UInt64(value)
        halves = (halves | halves << 16) & 0x0000_ffff_0000_ffff
        halves = (halves | halves << 8) & 0x00ff_00ff_00ff_00ff
        halves = (halves | halves << 4) & 0x0f0f_0f0f_0f0f_0f0f
        let letters = (halves &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        let digits = halves &+ 0x3030_3030_3030_3030 &+ letters &* 39
        append(eight: digits.byteSwapped)
    }

    private static func hexadecimalDigit(_ value: UInt64) -> UInt8 {
        let digit = UInt8(truncatingIfNeeded: value & 15)
        return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }

    /// `12.345` of 12,345,678 ns.
    mutating func append(milliseconds nanoseconds: UInt64) {
        append(decimal: UInt(nanoseconds / 1_000_000))
        append(UInt8(ascii: "."))
        append(Int(nanoseconds / 1000 % 1000), digitCount: 3)
    }

    /// `2024-01-15T10:30:00.123Z` of milliseconds since 1970 (RFC 3339).
    mutating func append(time unixMilliseconds: UInt64) {
        let seconds = Int(unixMilliseconds / 1000)
        let date = CivilDate(daysSince1970: seconds / 86_400)
        let second = seconds % 86_400
        append(date.year, digitCount: 4)
        append(UInt8(ascii: "-"))
        append(date.month, digitCount: 2)
        append(UInt8(ascii: "-"))
        append(date.day, digitCount: 2)
        append(UInt8(ascii: "T"))
        append(clockTime: second)
        append(UInt8(ascii: "."))
        append(Int(unixMilliseconds % 1000), digitCount: 3)
        append(UInt8(ascii: "Z"))
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` of milliseconds since 1970 (RFC 9110 §5.6.7).
    mutating func append(httpDate unixMilliseconds: UInt64) {
        let seconds = Int(unixMilliseconds / 1000)
        let days = seconds / 86_400
        let date = CivilDate(daysSince1970: days)
        let weekdays: StaticString = "ThuFriSatSunMonTueWed"
        let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
        append(weekdays, days % 7 * 3..<days % 7 * 3 + 3)
        append(", ")
        append(date.day, digitCount: 2)
        append(" ")
        append(months, (date.month - 1) * 3..<date.month * 3)
        append(" ")
        append(date.year, digitCount: 4)
        append(" ")
        append(clockTime: seconds % 86_400)
        append(" GMT")
    }

    /// `08:49:37` of a second of the day.
    private mutating func append(clockTime second: Int) {
        append(second / 3600, digitCount: 2)
        append(":")
        append(second / 60 % 60, digitCount: 2)
        append(":")
        append(second % 60, digitCount: 2)
    }

    mutating func append(jsonEscaped other: borrowing ByteBuffer, _ range: Range<Int>) {
        append(jsonEscaped: other.bytes.extracting(range))
    }

    /// The bytes as the inside of a JSON string; what is no UTF-8 becomes U+FFFD.
    mutating func append(jsonEscaped bytes: borrowing Span<UInt8>) {
        for index in bytes.indices {
            if bytes[index] >= 0x80 {
                var rest: [UInt8] = []
                appendJSONString(bytes.extracting(index..<bytes.count), to: &rest)
                append(rest.span)
                return
            }
            append(jsonEscaped: bytes[index])
        }
    }

    private mutating func append(jsonEscaped byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            append(UInt8(ascii: "\\"))
            append(byte)
        case 0..<0x20, 0x7f:
            append("\\u00")
            append(ByteBuffer.hexadecimalDigit(UInt64(byte) >> 4))
            append(ByteBuffer.hexadecimalDigit(UInt64(byte)))
        default:
            append(byte)
        }
    }

    /// The text as the inside of a JSON string.
    mutating func append(jsonEscapedText text: StaticString) {
        text.withUTF8Buffer { buffer in
            append(jsonEscaped: unsafe Span(_unsafeElements: buffer))
        }
    }

    mutating func append(percentDecoded other: borrowing ByteBuffer, _ range: Range<Int>) {
        append(percentDecoded: other.bytes.extracting(range))
    }

    /// The bytes with `%41` and its like read; what is malformed stays as it is.
    mutating func append(percentDecoded bytes: borrowing Span<UInt8>) {
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = ByteBuffer.hexadecimalValue(bytes[index + 1]),
                let low = ByteBuffer.hexadecimalValue(bytes[index + 2])
            {
                append(high << 4 | low)
                index += 3
            } else {
                append(bytes[index])
                index += 1
            }
        }
    }

    private static func hexadecimalValue(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    mutating func append(string: String) {
        for byte in string.utf8 { append(byte) }
    }
}

/// A day of the Gregorian calendar.
struct CivilDate: Equatable {
    let year: Int
    /// 1…12.
    let month: Int
    /// 1…31.
    let day: Int

    /// Counts in years that begin in March, so that the leap day comes last.
    init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}
