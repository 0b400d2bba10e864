import Glibc

// Steps of eight bytes at a time. All of them read through `word`, which traps outside the span.

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

/// `word` with its ASCII capitals made small.
@inline(__always)
func lowercased(_ word: UInt64) -> UInt64 {
    let seven = word & ~tops
    let capitals = (seven &+ ones &* 0x3f) & ~(seven &+ ones &* 0x25) & ~word & tops
    return word | capitals &>> 2
}

/// The top bit of each byte that is `byte`; above the lowest such bit others may be wrong.
@inline(__always)
private func matches(_ word: UInt64, _ byte: UInt8) -> UInt64 {
    let rest = word ^ (ones &* UInt64(byte))
    return (rest &- ones) & ~rest & tops
}

/// The top bit of each byte below 0x20; above the lowest such bit others may be wrong.
@inline(__always)
private func controls(_ word: UInt64) -> UInt64 {
    (word &- ones &* 0x20) & ~word & tops
}

/// The index of the first byte from `start` that is a control character (HTAB and DEL are), or the
/// count of `bytes`.
@inline(__always)
func firstControl(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    let last = bytes.count &- 8
    while index <= last {
        let next = word(bytes, at: index)
        let stops = controls(next) | matches(next, Byte.delete)
        if stops != 0 { return index &+ stops.trailingZeroBitCount &>> 3 }
        index &+= 8
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
    let last = bytes.count &- 8
    while index <= last {
        let next = word(bytes, at: index)
        let stops = controls(next) | matches(next, Byte.quote) | matches(next, Byte.backslash)
        if stops != 0 { return index &+ stops.trailingZeroBitCount &>> 3 }
        index &+= 8
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
func firstUnusualInName(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
    var index = start
    let last = bytes.count &- 8
    while index <= last {
        let next = word(bytes, at: index)
        let seven = next & ~tops
        let small = seven | ones &* 0x20
        let letters = (small &+ ones &* 0x1f) & ~(small &+ ones &* 0x05)
        let digits = (seven &+ ones &* 0x50) & ~(seven &+ ones &* 0x46)
        let dashes = ~((seven ^ ones &* UInt64(Byte.dash)) &+ ~tops)
        let stops = ~((letters | digits | dashes) & ~next) & tops
        if stops != 0 { return index &+ stops.trailingZeroBitCount &>> 3 }
        index &+= 8
    }
    while index < bytes.count, ByteSet.nameUsual.contains(bytes[index]) { index &+= 1 }
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
