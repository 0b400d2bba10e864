/// Where in a request's JSON stands what stays the same from turn to turn of a conversation.
///
/// That is, the first that there is: `prompt_cache_key`; of `messages`, or of an `input` that is a
/// list, everything up to the end of the first message of a user; the first 512 bytes of an `input`
/// or `prompt`. Of a body that has not come whole only what has come is looked at.
struct ConversationStart {
    /// Nil: there is nothing of the kind.
    private(set) var place: Range<Int>?
    /// What `place` is, by its place in the list above; lower is preferred.
    private var rank = Int.max

    /// How much of a prompt counts, since it may grow at its end.
    private static var promptByteLimit: Int { 512 }

    init(in body: borrowing Span<UInt8>) {
        var walk = JSONWalk()
        do throws(JSONWalk.Fault) {
            try walk.take(Byte.openBrace, body)
            var isFirst = true
            while let key = try walk.member(body, isFirst: &isFirst) {
                try take(body.extracting(key), &walk, body)
            }
        } catch {
            // What was found before the fault, or before the end of what has come, is as good.
        }
    }

    private mutating func take(
        _ key: borrowing Span<UInt8>, _ walk: inout JSONWalk, _ body: borrowing Span<UInt8>
    ) throws(JSONWalk.Fault) {
        let first = try walk.peek(body)
        switch key {
        case "prompt_cache_key" where first == Byte.quote:
            offer(try walk.string(body), rank: 0)
        case "messages" where first == Byte.openBracket:
            try takeMessages(&walk, body, rank: 1)
        case "input" where first == Byte.openBracket:
            try takeMessages(&walk, body, rank: 2)
        case "input" where first == Byte.quote, "prompt" where first == Byte.quote:
            let text = try walk.string(body)
            offer(text.prefix(ConversationStart.promptByteLimit), rank: 3)
        default:
            try walk.skip(body)
        }
    }

    private mutating func offer(_ range: Range<Int>, rank: Int) {
        if range.isEmpty || rank >= self.rank { return }
        (place, self.rank) = (range, rank)
    }

    /// Of a list of messages all that lies before the end of the first one of a user, else all.
    private mutating func takeMessages(
        _ walk: inout JSONWalk, _ body: borrowing Span<UInt8>, rank: Int
    ) throws(JSONWalk.Fault) {
        let start = walk.position
        try walk.take(Byte.openBracket, body)
        var isFirst = true
        while try walk.element(body, isFirst: &isFirst) {
            if try message(&walk, body) { offer(start..<walk.position, rank: rank) }
        }
        offer(start..<walk.position, rank: rank)
    }

    /// Takes one element; whether it is a message of a user.
    private func message(
        _ walk: inout JSONWalk, _ body: borrowing Span<UInt8>
    ) throws(JSONWalk.Fault) -> Bool {
        guard try walk.peek(body) == Byte.openBrace else {
            try walk.skip(body)
            return false
        }
        try walk.take(Byte.openBrace, body)
        var isUsers = false
        var isFirst = true
        while let key = try walk.member(body, isFirst: &isFirst) {
            if "role" ~= body.extracting(key), try walk.peek(body) == Byte.quote {
                let role = try walk.string(body)
                isUsers = "user" ~= body.extracting(role)
            } else {
                try walk.skip(body)
            }
        }
        return isUsers
    }
}
