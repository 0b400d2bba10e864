import Foundation
import Testing

/// Files beside the tests, and what is compared with them.
enum Recorded {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    static let cases = tests.appending(path: "Cases")
    static let repository = tests.deletingLastPathComponent().deletingLastPathComponent()

    /// Whether expectations are written anew, to be reviewed as a diff.
    static let isRecording = ProcessInfo.processInfo.environment["INGOT_RECORD"] == "1"

    /// The names of the folders in one of `Cases`, in order.
    static func names(in folder: String) -> [String] {
        let path = cases.appending(path: folder).path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted()
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: cases.appending(path: path)))
    }

    /// Compares a text with a file, or writes the file when recording.
    static func expect(
        _ text: String, isRecordedAt url: URL, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        if isRecording {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url)
        } else {
            let recorded = String(decoding: try Data(contentsOf: url), as: UTF8.self)
            #expect(
                text == recorded, "INGOT_RECORD=1 records it anew", sourceLocation: sourceLocation)
        }
    }
}
