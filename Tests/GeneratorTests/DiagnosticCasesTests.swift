import Foundation
import Testing

@testable import Generator

/// One folder a case: a YAML and the whole text that a user is shown.
@Suite struct DiagnosticCasesTests {
    static let names = Recorded.names(in: "Diagnostics")

    /// Files that a case names lie beside its YAML.
    private static func reading(_ name: String) throws -> Reading {
        let bytes = try Recorded.bytes("Diagnostics/\(name)/gateway.yaml")
        let folder = Recorded.cases.appending(path: "Diagnostics/\(name)").path
        return Gateway.read(bytes, file: "gateway.yaml", folder: folder)
    }

    @Test(arguments: names)
    func `every mistake is shown where it stands, with the way to mend it`(name: String) throws {
        let reading = try Self.reading(name)
        let printer = DiagnosticPrinter(sources: reading.sources, isColored: false)
        let url = Recorded.cases.appending(path: "Diagnostics/\(name)/expected.txt")
        try Recorded.expect(printer.text(reading.diagnostics), isRecordedAt: url)
        let hasErrors = reading.diagnostics.contains { $0.severity == .error }
        #expect((reading.gateway == nil) == hasErrors)
        #expect(!reading.diagnostics.isEmpty)
    }

    @Test func `there are at least sixty cases`() {
        #expect(Self.names.count >= 60)
    }

    /// Their YAMLs are made, because they are too large to keep.
    static let made: [Problem: [UInt8]] = [
        .fileTooLarge: Array(repeating: 0x20, count: TextCheck.byteLimit + 1),
        .tooManyEndpoints: Array(
            ("endpoints:\n"
                + (0...65_535).map { "- {name: e\($0), url: \"http://h\($0)\"}\n" }.joined()).utf8),
    ]

    @Test(arguments: Array(made.keys))
    func `a file beyond the bounds is refused`(problem: Problem) throws {
        let reading = Gateway.read(try #require(Self.made[problem]), file: "gateway.yaml")
        #expect(reading.diagnostics.map(\.code) == [problem.code])
        #expect(reading.gateway == nil)
    }

    @Test func `every problem has a case`() throws {
        // Those of endpoints that were asked are made by Tests/GatewayTests, those of where a
        // gateway is to run by DeployTests.
        var codes = Set(Self.made.keys.map(\.code) + Problem.liveEntries.keys.map(\.code))
        codes.formUnion(Problem.deploymentEntries.keys.map(\.code))
        for name in Self.names {
            let reading = try Self.reading(name)
            codes.formUnion(reading.diagnostics.map(\.code))
        }
        #expect(Problem.allCases.map(\.code).filter { !codes.contains($0) } == [])
    }

    @Test func `a message fills every hole that its problem has`() throws {
        for name in Self.names {
            let reading = try Self.reading(name)
            for diagnostic in reading.diagnostics {
                let problem = Problem.allCases.first { $0.code == diagnostic.code }
                let pieces = try #require(problem).entry.message.split(separator: "{}")
                for piece in pieces { #expect(diagnostic.message.contains(piece)) }
            }
        }
    }
}
