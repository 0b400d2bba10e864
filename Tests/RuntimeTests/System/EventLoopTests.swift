import Glibc
import Testing

@testable import GatewayRuntime

/// A pair of connected sockets that do not block.
private struct SocketPair: ~Copyable {
    let near: Int32
    let far: Int32

    init() throws {
        var pair: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &pair) == 0)
        near = pair[0]
        far = pair[1]
    }

    deinit {
        close(near)
        close(far)
    }
}

@Suite struct EventLoopTests {
    private let token = EventToken(.client, SlabID(index: 7, generation: 0xff_ffff))

    @Test func `a token gives back what it was made of`() {
        #expect(token.kind == .client && token.id == SlabID(index: 7, generation: 0xff_ffff))
        let last = EventToken(.resolver, SlabID(index: .max, generation: 1))
        #expect(last.kind == .resolver && last.id.index == .max && last.id.generation == 1)
        #expect(EventToken(.wake, descriptor: 5).descriptor == 5)
        #expect(EventToken(raw: 0xff << 56).kind == nil)
    }

    @Test func `a connection is told of once per change`() throws {
        let loop = try EventLoop()
        let pair = try SocketPair()
        #expect(loop.watch(pair.near, as: token) == nil)
        #expect(try onlyEvent(of: loop, token).isReadable == false)
        #expect(loop.wait(timeoutMilliseconds: 0) == 0)
        let hello = ByteBuffer("hello")
        #expect(hello.peekSend(to: pair.far) == .bytes(5))
        let event = try onlyEvent(of: loop, token)
        #expect(event.isReadable && event.isWritable && !event.isEnded)
        #expect(loop.wait(timeoutMilliseconds: 0) == 0)
        Socket.endSending(pair.far)
        let end = try onlyEvent(of: loop, token)
        #expect(end.isReadable && end.isEnded)
        loop.unwatch(pair.near)
        #expect(hello.peekSend(to: pair.far) != .bytes(5))
        #expect(loop.wait(timeoutMilliseconds: 0) == 0)
    }

    @Test func `a level is told of as long as it lasts`() throws {
        let loop = try EventLoop()
        let counter = try EventCounter.open(blocks: false)
        defer { close(counter) }
        #expect(loop.watchLevel(counter, as: token) == nil)
        #expect(loop.wait(timeoutMilliseconds: 0) == 0)
        EventCounter.add(counter)
        for _ in 0..<2 { #expect(try onlyEvent(of: loop, token).isReadable) }
        EventCounter.wait(counter)
        #expect(loop.wait(timeoutMilliseconds: 1) == 0)
    }

    @Test func `a descriptor that cannot be watched is an error`() throws {
        let loop = try EventLoop()
        #expect(loop.watch(-1, as: token)?.code == EBADF)
        #expect(Errno(code: EBADF).text == "Bad file descriptor")
    }

    private func onlyEvent(of loop: borrowing EventLoop, _ token: EventToken) throws -> Event {
        let count = loop.wait(timeoutMilliseconds: 1000)
        try #require(count == 1)
        let event = loop.event(0)
        #expect(event.token == token)
        return event
    }
}

@Suite struct SocketTests {
    @Test func `bytes are sent and received until there are none`() throws {
        let pair = try SocketPair()
        var output = ByteBuffer("one two")
        #expect(output.peekSend(3..<7, to: pair.far) == .bytes(4))
        let sent = output.send(to: pair.far)
        #expect(sent == .bytes(7))
        #expect(output.count == 0)
        var input = ByteBuffer(capacity: 32)
        let received = input.receive(from: pair.near)
        #expect(received == .bytes(11))
        #expect(input.text == " twoone two")
        let nothing = input.receive(from: pair.near)
        #expect(nothing == .wouldBlock)
        Socket.endSending(pair.far)
        let end = input.receive(from: pair.near)
        #expect(end == .end)
    }

    @Test func `a full socket takes no more, and what it took is consumed`() throws {
        let pair = try SocketPair()
        var output = ByteBuffer(capacity: 8 << 20)
        for _ in 0..<8 << 20 { output.append(0) }
        var sentCount = 0
        while case .bytes(let sent) = output.send(to: pair.near) { sentCount += sent }
        let left = output.count
        #expect(sentCount > 0 && sentCount + left == 8 << 20)
        let result = output.send(to: pair.near)
        #expect(result == .wouldBlock)
    }

    @Test func `pieces are sent in their order`() throws {
        let pair = try SocketPair()
        let first = ByteBuffer("ab")
        let second = ByteBuffer("xcdefx")
        let third = ByteBuffer("!")
        let sent = Socket.send(pair.far, first, second, 1..<3, third, 3..<5)
        #expect(sent == .bytes(7))
        let three = Socket.send(pair.far, first, second, 0..<0, third)
        #expect(three == .bytes(3))
        var input = ByteBuffer(capacity: 32)
        _ = input.receive(from: pair.near)
        #expect(input.text == "abcd!efab!")
    }

    @Test func `a connection is quiet until a byte or an end comes`() throws {
        let pair = try SocketPair()
        #expect(Socket.isQuiet(pair.near))
        _ = ByteBuffer("a").peekSend(to: pair.far)
        #expect(!Socket.isQuiet(pair.near))
        let other = try SocketPair()
        Socket.endSending(other.far)
        #expect(!Socket.isQuiet(other.near))
    }

    @Test func `a broken connection is an error and no signal`() throws {
        let pair = try SocketPair()
        shutdown(pair.far, Int32(SHUT_RDWR))
        let result = ByteBuffer("a").peekSend(to: pair.near)
        #expect(result == .failed(Errno(code: EPIPE)))
        #expect(Socket.connectError(-1)?.code == EBADF)
        #expect(Socket.connectError(pair.near) == nil)
    }
}
