import Glibc

/// Whole files and folders, by path.
enum Files {
    /// All bytes of a file, or of standard input where `path` is `-`.
    ///
    /// - Throws: `Failure.call` with the system's reason.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .call("cannot read '\(path)': \(reason())") }
        defer { if path != "-" { close(descriptor) } }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .call("cannot read '\(path)': \(reason())") }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    /// All bytes of a file that is one: no device, no pipe, no folder.
    ///
    /// - Throws: `Failure.call` with the reason alone; also where it has more than `byteLimit`.
    static func readRegular(_ path: String, byteLimit: Int) throws(Failure) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .call(reason()) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .call("it is no regular file") }
        guard status.st_size <= byteLimit else {
            throw .call("it is larger than \(Units.byteSize(byteLimit))")
        }
        do {
            return try read(path)
        } catch {
            throw .call(reason())
        }
    }

    /// Replaces a file at once: a reader sees the old or the new bytes, never a part of them.
    ///
    /// The bytes are on the disk before the name changes. An interrupted call leaves the old file.
    ///
    /// - Throws: `Failure.build` with the system's reason, or `Failure.interrupted`.
    static func replace(_ path: String, with bytes: [UInt8], mode: mode_t) throws(Failure) {
        var template = Array("\(folder(of: path))/.\(name(of: path)).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .build("cannot write '\(path)': \(reason())") }
        closeOnExec(descriptor)
        let isWritten =
            write(bytes, to: descriptor) && fchmod(descriptor, mode) == 0
            && fsync(descriptor) == 0
        let problem = reason()
        close(descriptor)
        if let signal = Interruption.signal {
            unlink(template)
            throw .interrupted(signal)
        }
        guard isWritten else {
            unlink(template)
            throw .build("cannot write '\(path)': \(problem)")
        }
        guard rename(template, path) == 0 else {
            let problem = reason()
            unlink(template)
            throw .build("cannot write '\(path)': \(problem)")
        }
        synchronize(folder(of: path))
    }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(Failure) {
        guard !isFolder(path) else { return }
        if path.contains("/") { try makeFolder(folder(of: path)) }
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw .build("cannot make '\(path)': \(reason())")
        }
    }

    /// Whether there is a folder at `path`, links followed.
    static func isFolder(_ path: String) -> Bool {
        kind(of: path) == S_IFDIR
    }

    /// Whether there is anything at `path`, links followed.
    static func exists(_ path: String) -> Bool { kind(of: path) != nil }

    /// Names in a folder, sorted by their bytes; none where it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Paths of the files below a folder, relative to it, in a fixed order.
    static func filesBelow(_ folder: String) -> [String] {
        names(in: folder).flatMap { name in
            let path = "\(folder)/\(name)"
            return isFolder(path) ? filesBelow(path).map { "\(name)/\($0)" } : [name]
        }
    }

    /// Removes a folder with all that it holds, without following links out of it.
    static func removeTree(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for name in names(in: path) { removeTree("\(path)/\(name)") }
            rmdir(path)
        } else {
            unlink(path)
        }
    }

    /// The folder that holds `path`: `.` where it names none.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The last component of `path`.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// An absolute path without links, or nil where there is nothing at `path`.
    static func resolved(_ path: String) -> String? {
        guard let pointer = realpath(path, nil) else { return nil }
        defer { free(pointer) }
        return String(cString: pointer)
    }

    /// One text for all paths of a file, whether or not it is there yet.
    static func place(of path: String) -> String {
        if let path = resolved(path) { return path }
        return "\(resolved(folder(of: path)) ?? folder(of: path))/\(name(of: path))"
    }

    /// Keeps a descriptor from programs that are started.
    static func closeOnExec(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// What the system says of the call that failed last.
    static func reason() -> String { String(cString: strerror(errno)) }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Makes a rename last over a loss of power.
    private static func synchronize(_ folder: String) {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
