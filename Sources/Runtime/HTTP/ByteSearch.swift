import Glibc

// Reading several bytes at a time. All of it goes through loads that trap outside the span.

/// 1 in each byte of a word.
private let ones: UInt64 = 0x0101_0101_0101_0101
/// The highest bit of each byte of a word.
private let tops: UInt64 = 0x8080_8080_8080_8080

/// The eight bytes from `index`, the first in the lowest bits.
@inline(__always)
func word(_ bytes: borrowing Span<UInt8>, at index: Int) -> UInt64 {
    let raw = unsafe bytes.bytes
    let whole = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
    return UInt64(littleEndian: whole)
}

/// The four bytes from `index`, the first in the lowest bits.
@inline(__always)
func halfWord(_ bytes: borrowing Span<UInt8>, at index: Int) -> UInt64 {
    let raw = unsafe bytes.bytes
    let half = unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt32.self)
    return UInt64(UInt32(littleEndian: half))
}

/// The `count` bytes from `start`, 0…7 of them, above them zeros.
@inline(__always)
func shortWord(_ bytes: borrowing Span<UInt8>, from start: Int, count: Int) -> UInt64 {
    if count >= 4 {
        let high = halfWord(bytes, at: start &+ count &- 4)
        return halfWord(bytes, at: start) | high &<< UInt64(8 &* (count &- 4))
    }
    var result: UInt64 = 0
    var index = count
    while index > 0 {
        index &-= 1
        result = result &<< 8 | UInt64(bytes[start &+ index])
    }
    return result
}

/// `text`, of at most eight ASCII characters, as `word` would give it: a constant once optimised.
@inline(__always)
func word(_ text: StaticString) -> UInt64 {
    var result: UInt64 = 0
    let start = unsafe text.utf8Start
    for index in 0..<text.utf8CodeUnitCount {
        result |= unsafe UInt64(start[index]) << UInt64(8 * index)
    }
    return result
}

/// The eight characters of `text` from `index`, as `word` would give them.
@inline(__always)
func word(_ text: StaticString, at index: Int) -> UInt64 {
    precondition(index >= 0 && index &+ 8 <= text.utf8CodeUnitCount)
    let start = unsafe UnsafeRawPointer(text.utf8Start)
    let whole = unsafe start.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    return UInt64(littleEndian: whole)
}

/// `word` with its ASCII capitals made small.
@inline(__always)
func lowercased(_ word: UInt64) -> UInt64 {
    let seven = word & ~tops
    let capitals = (seven &+ ones &* 0x3f) & ~(seven &+ ones &* 0x25) & ~word & tops
    return word | capitals &>> 2
}

// Steps of sixteen bytes in vector registers; what is left over goes byte by byte. Operands are
// vectors on both sides, since operators that mix vectors and scalars are not compiled to vector
// instructions.

private typealias Block = SIMD16<UInt8>
private typealias BlockMask = SIMDMask<SIMD16<Int8>>

/// The sixteen bytes from `index`.
@inline(__always)
private func block(_ bytes: borrowing Span<UInt8>, at index: Int) -> Block {
    let raw = unsafe bytes.bytes
    return unsafe raw.unsafeLoadUnaligned(fromByteOffset: index, as: Block.self)
}

/// `byte` sixteen times.
@inline(__always)
private func all(_ byte: UInt8) -> Block { Block(repeating: byte) }

/// How many lanes of `mask` come before the first that is true, 16 if none is.
@inline(__always)
private func leadingFalse(_ mask: BlockMask) -> Int {
    let halves = unsafe unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    if halves[0] | halves[1] == 0 { return 16 }
    if halves[0] != 0 { return UInt64(littleEndian: halves[0]).trailingZeroBitCount &>> 3 }
    return 8 &+ UInt64(littleEndian: halves[1]).trailingZeroBitCount &>> 3
}

