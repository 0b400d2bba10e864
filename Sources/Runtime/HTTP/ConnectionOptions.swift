/// What the Connection fields of a head say (RFC 9110 §7.6.1).
struct ConnectionOptions {
    var saysClose = false
    var saysKeepAlive = false
    /// Whether anything else is named there: fields that end at this connection.
    var namesOthers = false

    /// Reads one Connection field's value.
    mutating func read(_ bytes: borrowing Span<UInt8>, _ value: ByteRange) {
        // The usual value, looked for before it is taken for a list.
        if equals(bytes, value, "keep-alive") {
            saysKeepAlive = true
            return
        }
        var rest = value.range
        while let member = nextMember(bytes, of: &rest) {
            if equals(bytes, member, "close") {
                saysClose = true
            } else if equals(bytes, member, "keep-alive") {
                saysKeepAlive = true
            } else if !member.isEmpty {
                namesOthers = true
            }
        }
    }

    /// Whether the connection can be used again after a message of HTTP/1.`minorVersion`.
    func keepsAlive(minorVersion: UInt8) -> Bool {
        !saysClose && (minorVersion > 0 || saysKeepAlive)
    }
}

extension FieldTable {
    /// Whether a Connection field of this head names `field`; `bytes` are the head's.
    func isNamedByConnection(_ field: Field, in bytes: borrowing Span<UInt8>) -> Bool {
        for index in 0..<count where self[index].id == .connection {
            var rest = self[index].value.range
            while let member = nextMember(bytes, of: &rest) {
                if equals(bytes, member, field.name) { return true }
            }
        }
        return false
    }
}
