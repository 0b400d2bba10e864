import Testing

@testable import GatewayRuntime

@Suite struct ByteBufferTests {
    @Test func `an empty buffer owns nothing and can be read`() {
        let buffer = ByteBuffer()
        let state = (buffer.capacity, buffer.count, buffer.writableCount, buffer.isEmpty)
        #expect(state == (0, 0, 0, true))
        #expect(buffer.array == [])
    }

    @Test func `what is consumed is gone and what follows it stays`() {
        var buffer = ByteBuffer("abcdef")
        buffer.consume(2)
        #expect(buffer.text == "cdef")
        buffer.consume(0)
        buffer.append("gh")
        #expect(buffer.text == "cdefgh")
        buffer.consume(6)
        #expect(buffer.count == 0)
    }

    @Test func `room is made by moving where that is enough`() {
        var buffer = ByteBuffer(capacity: 8)
        buffer.append("abcdefgh")
        buffer.consume(5)
        buffer.reserve(5)
        let state = (buffer.capacity, buffer.writableCount)
        #expect(state == (8, 5))
        #expect(buffer.text == "fgh")
    }

    @Test func `room is made by growing where moving is not enough`() {
        var buffer = ByteBuffer(capacity: 8)
        buffer.append("abcdefgh")
        buffer.consume(5)
        buffer.reserve(6)
        let room = buffer.writableCount
        #expect(room >= 6)
        #expect(buffer.text == "fgh")
    }

    @Test func `a large buffer grows by steps of a mebibyte`() {
        var buffer = ByteBuffer(capacity: 4 << 20)
        for _ in 0..<4 << 20 { buffer.append(UInt8(ascii: "x")) }
        buffer.append(UInt8(ascii: "y"))
        let capacity = buffer.capacity
        #expect(capacity == 5 << 20)
        let last = buffer[4 << 20]
        #expect(last == UInt8(ascii: "y"))
    }

    @Test func `every way to append gives the same bytes`() {
        let source = ByteBuffer("0123456789")
        var buffer = ByteBuffer()
        buffer.append(source)
        buffer.append(source, 3..<5)
        buffer.append(source, 4..<4)
        buffer.append("literal")
        buffer.append("literal", 0..<3)
        buffer.append(string: "é")
        buffer.append([UInt8(ascii: "!")].span)
        buffer.append([UInt8]().span)
        buffer.append(UInt8(ascii: "?"))
        buffer.append(eight: 0x3837_3635_3433_3231)
        buffer.appendDigits(of: 42, count: 4)
        #expect(buffer.text == "012345678934literallité!?123456780042")
    }

    @Test(arguments: 0...8)
    func `what was sent already is skipped across pieces`(sent: Int) {
        let first = ByteBuffer("abc")
        let second = ByteBuffer("-defg-")
        let third = ByteBuffer("h")
        var buffer = ByteBuffer()
        var skip = sent
        buffer.append(first, skipping: &skip)
        buffer.append(second, 1..<5, skipping: &skip)
        buffer.append(third, skipping: &skip)
        #expect(buffer.text == String("abcdefgh".dropFirst(sent)))
        #expect(skip == 0)
    }

    @Test func `a piece can be moved over what stands before it`() {
        var buffer = ByteBuffer("xx5\r\nhello\r\nrest")
        buffer.consume(2)
        buffer.move(3..<8, to: 0)
        buffer.move(10..<14, to: 5)
        buffer.truncate(to: 9)
        #expect(buffer.text == "hellorest")
        buffer.truncate(to: 0)
        #expect(buffer.count == 0)
    }

    @Test func `a random life holds what an array would`() {
        var random = Random(seed: 11)
        var buffer = ByteBuffer()
        var model: [UInt8] = []
        for _ in 0..<4000 {
            switch random.next(below: 6) {
            case 0:
                let count = Int(random.next(below: UInt64(model.count + 1)))
                buffer.consume(count)
                model.removeFirst(count)
            case 1:
                let count = model.count - Int(random.next(below: UInt64(model.count / 4 + 1)))
                buffer.truncate(to: count)
                model.removeLast(model.count - count)
            case 2:
                buffer.reserve(Int(random.next(below: 200)))
            case 3 where model.count > 2:
                let from = Int(random.next(below: UInt64(model.count - 1))) + 1
                let to = Int(random.next(below: UInt64(from)))
                buffer.move(from..<model.count, to: to)
                model.replaceSubrange(to..<to + model.count - from, with: model[from...])
            default:
                let bytes = random.bytes(upTo: 40, from: [0, 255])
                buffer.append(bytes.span)
                model += bytes
            }
            #expect(buffer.array == model)
        }
    }
}

@Suite struct BufferPoolTests {
    @Test func `a buffer takes a block and gives it back`() {
        var pool = BufferPool()
        var buffer = ByteBuffer()
        buffer.open(from: &pool)
        let capacity = buffer.capacity
        #expect(capacity == BufferPool.blockByteCount)
        buffer.append("abc")
        buffer.open(from: &pool)
        #expect(buffer.text == "abc")
        let first = address(of: buffer)
        buffer.close(into: &pool)
        let closed = (buffer.capacity, buffer.count)
        #expect(closed == (0, 0))
        buffer.open(from: &pool)
        #expect(address(of: buffer) == first)
        #expect(buffer.count == 0)
    }

    @Test func `a block that has grown does not enter the pool`() {
        var pool = BufferPool()
        var buffer = ByteBuffer()
        buffer.open(from: &pool)
        buffer.reserve(BufferPool.blockByteCount + 1)
        buffer.append("kept")
        #expect(buffer.text == "kept")
        buffer.close(into: &pool)
        buffer.open(from: &pool)
        let capacity = buffer.capacity
        #expect(capacity == BufferPool.blockByteCount)
    }

    @Test func `blocks past the pool's bound go back to the system`() {
        var pool = BufferPool()
        var blocks: [UnsafeMutablePointer<UInt8>] = []
        for _ in 0..<200 { blocks.append(pool.take()) }
        for block in blocks { pool.give(block) }
        let again = (0..<64).map { _ in pool.take() }
        #expect(Set(again) == Set(blocks[..<64]))
        for block in again { pool.give(block) }
    }

    private func address(of buffer: borrowing ByteBuffer) -> UInt {
        buffer.bytes.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
}
