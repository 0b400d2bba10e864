import CLibCrypto

/// SHA-256, as hexadecimal digits.
enum Digest {
    /// 64 lower-case digits.
    static func sha256(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        let isDone = EVP_Digest(bytes, bytes.count, &digest, &count, EVP_sha256(), nil)
        precondition(isDone == 1 && count == 32, "libcrypto has SHA-256")
        return digest.map { hexadecimal($0 >> 4) + hexadecimal($0 & 15) }.joined()
    }

    private static func hexadecimal(_ digit: UInt8) -> String { String(digit, radix: 16) }
}
