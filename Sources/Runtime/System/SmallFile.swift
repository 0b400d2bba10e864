import Glibc

/// Files that are read whole when the gateway starts.
enum SmallFile {
    /// The bytes of the file at `path`; fails where it cannot be read, and with `EFBIG` where it
    /// is larger than `byteLimit`.
    static func read(_ path: String, byteLimit: Int) throws(Errno) -> [UInt8] {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        if file < 0 { throw .last }
        defer { Socket.close(file) }
        var bytes = [UInt8](repeating: 0, count: byteLimit + 1)
        var count = 0
        while count < bytes.count {
            let received = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(
                    file, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if received < 0 { throw .last }
            if received == 0 { return Array(bytes[..<count]) }
            count += received
        }
        throw Errno(code: EFBIG)
    }
}
