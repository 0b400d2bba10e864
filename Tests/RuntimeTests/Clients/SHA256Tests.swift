import COpenSSL
import Testing

@testable import GatewayRuntime

/// SHA-256 against the standard's own examples and against OpenSSL's.
@Suite struct SHA256Tests {
    private func digest(_ bytes: [UInt8]) -> String {
        let digest = SHA256.digest(bytes.span)
        return (0..<4).map { index in
            let digits = String(digest[index], radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    private func reference(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        #expect(EVP_Digest(bytes, bytes.count, &digest, &count, EVP_sha256(), nil) == 1)
        return digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func `the standard's examples come out`(text: String, digits: String) {
        #expect(digest(Array(text.utf8)) == digits)
    }

    @Test func `a million letters come out`() {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
        #expect(
            digest(letters) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test func `every length up to four blocks and any bytes agree with libcrypto`() {
        var random = Random(seed: 1)
        for count in 0...257 {
            for _ in 0..<4 {
                let bytes = (0..<count).map { _ in UInt8(random.next(below: 256)) }
                #expect(digest(bytes) == reference(bytes), "\(bytes)")
            }
        }
    }
}
