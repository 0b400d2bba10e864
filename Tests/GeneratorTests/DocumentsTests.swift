import Foundation
import Testing

@testable import Generator

/// The pages under `docs/` that the code writes.
@Suite struct DocumentsTests {
    private let documents = Recorded.repository.appending(path: "docs")

    @Test func `the reference says what the schema says`() throws {
        try Recorded.expect(
            Schema.markdownReference(), isRecordedAt: documents.appending(path: "reference.md"))
    }

    @Test func `the guide explains every number`() throws {
        try Recorded.expect(
            Problem.markdownGuide(), isRecordedAt: documents.appending(path: "diagnostics.md"))
    }

    @Test func `the JSON Schema is the schema`() throws {
        let text = Schema.jsonSchema()
        _ = try JSONSerialization.jsonObject(with: Data(text.utf8))
        try Recorded.expect(text, isRecordedAt: documents.appending(path: "gateway.schema.json"))
    }

    @Test func `every key of the schema has help and an example that it takes itself`() {
        check(Schema.root, path: "")
    }

    private func check(_ keys: [SchemaKey], path: String) {
        for key in keys {
            let inner = path.isEmpty ? key.name : "\(path).\(key.name)"
            #expect(key.help.hasSuffix("."), "help of \(inner)")
            let findings = Findings()
            let text = SourceText(file: "example", bytes: Array("\(key.name): \(key.example)".utf8))
            let node = YAMLComposer.compose(text, findings: findings)?.value(of: key.name)
            if let node {
                let name = YAMLKey(name: key.name, spelling: key.name, location: node.location)
                _ = SchemaReader(findings: findings)
                    .setting(node, as: key.type, path: inner, key: name)
            }
            #expect(findings.diagnostics == [], "example of \(inner)")
            check(key.type.keys, path: inner)
        }
    }
}
