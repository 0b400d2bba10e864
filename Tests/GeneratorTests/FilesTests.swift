import Glibc
import Testing

@testable import Generator

struct FilesTests {
    /// A folder of its own, gone afterwards.
    private func inFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/ingot-tests.XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        defer { Files.removeTree(folder) }
        try body(folder)
    }

    private func package(_ files: [String: String]) -> EmittedPackage {
        EmittedPackage(files: files.mapValues { Array($0.utf8) })
    }

    @Test func `a file is replaced whole, with its mode, and nothing is left beside it`() throws {
        try inFolder { folder in
            let path = "\(folder)/gateway"
            try Files.replace(path, with: [1, 2], mode: 0o644)
            try Files.replace(path, with: [3], mode: 0o755)
            #expect(try Files.read(path) == [3])
            #expect(access(path, X_OK) == 0)
            #expect(Files.names(in: folder) == ["gateway"])
        }
    }

    @Test func `where a file cannot be replaced the old one stays and nothing is left`() throws {
        try inFolder { folder in
            try Files.makeFolder("\(folder)/gateway")
            #expect(throws: Failure.self) {
                try Files.replace("\(folder)/gateway", with: [1], mode: 0o755)
            }
            #expect(Files.names(in: folder) == ["gateway"])
            #expect(throws: Failure.self) {
                try Files.replace("\(folder)/none/gateway", with: [1], mode: 0o755)
            }
        }
    }

    @Test func `a package folder is changed only where it differs`() throws {
        try inFolder { folder in
            let target = try PackageFolder("\(folder)/package")
            #expect(try target.update(to: package(["a.swift": "1", "b/c.swift": "2"])))
            #expect(try !target.update(to: package(["a.swift": "1", "b/c.swift": "2"])))
            #expect(try target.update(to: package(["a.swift": "1"])))
            #expect(Files.filesBelow(target.path) == [".ingot", "a.swift"])
            #expect(!Files.exists("\(target.path)/b"))
        }
    }

    @Test func `what others have put into a package folder stays`() throws {
        try inFolder { folder in
            let target = try PackageFolder(folder)
            try target.update(to: package(["a.swift": "1"]))
            try Files.replace("\(folder)/README.md", with: [1], mode: 0o644)
            try PackageFolder(folder).update(to: package(["b.swift": "1"]))
            #expect(Files.filesBelow(folder) == [".ingot", "README.md", "b.swift"])
        }
    }

    @Test func `a list of emitted files that leads out of the folder removes nothing`() throws {
        try inFolder { folder in
            try Files.replace("\(folder)/precious", with: [1], mode: 0o644)
            try Files.makeFolder("\(folder)/package")
            let list = Array("../precious\n\(folder)/precious\n".utf8)
            try Files.replace("\(folder)/package/.ingot", with: list, mode: 0o644)
            try PackageFolder("\(folder)/package").update(to: package([:]))
            #expect(Files.exists("\(folder)/precious"))
        }
    }

    @Test func `a folder with anything else in it is refused`() throws {
        try inFolder { folder in
            try Files.replace("\(folder)/mine", with: [1], mode: 0o644)
            #expect(throws: Failure.self) { try PackageFolder(folder) }
            #expect(throws: Failure.self) { try PackageFolder("\(folder)/mine") }
        }
    }

    @Test func `the digest is SHA-256`() {
        #expect(
            Digest.sha256(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
    }
}
