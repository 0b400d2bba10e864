/// What has to be true of the bytes before YAML is looked for in them.
enum TextCheck {
    /// 10 MiB.
    static let byteLimit = 10 * 1024 * 1024

    /// Reports the first byte that keeps the text from being read.
    ///
    /// - Returns: whether it can be read.
    static func check(_ source: SourceText, findings: Findings) -> Bool {
        let bytes = source.bytes
        let start = source.location(ofByteAt: 0)
        if bytes.count > byteLimit {
            findings.report(.fileTooLarge, at: start)
            return false
        }
        if isWide(bytes) {
            findings.report(.wideEncoding, at: start)
            return false
        }
        var offset = 0
        while offset < bytes.count {
            guard let (scalar, length) = decode(bytes, at: offset) else {
                findings.report(
                    .invalidUTF8, at: source.location(ofByteAt: offset), hex(UInt32(bytes[offset])))
                return false
            }
            if !isAllowed(scalar) {
                findings.report(
                    .controlCharacter, at: source.location(ofByteAt: offset), hex(scalar))
                return false
            }
            offset += length
        }
        return true
    }

    /// Whether it is UTF-16 or UTF-32, by its mark or by a NUL beside the first character.
    private static func isWide(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 2 else { return false }
        let (first, second) = (bytes[0], bytes[1])
        return (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF)
            || (first == 0) != (second == 0)
    }

    /// One scalar of well-formed UTF-8 (Unicode, table 3-7).
    private static func decode(_ bytes: [UInt8], at offset: Int) -> (UInt32, Int)? {
        let first = bytes[offset]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, offset + length <= bytes.count else { return nil }
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for byte in bytes[offset + 1..<offset + length] {
            guard byte & 0xC0 == 0x80 else { return nil }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
        guard scalar >= least, Unicode.Scalar(scalar) != nil else { return nil }
        return (scalar, length)
    }

    /// The characters of YAML 1.1, section 5.1.
    private static func isAllowed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return "0x" + (digits.count < 2 ? "0" : "") + digits
    }
}
