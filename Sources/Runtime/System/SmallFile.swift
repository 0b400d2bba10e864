import Glibc

/// Files that are read whole.
enum SmallFile {
    /// The bytes of the file at `path`; fails where it cannot be read, and with `EFBIG` where it
    /// is larger than `byteLimit`.
    ///
    /// - Parameter isRegular: whether anything but a regular file is refused, with `EINVAL`: a pipe
    ///   gives its bytes once, and would hold up whoever asks again.
    static func read(
        _ path: String, byteLimit: Int, isRegular: Bool = false
    ) throws(Errno) -> [UInt8] {
        let flags = O_RDONLY | O_CLOEXEC | (isRegular ? O_NONBLOCK : 0)
        let file = unsafe open(path, flags)
        if file < 0 { throw .last }
        defer { Socket.close(file) }
        if isRegular {
            var status = stat()
            if unsafe fstat(file, &status) != 0 { throw .last }
            if status.st_mode & S_IFMT != S_IFREG { throw Errno(code: EINVAL) }
        }
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
