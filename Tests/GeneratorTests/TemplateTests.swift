import Testing

@testable import Generator

struct TemplateTests {
    private func template(_ text: String) -> Template { Template(name: "T", text: text) }

    @Test func `holes are filled and sections repeated for each scope`() throws {
        let text = try template("a {{x}}{{x}}\n{{#list}}\n  - {{item}},\n{{/list}}\nend\n")
            .render(["x": "1", "list": .scopes([["item": "p"], ["item": "q"]])])
        #expect(text == "a 11\n  - p,\n  - q,\nend\n")
    }

    @Test func `a section without scopes leaves nothing behind`() throws {
        #expect(
            try template("a\n{{#list}}\n{{x}}\n{{/list}}\nb").render(["list": .scopes([])])
                == "a\nb\n")
    }

    @Test func `sections nest and each sees its own values alone`() throws {
        let nested = template("{{#a}}\n{{n}}\n{{#b}}\n{{m}}\n{{/b}}\n{{/a}}\n")
        let inner: Template.Value = .scopes([["m": "2"], ["m": "3"]])
        #expect(try nested.render(["a": .scopes([["n": "1", "b": inner]])]) == "1\n2\n3\n")
        #expect(throws: Template.Mismatch.unknownHole("m", template: "T")) {
            try nested.render(["m": "0", "a": .scopes([["n": "1", "b": .scopes([[:]])]])])
        }
    }

    @Test func `further lines of a value are indented like the line that it stands in`() throws {
        #expect(
            try template("    x: {{v}},").render(["v": "[\n    1,\n\n]"])
                == "    x: [\n        1,\n\n    ],\n")
    }

    @Test func `an unknown hole is an error`() {
        #expect(throws: Template.Mismatch.unknownHole("y", template: "T")) {
            try template("{{y}}").render([:])
        }
        #expect(throws: Template.Mismatch.unknownHole("s", template: "T")) {
            try template("{{#s}}\n{{/s}}").render([:])
        }
    }

    @Test func `a value that no hole takes is an error`() {
        #expect(throws: Template.Mismatch.unusedValue("x", template: "T")) {
            try template("text").render(["x": "1"])
        }
    }

    @Test func `a value in the wrong kind of hole is an error`() {
        #expect(throws: Template.Mismatch.sectionAsHole("x", template: "T")) {
            try template("{{x}}").render(["x": .scopes([])])
        }
        #expect(throws: Template.Mismatch.holeAsSection("x", template: "T")) {
            try template("{{#x}}\n{{/x}}").render(["x": "1"])
        }
    }

    @Test func `a section that does not end or has not begun is an error`() {
        #expect(throws: Template.Mismatch.unclosedSection("x", template: "T")) {
            try template("{{#x}}\n").render(["x": .scopes([])])
        }
        #expect(throws: Template.Mismatch.strayTag("x", template: "T")) {
            try template("{{/x}}\n").render([:])
        }
    }

    @Test func `a value that looks like a hole is not filled again`() throws {
        #expect(try template("{{x}} {{y}}").render(["x": "{{y}}", "y": "1"]) == "{{y}} 1\n")
    }
}
