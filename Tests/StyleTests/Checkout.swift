import Foundation

/// The files of the project that these tests look at.
enum Checkout {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Hand-written Swift; the folders named `Cases` hold what is emitted and recorded.
    static let swiftFiles: [SourceFile] =
        (["Package.swift"] + files(below: "Sources") + files(below: "Tests"))
        .filter { $0.hasSuffix(".swift") && !$0.contains("/Cases/") }
        .map { SourceFile(path: $0, text: text($0)) }

    /// The pages that people read.
    static let pages: [Page] = (names(in: "") + names(in: "docs").map { "docs/\($0)" })
        .filter { $0.hasSuffix(".md") }
        .map { Page(path: $0, text: text($0)) }

    /// The text of a file; empty where there is none, which no check takes for good.
    static func text(_ path: String) -> String {
        (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    private static func names(in folder: String) -> [String] {
        let path = root.appending(path: folder).path
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// Every file below `folder`, hidden ones left out.
    private static func files(below folder: String) -> [String] {
        let path = root.appending(path: folder).path
        let below = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
        return below.sorted()
            .filter { path in !path.split(separator: "/").contains { $0.hasPrefix(".") } }
            .map { "\(folder)/\($0)" }
    }

    /// The paths that git has; nil where this is no checkout of git's.
    static func committedPaths() throws -> [String]? {
        guard exists(".git") else { return nil }
        let git = Process()
        git.executableURL = URL(filePath: "/usr/bin/env")
        git.arguments = ["git", "-C", root.path, "ls-files"]
        let output = Pipe()
        git.standardOutput = output
        try git.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        git.waitUntilExit()
        guard git.terminationStatus == 0 else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
