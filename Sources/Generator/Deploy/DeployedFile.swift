/// A file that people may go on editing, so that it is never replaced unasked.
struct DeployedFile {
    /// `-` is standard output.
    let path: String
    let text: String

    /// Writes the file, and says which one it was.
    ///
    /// - Parameter isForced: whether a file with another content is replaced.
    /// - Throws: `Failure.call` where it has another content and nobody wants it replaced.
    func write(isForced: Bool) throws(Failure) {
        if path == "-" {
            Console.output.write(text)
            return
        }
        guard !Files.isFolder(path) else { throw .call("'\(path)' is a folder") }
        guard Files.isFolder(Files.folder(of: path)) else {
            throw .call("there is no folder '\(Files.folder(of: path))'")
        }
        if Files.exists(path) {
            if try Files.read(path) == Array(text.utf8) {
                Console.output.write("\(path) is up to date\n")
                return
            }
            guard isForced else {
                throw .call(
                    "'\(path)' is there already and differs from what would be written; "
                        + "nothing was written (--force replaces it)")
            }
        }
        try Files.replace(path, with: Array(text.utf8), mode: 0o644)
        Console.output.write("\(path)\n")
    }
}
