/// What the headers of one part of a form say (RFC 7578 §4).
struct MultipartPart {
    /// Whether it is the form field `model`, and no file.
    var isModel: Bool { isNamedModel && !isFile }

    /// Whether it is that field, but its content is not what it seems.
    var isAmbiguous: Bool { isModel && isCoded }

    private var isNamedModel = false
    private var isFile = false
    private var isCoded = false
    private var hasDisposition = false
    private var headerByteCount = 0

    private static var headerByteLimit: Int { 8_192 }

    /// Counts bytes of header lines, and answers false where there are too many.
    mutating func addHeaderBytes(_ count: Int) -> Bool {
        headerByteCount += count
        return headerByteCount <= Self.headerByteLimit
    }

    /// Reads a header line, and answers false where it is malformed or has two meanings.
    mutating func read(_ line: borrowing Span<UInt8>) -> Bool {
        var colon = 0
        while colon < line.count, ByteSet.token.contains(line[colon]) { colon += 1 }
        guard colon > 0, colon < line.count, line[colon] == Byte.colon else { return false }
        var start = colon + 1
        while start < line.count, line[start] == Byte.space { start += 1 }
        let name = ByteRange(0, colon)
        let value = ByteRange(start, line.count)
        if equals(line, name, "content-disposition") { return readDisposition(line, value) }
        if equals(line, name, "content-transfer-encoding") {
            let isPlain =
                equals(line, value, "8bit") || equals(line, value, "7bit")
                || equals(line, value, "binary")
            if !isPlain { isCoded = true }
        }
        return true
    }

    /// Reads the name of the field and whether it is a file.
    private mutating func readDisposition(
        _ line: borrowing Span<UInt8>, _ value: ByteRange
    ) -> Bool {
        let type = mediaType(line, value)
        guard !hasDisposition, equals(line, type, "form-data") else { return false }
        hasDisposition = true
        var hasName = false
        var parameters = ParameterList(from: type.end, to: value.end)
        while let parameter = parameters.next(line) {
            if equals(line, parameter.name, "filename") || equals(line, parameter.name, "filename*")
            {
                isFile = true
            } else if equals(line, parameter.name, "name*") {
                return false
            } else if equals(line, parameter.name, "name") {
                guard !hasName else { return false }
                hasName = true
                isNamedModel = isModelName(line, parameter.value)
                if isNamedModel, parameter.hasEscapes { return false }
            }
        }
        return !parameters.isMalformed
    }

    /// Whether a name is `model`, or would be for a reader who leaves out backslashes.
    private func isModelName(_ line: borrowing Span<UInt8>, _ value: ByteRange) -> Bool {
        let name: StaticString = "model"
        var matched = 0
        for index in value.range where line[index] != Byte.backslash {
            guard matched < name.utf8CodeUnitCount else { return false }
            guard unsafe line[index] == name.utf8Start[matched] else { return false }
            matched += 1
        }
        return matched == name.utf8CodeUnitCount
    }
}
