/// The lines of one block of text, found once and compared in place.
struct TextLines: Sendable {
    private let text: StaticString
    /// Where line `i` begins; one more entry lies past the line feed that would close the last.
    private let starts: [Int]

    init(_ text: StaticString) {
        var starts = [0]
        text.withUTF8Buffer { bytes in
            for index in bytes.indices where unsafe bytes[index] == UInt8(ascii: "\n") {
                starts.append(index + 1)
            }
            starts.append(bytes.count + 1)
        }
        self.text = text
        self.starts = starts
    }

    var count: Int { starts.count - 1 }

    /// Whether `bytes` are line `line`, 0..<count.
    func isLine(_ line: Int, _ bytes: borrowing Span<UInt8>) -> Bool {
        bytes.count == starts[line + 1] - starts[line] - 1 && isStart(line, of: bytes)
    }

    /// Whether `bytes` begin with line `line`, 0..<count.
    func isStart(_ line: Int, of bytes: borrowing Span<UInt8>) -> Bool {
        let start = starts[line]
        let count = starts[line + 1] - start - 1
        guard bytes.count >= count else { return false }
        let pointer = unsafe text.utf8Start
        for index in 0..<count where unsafe pointer[start + index] != bytes[index] {
            return false
        }
        return true
    }
}
