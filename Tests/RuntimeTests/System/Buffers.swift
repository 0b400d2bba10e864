@testable import GatewayRuntime

extension ByteBuffer {
    /// A buffer that holds the text and has no room left.
    init(_ text: String) {
        self.init(capacity: max(text.utf8.count, 1))
        append(string: text)
    }

    /// Everything that it holds.
    var array: [UInt8] {
        var array: [UInt8] = []
        for index in 0..<count { array.append(self[index]) }
        return array
    }

    var text: String { String(decoding: array, as: UTF8.self) }

    /// What `write` appends to an empty buffer, as text.
    static func text(_ write: (inout ByteBuffer) -> Void) -> String {
        var buffer = ByteBuffer()
        write(&buffer)
        return buffer.text
    }
}
