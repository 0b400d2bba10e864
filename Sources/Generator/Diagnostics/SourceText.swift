/// The bytes of a YAML, by line.
///
/// Lines end where YAML ends them: LF, CR, CRLF, NEL, LS and PS. A byte order mark is no part of
/// the text. Bytes that are no UTF-8 are shown as U+FFFD.
struct SourceText: Equatable {
    /// As the user named it.
    let file: String
    /// Without a byte order mark.
    let bytes: [UInt8]
    /// Where each line begins in `bytes`; 1 at least.
    private let lineStarts: [Int]
    /// Places whose characters are never shown, because they are credentials.
    private(set) var hidden: [SourceLocation] = []

    init(file: String, bytes: [UInt8]) {
        self.file = file
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        lineStarts = Self.lineStarts(of: self.bytes)
    }

    var lineCount: Int { lineStarts.count }

    /// The text of a line without its end; empty where there is no such line.
    ///
    /// - Parameter number: from 1.
    func line(_ number: Int) -> String {
        guard number >= 1, number <= lineStarts.count else { return "" }
        let start = lineStarts[number - 1]
        let next = number < lineStarts.count ? lineStarts[number] : bytes.count
        var scalars = String(decoding: bytes[start..<next], as: UTF8.self).unicodeScalars
        while let last = scalars.last, Self.breaks.contains(last) { scalars.removeLast() }
        return String(scalars)
    }

    /// Some characters of a line as they may be shown: without what is hidden, without what a
    /// terminal would obey.
    ///
    /// - Parameter range: in characters from 0.
    /// - Returns: fewer where the line ends before, and whether it goes on behind them.
    func shownCharacters(ofLine number: Int, in range: Range<Int>) -> ([Unicode.Scalar], Bool) {
        let (part, goesOn) = part(ofLine: number, in: range)
        var scalars = Array(String(decoding: part, as: UTF8.self).unicodeScalars)
        if let last = scalars.last, Self.breaks.contains(last) { scalars.removeLast() }
        if let last = scalars.last, Self.breaks.contains(last) { scalars.removeLast() }
        for place in hidden where place.line == number {
            let start = max(0, place.column - 1 - range.lowerBound)
            let end = min(place.column - 1 + place.width - range.lowerBound, scalars.count)
            for index in start..<max(start, end) { scalars[index] = "*" }
        }
        return (scalars.map { $0.isObeyed ? "\u{FFFD}" : $0 }, goesOn)
    }

    /// The bytes of some characters of a line; its end may be among them.
    private func part(ofLine number: Int, in range: Range<Int>) -> (ArraySlice<UInt8>, Bool) {
        guard number >= 1, number <= lineStarts.count else { return ([], false) }
        let next = number < lineStarts.count ? lineStarts[number] : bytes.count
        var start = next
        var end = next
        var count = 0
        for index in lineStarts[number - 1]..<next where bytes[index] & 0xC0 != 0x80 {
            if count == range.lowerBound { start = index }
            if count == range.upperBound {
                end = index
                break
            }
            count += 1
        }
        return (bytes[start..<end], next - end > 2)
    }

    /// The place of a byte.
    ///
    /// - Parameter offset: 0…`bytes.count`.
    func location(ofByteAt offset: Int) -> SourceLocation {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        let before = bytes[lineStarts[low]..<max(lineStarts[low], min(offset, bytes.count))]
        let column = String(decoding: before, as: UTF8.self).unicodeScalars.count + 1
        return SourceLocation(file: file, line: low + 1, column: column, width: 1)
    }

    /// Never show the characters at `location`.
    mutating func hide(_ location: SourceLocation) {
        hidden.append(location)
    }

    private static let breaks: Set<Unicode.Scalar> = [
        "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}",
    ]

    private static func lineStarts(of bytes: [UInt8]) -> [Int] {
        var starts = [0]
        var index = 0
        while index < bytes.count {
            let length = breakLength(in: bytes, at: index)
            index += max(1, length)
            if length > 0 { starts.append(index) }
        }
        return starts
    }

    /// How many bytes the line break at `index` has; 0: none is there.
    private static func breakLength(in bytes: [UInt8], at index: Int) -> Int {
        switch bytes[index] {
        case 0x0A: 1
        case 0x0D: index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
        case 0xC2: index + 1 < bytes.count && bytes[index + 1] == 0x85 ? 2 : 0
        case 0xE2:
            index + 2 < bytes.count && bytes[index + 1] == 0x80
                && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9) ? 3 : 0
        default: 0
        }
    }
}

extension Unicode.Scalar {
    /// Whether a terminal would do something else with it than show it.
    fileprivate var isObeyed: Bool {
        let category = properties.generalCategory
        return (category == .control || category == .format) && self != "\t"
    }
}
