import CLinux

/// What a process was started with.
enum Arguments {
    /// The arguments behind the program's name. `CommandLine` would read them from /proc, which an
    /// empty root does not have.
    static var all: [String] {
        (1..<max(ingot_argument_count(), 1)).map { index in
            unsafe ingot_argument(index).map { unsafe String(cString: $0) } ?? ""
        }
    }
}
