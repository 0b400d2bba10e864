import Glibc

/// A folder that holds an emitted package, and the list of what was emitted into it.
struct PackageFolder {
    let path: String
    private static let listName = ".ingot"

    /// - Throws: `Failure.call` where there are files that no earlier call has emitted.
    init(_ path: String) throws(Failure) {
        self.path = path
        let isForeign =
            !Files.exists("\(path)/\(Self.listName)")
            && !Files.names(in: path).allSatisfy { $0 == ".git" }
        if isForeign {
            throw .call("'\(path)' is not empty and was not emitted by ingot; nothing was written")
        }
        if Files.exists(path) && !Files.isFolder(path) {
            throw .call("'\(path)' is not a folder")
        }
    }

    /// Makes the folder hold exactly `package`, besides what others have put there.
    ///
    /// Files that are as they should be are not touched, so that nothing is compiled in vain.
    ///
    /// - Returns: whether anything was written or removed.
    @discardableResult
    func update(to package: EmittedPackage) throws(Failure) -> Bool {
        let paths = package.files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let old = earlierPaths()
        // The list is widened first: a file is never there without being known as emitted.
        try write(Set(old).union(paths).sorted(), to: Self.listName)
        var isChanged = false
        for path in paths {
            isChanged = try write(package.files[path] ?? [], to: path) || isChanged
        }
        for stale in Set(old).subtracting(paths) {
            unlink("\(path)/\(stale)")
            removeEmptyFolders(above: stale)
            isChanged = true
        }
        try write(paths, to: Self.listName)
        return isChanged
    }

    /// Only paths that stay below the folder: the list might have been edited.
    private func earlierPaths() -> [String] {
        guard let bytes = try? Files.read("\(path)/\(Self.listName)") else { return [] }
        return String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n")
            .filter { !$0.hasPrefix("/") && !$0.split(separator: "/").contains("..") }
            .map(String.init)
    }

    private func write(_ paths: [String], to name: String) throws(Failure) {
        try write(Array(paths.map { $0 + "\n" }.joined().utf8), to: name)
    }

    @discardableResult
    private func write(_ bytes: [UInt8], to name: String) throws(Failure) -> Bool {
        let file = "\(path)/\(name)"
        if Files.exists(file), try Files.read(file) == bytes { return false }
        try Files.makeFolder(Files.folder(of: file))
        try Files.replace(file, with: bytes, mode: 0o644)
        return true
    }

    private func removeEmptyFolders(above name: String) {
        var folder = Files.folder(of: name)
        while folder != ".", rmdir("\(path)/\(folder)") == 0 {
            folder = Files.folder(of: folder)
        }
    }
}
