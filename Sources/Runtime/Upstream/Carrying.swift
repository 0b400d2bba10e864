/// What carries the bytes of a connection.
enum Carrier: Equatable {
    /// The socket itself.
    case plain
    /// A session of the worker's `security`, over the socket.
    case secured(Int32)
    /// A channel of the worker's `wide` transport; there is no socket.
    case wide(Int32)
}

/// Moving bytes to and from an endpoint, whatever carries them.
extension Worker {
    /// Receives into the room behind the last byte of `scratch`.
    mutating func receiveScratch(_ upstream: Int) -> IOResult {
        switch upstreams[upstream].carrier {
        case .plain:
            return scratch.receive(from: upstreams[upstream].socket)
        case .secured(let session):
            guard let security else { return .end }
            return unsafe scratch.receive {
                unsafe security.receive(session, into: $0, byteCount: $1)
            }
        case .wide(let channel):
            guard let wide else { return .end }
            return unsafe scratch.receive {
                unsafe wide.receive(channel, into: $0, byteCount: $1)
            }
        }
    }

    /// Sends what `out` holds and keeps it.
    func sendOut(_ upstream: Int) -> IOResult {
        switch upstreams[upstream].carrier {
        case .plain:
            return out.peekSend(to: upstreams[upstream].socket)
        case .secured(let session):
            guard let security else { return .end }
            return unsafe out.peekSend {
                unsafe security.send(session, from: $0, byteCount: $1)
            }
        case .wide(let channel):
            guard let wide else { return .end }
            return unsafe out.peekSend {
                unsafe wide.send(channel, from: $0, byteCount: $1)
            }
        }
    }

    /// Sends what waits in the connection's `output` and consumes what was taken.
    mutating func sendOutput(_ upstream: Int) -> IOResult {
        switch upstreams[upstream].carrier {
        case .plain:
            return upstreams[upstream].output.send(to: upstreams[upstream].socket)
        case .secured(let session):
            guard let security else { return .end }
            return unsafe upstreams[upstream].output.send {
                unsafe security.send(session, from: $0, byteCount: $1)
            }
        case .wide(let channel):
            guard let wide else { return .end }
            return unsafe upstreams[upstream].output.send {
                unsafe wide.send(channel, from: $0, byteCount: $1)
            }
        }
    }
}

extension IOResult {
    init(_ carried: CarriedBytes) {
        switch carried {
        case .bytes(let count): self = .bytes(count)
        case .wouldBlock: self = .wouldBlock
        case .end: self = .end
        case .failed: self = .failed(.brokenLayer)
        }
    }
}
