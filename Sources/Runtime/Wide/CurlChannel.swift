import CCurl
import GatewayRuntime
import Glibc

/// One request and its answer, with the libcurl handle that carries them; used again for others.
@safe
final class CurlChannel {
    enum Phase: Equatable {
        case idle
        /// The request's head has not come whole.
        case head
        /// Its body is small and is waited for, so that it travels in one piece with the head.
        case collecting
        case running
        /// The answer is whole.
        case ended
        case failed(WideFault)
    }

    let easy: UnsafeMutableRawPointer
    let endpoint: Int
    let number: Int32
    /// Lives as long as the handle, which points to what is in it.
    let settings: CurlSettings
    private let changes: ChannelChanges
    var phase = Phase.idle
    /// What the transport's owner knows it by.
    var tag: UInt64 = 0
    /// Whether its number stands in `changes`.
    var isListed = false

    var request = RequestParts()
    var upload = UploadFraming(.none)
    /// The body's bytes that libcurl has not taken.
    var body = ByteQueue()
    /// Whether bytes of the request found no room.
    var isSenderWaiting = false
    var answer = RenderedAnswer()
    /// The directions that libcurl pauses, as it names them.
    var paused: Int32 = 0
    var url = ByteQueue()
    /// What the handle was last set up for.
    var kind = Kind.other

    /// What libcurl says of a failure, zero-terminated.
    let errorText: UnsafeMutablePointer<CChar>

    /// The same as text.
    var errorWords: String { unsafe String(cString: errorText) }

    /// Bytes of a request's body that wait at most.
    static var bodyLimit: Int { 65_536 }

    /// How libcurl is told of a body.
    enum Kind {
        case none
        case head
        case whole
        case stream
        case other
    }

    init?(endpoint: Int, number: Int32, settings: CurlSettings, changes: ChannelChanges) {
        guard let easy = unsafe curl_easy_init() else { return nil }
        unsafe self.easy = easy
        self.endpoint = endpoint
        self.number = number
        self.settings = settings
        self.changes = changes
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe errorText.deallocate()
    }

    /// Forgets one request, so that the next can be taken.
    func reset() {
        phase = .idle
        tag = 0
        request.removeAll()
        body.reset(keeping: 16_384)
        answer.removeAll()
        isSenderWaiting = false
        paused = 0
    }

    /// Takes what there is room for of a request's bytes.
    func take(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> Int {
        var taken = 0
        if phase == .head {
            switch unsafe request.take(start, byteCount) {
            case .incomplete: return byteCount
            case .malformed:
                phase = .failed(.malformedAnswer)
                return byteCount
            case .complete(let headByteCount):
                taken = headByteCount
                upload = UploadFraming(request.framing)
                phase = .collecting
            }
        }
        taken += unsafe upload.take(
            start + taken, byteCount - taken, into: &body, limit: CurlChannel.bodyLimit)
        isSenderWaiting = taken < byteCount
        return taken
    }

    /// Whether the request can set out: all of it is here, or it is too long to be waited for.
    var isReadyToStart: Bool {
        guard phase == .collecting else { return false }
        switch request.framing {
        case .none, .chunked: return true
        case .length(let length): return upload.isComplete || length > CurlChannel.bodyLimit
        }
    }

    /// Lets libcurl go on in the directions that it had to pause.
    func resume(_ direction: Int32) {
        if paused & direction == 0 || phase != .running { return }
        paused &= ~direction
        _ = unsafe curl_easy_pause(easy, paused)
    }

    /// Has the channel's owner told that there is something new.
    func tell() {
        if isListed { return }
        isListed = true
        changes.numbers.append(number)
    }

    // MARK: what libcurl calls

    func wantsBody(_ target: UnsafeMutablePointer<UInt8>, _ byteCount: Int) -> Int {
        let moved = unsafe body.move(to: target, byteCount)
        if moved > 0 && isSenderWaiting { tell() }
        if moved > 0 || upload.isComplete { return moved }
        paused |= CURLPAUSE_SEND
        return Int(CURL_READFUNC_PAUSE)
    }

    func hasLine(_ line: UnsafePointer<UInt8>, _ byteCount: Int) -> Bool {
        let isHead = unsafe answer.takeLine(line, byteCount, isAnswerToHead: kind == .head)
        if answer.hasHead { tell() }
        return isHead
    }

    func hasBody(_ start: UnsafePointer<UInt8>, _ byteCount: Int) -> Int {
        guard answer.hasRoom(for: byteCount) else {
            paused |= CURLPAUSE_RECV
            return Int(CURL_WRITEFUNC_PAUSE)
        }
        unsafe answer.takeBody(start, byteCount)
        tell()
        return byteCount
    }

    /// The transfer is over; its handle is libcurl's no longer.
    func end(_ result: CURLcode) {
        if result == CURLE_OK && answer.hasHead {
            answer.end()
            phase = .ended
        } else {
            phase = .failed(WideFault(result, of: self))
        }
        tell()
    }
}

/// The numbers of channels that have something new for their owner.
final class ChannelChanges {
    var numbers: [Int32] = []
}