/// Which bytes are control characters, DEL too.
@inline(__always)
private func controls(_ block: Block) -> BlockMask {
    (block .< all(Byte.space)) .| (block .== all(Byte.delete))
}

/// Which bytes a JSON string cannot have as they are.
@inline(__always)
private func stringStops(_ block: Block) -> BlockMask {
    (block .< all(Byte.space)) .| (block .== all(Byte.quote)) .| (block .== all(Byte.backslash))
}

/// Which bytes are neither ASCII letters nor digits nor `mark` or `other`.
@inline(__always)
private func unlikeName(_ block: Block, _ mark: UInt8, _ other: UInt8) -> BlockMask {
    let isNoLetter = ((block | all(0x20)) &- all(0x61)) .> all(25)
    let isNoDigit = (block &- all(Byte.zero)) .> all(9)
    return isNoLetter .& isNoDigit .& (block .!= all(mark)) .& (block .!= all(other))
}

/// The index of the first byte from `start` that is a control character (HTAB and DEL are), or the
/// count of `bytes`.
@inline(__always)
func firstControl(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    let last = bytes.count &- 16
    while index <= last {
        let count = leadingFalse(controls(block(bytes, at: index)))
        index &+= count
        if count < 16 { return index }
    }
    while index < bytes.count, bytes[index] >= Byte.space, bytes[index] != Byte.delete {
        index &+= 1
    }
    return index
}

/// The index of the first byte from `start` that a JSON string cannot have as it is (a quote, a
/// backslash, a control character), or the count of `bytes`.
@inline(__always)
func firstStringStop(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    let last = bytes.count &- 16
    while index <= last {
        let count = leadingFalse(stringStops(block(bytes, at: index)))
        index &+= count
        if count < 16 { return index }
    }
    while index < bytes.count {
        let byte = bytes[index]
        if byte < Byte.space || byte == Byte.quote || byte == Byte.backslash { return index }
        index &+= 1
    }
    return index
}

/// The index of the first byte from `start` that is no ASCII letter, digit or dash, or the count of
/// `bytes`: the end of nearly every field name.
@inline(__always)
func firstNotNameLike(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    let last = bytes.count &- 16
    while index <= last {
        let count = leadingFalse(unlikeName(block(bytes, at: index), Byte.dash, Byte.dash))
        index &+= count
        if count < 16 { return index }
    }
    while index < bytes.count, ByteSet.nameLike.contains(bytes[index]) { index &+= 1 }
    return index
}

/// The index of the first byte from `start` that a path cannot simply have, or the count of
/// `bytes`: all but ASCII letters, digits, dashes, and slashes with neither a slash nor a dot
/// behind them. Near the end of `bytes` it stops at every slash.
@inline(__always)
func firstNotPathLike(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    let last = bytes.count &- 17
    while index <= last {
        let next = block(bytes, at: index)
        let behind = block(bytes, at: index &+ 1)
        let isOdd = (behind .== all(Byte.slash)) .| (behind .== all(Byte.dot))
        let stops = unlikeName(next, Byte.dash, Byte.slash)
        let count = leadingFalse(stops .| ((next .== all(Byte.slash)) .& isOdd))
        index &+= count
        if count < 16 { return index }
    }
    while index < bytes.count, ByteSet.nameLike.contains(bytes[index]) { index &+= 1 }
    return index
}

/// The index of the first `byte` from `start`, or the count of `bytes`.
func firstIndex(of byte: UInt8, in bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    guard start < bytes.count else { return bytes.count }
    let rest = bytes.extracting(start..<bytes.count)
    let offset = unsafe rest.withUnsafeBytes { buffer -> Int? in
        guard let base = buffer.baseAddress else { return nil }
        guard let found = unsafe memchr(base, Int32(byte), buffer.count) else { return nil }
        return unsafe UnsafeRawPointer(found) - base
    }
    return offset.map { start + $0 } ?? bytes.count
}
