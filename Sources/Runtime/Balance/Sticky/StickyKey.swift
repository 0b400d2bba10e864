extension Worker {
    /// What a request is recognised by: a header, else the beginning of its conversation; 0:
    /// neither.
    mutating func stickyKey(_ index: Int, header: [UInt8]) -> UInt64 {
        restoreHead(index)
        if !header.isEmpty {
            for number in 0..<requestHead.fields.count {
                let field = requestHead.fields[number]
                if clients[index].input.matches(field.name.range, lowercased: header) {
                    return clients[index].input.keyHash(field.value.range)
                }
            }
        }
        if clients[index].exchange.formScan != nil { return 0 }
        let head = clients[index].exchange.headByteCount
        let body = head..<head + clients[index].exchange.heldByteCount
        return clients[index].input.conversationHash(body)
    }
}

extension ByteBuffer {
    fileprivate func matches(_ range: Range<Int>, lowercased name: [UInt8]) -> Bool {
        if range.count != name.count { return false }
        let span = bytes.extracting(range)
        for index in span.indices where span[index] | 0x20 != name[index] { return false }
        return true
    }

    fileprivate func keyHash(_ range: Range<Int>) -> UInt64 {
        PrefixHash(bytes.extracting(range)).value
    }

    fileprivate func conversationHash(_ body: Range<Int>) -> UInt64 {
        let body = bytes.extracting(body)
        guard let place = ConversationStart(in: body).place else { return 0 }
        return PrefixHash(body.extracting(place)).value
    }
}

/// A hash of some bytes, the same in every gateway; eight bytes at a time, since prompts are long.
struct PrefixHash {
    let value: UInt64

    init(_ bytes: borrowing Span<UInt8>) {
        var state = PrefixHash.fold(UInt64(bytes.count))
        var index = 0
        while index + 8 <= bytes.count {
            state = PrefixHash.fold(state ^ word(bytes, at: index))
            index += 8
        }
        let rest = shortWord(bytes, from: index, count: bytes.count - index)
        value = PrefixHash.fold(state ^ rest)
    }

    private static func fold(_ bits: UInt64) -> UInt64 {
        let product = (bits ^ 0xe703_7ed1_a0b4_28db)
            .multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15)
        return product.high ^ product.low
    }
}
