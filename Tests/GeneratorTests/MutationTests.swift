import Foundation
import Testing

@testable import Generator

/// Bytes that nobody would write: reading them ends, with an answer.
@Suite struct MutationTests {
    /// A small generator of numbers, the same on every run (SplitMix64).
    struct Numbers: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var value = state
            value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
            return value ^ value >> 31
        }
    }

    private static let pieces: [[UInt8]] =
        [
            "{", "}", "[", "]", "*a", "&a ", "<<: ", "- ", ": ", "\n", "\r", "\t", "\"", "'", "|\n",
            ">",
            "---\n", "...\n", "${", "!!x ", "%", "@", "\u{85}", "\u{FEFF}", "é", "~", "no", "010",
            "1:30",
        ].map { Array($0.utf8) } + [[0], [0xFF], [0xC3], [0xF4, 0x90]]

    private func check(_ bytes: [UInt8]) {
        #expect(ReadingProperty.fault(of: bytes) == nil)
    }

    @Test func `mutated YAML is read or refused`() throws {
        var numbers = Numbers(state: 1)
        let seeds =
            try Recorded.names(in: "Diagnostics").map {
                try Recorded.bytes("Diagnostics/\($0)/gateway.yaml")
            } + [try Recorded.bytes("Olla/gateway.yaml")]
        for _ in 0..<1_800 {
            var bytes = seeds.randomElement(using: &numbers) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &numbers) {
                let index = Int.random(in: 0...bytes.count, using: &numbers)
                switch Int.random(in: 0..<4, using: &numbers) {
                case 0: bytes.removeSubrange(index..<min(index + 3, bytes.count))
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &numbers), at: index)
                case 2: bytes = Array(bytes[..<index])
                default:
                    let piece = Self.pieces.randomElement(using: &numbers) ?? []
                    bytes.insert(contentsOf: piece, at: index)
                }
            }
            check(bytes)
        }
    }

    @Test func `random bytes are refused`() {
        var numbers = Numbers(state: 2)
        for count in 0..<200 {
            check((0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) })
        }
    }

    @Test(arguments: [["["], ["- "], ["{a: "], ["? "], ["a: &a\n"], ["*"], ["\""], ["- - "]])
    func `endless nesting is refused`(piece: [String]) {
        check(Array(repeating: Array(piece[0].utf8), count: 20_000).flatMap { $0 })
    }

    @Test func `inputs kept from fuzzing are read or refused`() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "..")
        let folder = tests.appending(path: "Fuzz/Corpus/YAML").standardized
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        #expect(files.count >= 3)
        for file in files { check(Array(try Data(contentsOf: file))) }
    }
}
