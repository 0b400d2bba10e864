import Glibc

/// A folder of the cache in which packages are built one after another.
///
/// There is one for each runtime, choice of its parts, compiler and way of linking; a YAML only
/// changes a few files in it, so that the runtime's objects stay. The twelve used last are kept,
/// 30 MB each, others are removed when a build begins; their empty lock files stay.
struct Workspace: ~Copyable {
    let folder: String
    let isStatic: Bool
    private let lock: Int32

    /// The emitted package.
    var package: String { "\(folder)/package" }
    /// Which ways requests take through the runtime; a runtime need not have one.
    var profile: String { "\(package)/Runtime/Sources/Runtime/Runtime.profdata" }
    /// What the compiler keeps.
    var scratch: String { "\(folder)/build" }
    /// What the compiler has made last.
    var product: String { "\(scratch)/release/gateway" }

    private static let keptCount = 12

    /// Waits until no other build uses the folder.
    ///
    /// - Parameters:
    ///   - cache: nil: `$XDG_CACHE_HOME/ingot`, else `~/.cache/ingot`.
    ///   - parts: which of the runtime's parts the gateway has, and which of its folders it lacks.
    /// - Throws: `Failure.build` where the folder cannot be made; `Failure.interrupted`.
    init(
        cache: String?,
        runtime: RuntimeSources,
        parts: [String],
        compiler: Compiler,
        isStatic: Bool,
        _ progress: Progress
    ) throws(Failure) {
        let root = try Self.root(cache)
        let words = [runtime.digest, compiler.version] + parts
        let key = Digest.sha256(Array(words.joined(separator: " ").utf8)).prefix(16)
        let name = "\(key)-\(isStatic ? "static" : "default")"
        try Files.makeFolder("\(root)/\(name)")
        let lock = try Self.lock("\(root)/\(name).lock", progress)
        Self.removeOld(in: root, except: name)
        folder = "\(root)/\(name)"
        self.isStatic = isStatic
        self.lock = lock
    }

    deinit { close(lock) }

    /// Whether the last build was of exactly this package and its product is still there.
    func isBuilt(_ stamp: String) -> Bool {
        guard Files.exists(product), Files.exists(stampPath) else { return false }
        return (try? Files.read(stampPath)) == Array(stamp.utf8)
    }

    /// Notes what has been built; nil while a build is under way.
    func setStamp(_ stamp: String?) throws(Failure) {
        if let stamp {
            try Files.replace(stampPath, with: Array(stamp.utf8), mode: 0o644)
        } else {
            unlink(stampPath)
        }
    }

    private var stampPath: String { "\(folder)/stamp" }

    /// The folder that holds all workspaces, as an absolute path.
    private static func root(_ option: String?) throws(Failure) -> String {
        let home = Environment["HOME"].map { "\($0)/.cache" }
        let standard = (Environment["XDG_CACHE_HOME"] ?? home).map { "\($0)/ingot" }
        guard let root = option ?? standard else {
            throw .build("no folder for the cache: neither --cache nor XDG_CACHE_HOME nor HOME")
        }
        try Files.makeFolder(root)
        // The compiler is told absolute paths, and they must not depend on the current folder.
        guard let resolved = Files.resolved(root) else {
            throw .build("cannot use '\(root)': \(Files.reason())")
        }
        return resolved
    }

    /// Locks the file at `path`, after waiting for whoever holds it.
    private static func lock(_ path: String, _ progress: Progress) throws(Failure) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .build("cannot open '\(path)': \(Files.reason())") }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            progress.note("waiting for another build to end")
            while flock(descriptor, LOCK_EX) != 0 {
                guard errno == EINTR else {
                    throw .build("cannot lock '\(path)': \(Files.reason())")
                }
                try Interruption.check()
            }
        }
        futimens(descriptor, nil)
        return descriptor
    }

    /// Removes what was used before the last twelve, unless a build uses it now.
    private static func removeOld(in root: String, except current: String) {
        let others = Files.names(in: root)
            .filter { $0.hasSuffix(".lock") }
            .map { String($0.dropLast(".lock".count)) }
            .filter { $0 != current && Files.isFolder("\(root)/\($0)") }
        let newestFirst = others.sorted { time(root, $0) > time(root, $1) }
        for name in newestFirst.dropFirst(keptCount - 1) {
            let descriptor = open("\(root)/\(name).lock", O_RDWR | O_CLOEXEC)
            guard descriptor >= 0 else { continue }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { Files.removeTree("\(root)/\(name)") }
            close(descriptor)
        }
    }

    /// When a workspace was used last, in seconds since 1970.
    private static func time(_ root: String, _ name: String) -> Int {
        var status = stat()
        return stat("\(root)/\(name).lock", &status) == 0 ? status.st_mtim.tv_sec : 0
    }
}
