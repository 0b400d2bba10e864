/// Looks at the beginning of an event stream, cut anywhere, until its first event shows whether it
/// is an error; comments and lines that are no data are passed over.
///
/// An error is `event: error`, a field `error:`, or data that is a JSON object with a member
/// `error` that is neither null nor false, or with `"object":"error"`: so vLLM, SGLang, llama.cpp,
/// LiteLLM and OpenAI say it.
struct FirstEventScanner {
    enum Verdict {
        /// No event has come yet.
        case searching
        /// An event that is no error.
        case event
        case error
    }

    private enum Step: UInt8 {
        case lineStart, name, skippedLine
        /// Behind the colon of `event` and of `data`.
        case eventValue, dataStart, data
    }

    private(set) var verdict = Verdict.searching
    private var step = Step.lineStart
    /// The last bytes of the name or text that is being read, and how many it has had.
    private var word: UInt64 = 0
    private var wordByteCount = 0
    private var isErrorEvent = false
    private var object = ErrorMemberScanner()

    /// Reads the next piece; nothing is looked at behind the verdict.
    mutating func scan(_ bytes: borrowing Span<UInt8>) {
        var index = 0
        while index < bytes.count && verdict == .searching {
            take(bytes[index])
            index &+= 1
        }
    }

    private mutating func take(_ byte: UInt8) {
        if byte == Byte.lineFeed || byte == Byte.carriageReturn {
            endLine()
            return
        }
        switch step {
        case .lineStart:
            word = UInt64(byte)
            wordByteCount = 1
            step = byte == Byte.colon ? .skippedLine : .name
        case .name where byte == Byte.colon:
            endName()
        case .name, .eventValue:
            if step == .eventValue && byte == Byte.space { return }
            word = word << 8 | UInt64(byte)
            wordByteCount += 1
        case .skippedLine:
            break
        case .dataStart:
            if byte == Byte.space { return }
            step = .data
            if isErrorEvent {
                verdict = .error
            } else if byte == Byte.openBrace {
                object = ErrorMemberScanner()
            } else {
                verdict = .event
            }
        case .data:
            object.take(byte)
            if object.isError { verdict = .error }
        }
    }

    private mutating func endName() {
        switch (wordByteCount, word) {
        case (4, FirstEventScanner.data): step = .dataStart
        case (5, FirstEventScanner.error): verdict = .error
        case (5, FirstEventScanner.event):
            step = .eventValue
            word = 0
            wordByteCount = 0
        default: step = .skippedLine
        }
    }

    private mutating func endLine() {
        if step == .data { verdict = .event }
        if step == .eventValue {
            isErrorEvent = wordByteCount == 5 && word == FirstEventScanner.error
        }
        step = .lineStart
    }

    private static var data: UInt64 { 0x6461_7461 }
    private static var event: UInt64 { 0x65_7665_6e74 }
    fileprivate static var error: UInt64 { 0x65_7272_6f72 }
}

/// Whether a JSON object, whose brace has been read, has a member that says it is an error.
private struct ErrorMemberScanner {
    private(set) var isError = false
    private var depth = 1
    private var isInString = false
    private var isEscaped = false
    /// Whether the string that is read, or comes next, is a key of the object.
    private var isKey = true
    private var word: UInt64 = 0
    private var wordByteCount = 0
    private var member = Member.other

    private enum Member: UInt8 {
        case other, error, object
    }

    private static var object: UInt64 { 0x6f62_6a65_6374 }

    mutating func take(_ byte: UInt8) {
        if isInString {
            takeInString(byte)
            return
        }
        switch byte {
        case Byte.quote:
            isInString = true
            word = 0
            wordByteCount = 0
            if member == .error { isError = true }
        case Byte.openBrace, Byte.openBracket:
            if member == .error { isError = true }
            member = .other
            depth += 1
        case Byte.closeBrace, Byte.closeBracket: depth -= 1
        case Byte.comma:
            if depth == 1 { isKey = true }
            member = .other
        case Byte.colon, Byte.space, Byte.tab: break
        default:
            // A number or true; null and false say that there is none.
            if member == .error && byte != 0x6e && byte != 0x66 { isError = true }
            member = .other
        }
    }

    private mutating func takeInString(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == Byte.backslash {
            isEscaped = true
        } else if byte == Byte.quote {
            isInString = false
            endString()
            return
        }
        word = word << 8 | UInt64(byte)
        wordByteCount += 1
    }

    private mutating func endString() {
        guard depth == 1 else { return }
        let isWordError = wordByteCount == 5 && word == FirstEventScanner.error
        if !isKey {
            if member == .object && isWordError { isError = true }
            member = .other
            return
        }
        isKey = false
        if isWordError {
            member = .error
        } else if wordByteCount == 6 && word == ErrorMemberScanner.object {
            member = .object
        }
    }
}
