import ArgumentParser
import Glibc

/// `ingot key`.
struct Key: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a key for a client, or the hash of one.",
        discussion: "The YAML holds hashes alone, so a key cannot be read out of it or the binary.",
        subcommands: [NewKey.self, HashKey.self]
    )
}

/// `ingot key new`.
struct NewKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Make a key and the YAML for its hash.",
        discussion: """
            The key goes to standard output and is kept nowhere else; what belongs into the YAML \
            goes to standard error.
            """
    )

    @Argument(help: "The client's name: letters, digits, '.', '_' and '-'.")
    var name: String

    func run() throws {
        let isName = name.utf8.allSatisfy { $0.isDigit || $0.isLetter || "._-".utf8.contains($0) }
        guard isName, (1...64).contains(name.utf8.count) else {
            throw Failure.call("a name has 1 to 64 letters, digits, '.', '_' and '-'")
        }
        let key = ClientKey()
        Console.output.write("\(key.text)\n")
        Console.errors.write(
            """

            Give the key above to \(name): it is shown only here. Below `clients:` of the YAML:

              - name: \(name)
                key_sha256: "\(key.digest)"

            """)
    }
}

/// `ingot key hash`.
struct HashKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hash",
        abstract: "Print the SHA-256 of a key that is read from standard input.",
        discussion: "One line end behind the key does not count."
    )

    func run() throws {
        var text = ""
        while let line = readLine(strippingNewline: false) { text += line }
        for end in ["\n", "\r"] as [Unicode.Scalar] where text.unicodeScalars.last == end {
            text.unicodeScalars.removeLast()
        }
        guard let key = ClientKey(text) else {
            throw Failure.call("a key has 1 to 512 visible ASCII characters and no space")
        }
        Console.output.write("\(key.digest)\n")
    }
}
