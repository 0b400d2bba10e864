import Foundation
import Testing

/// Every input that is kept for a fuzz target, seeds and finds alike, is tried again here.
@Suite struct FuzzFindsTests {
    static let properties: [(target: String, property: @Sendable ([UInt8]) -> String?)] = [
        ("RequestHead", Properties.requestHead), ("ResponseHead", Properties.responseHead),
        ("ChunkedBody", Properties.chunkedBody), ("JSONBody", Properties.jsonBody),
        ("Multipart", Properties.multipart),
    ]

    @Test(arguments: properties.indices)
    func `inputs kept from fuzzing hold what all inputs hold`(at index: Int) throws {
        let (target, property) = Self.properties[index]
        let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        let folder = tests.appending(path: "Fuzz/Corpus/\(target)").standardized
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        #expect(files.count >= 3)
        for file in files {
            let fault = property(Array(try Data(contentsOf: file)))
            #expect(fault == nil, "\(file.lastPathComponent)")
        }
    }

    @Test func `random bytes hold what all inputs hold`() {
        var random = Random(seed: 5)
        for (target, property) in Self.properties {
            for _ in 0..<300 {
                let bytes = random.bytes(upTo: 60, from: Array("\r\n {}[]\":;,/01\\".utf8))
                #expect(property(bytes) == nil, "\(target) of \(bytes)")
            }
        }
    }
}
