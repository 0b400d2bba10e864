import Foundation
import Testing

@testable import Generator

/// Keys of clients, as `ingot key` makes and hashes them.
@Suite struct KeyCommandTests {
    @Test func `a new key is new, known by its beginning, and stands in a header as it is`() throws
    {
        let keys = (0..<100).map { _ in ClientKey() }
        #expect(Set(keys.map(\.text)).count == 100)
        for key in keys {
            #expect(key.text.hasPrefix("ingot_") && key.text.utf8.count == 49)
            #expect(try #require(ClientKey(key.text)).digest == key.digest)
            #expect(SecretGuess.isSecret(key.text, isCredential: false))
        }
        // Each place takes many values: none is stuck.
        for place in 6..<48 {
            let seen = Set(keys.map { Array($0.text.utf8)[place] })
            #expect(seen.count > 20, "place \(place)")
        }
    }

    @Test func `what no header can hold is no key`() {
        #expect(ClientKey("") == nil && ClientKey("a b") == nil && ClientKey("a\n") == nil)
        #expect(ClientKey("käse") == nil)
        #expect(ClientKey(String(repeating: "a", count: 513)) == nil)
        #expect(
            ClientKey("abc")?.digest
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
