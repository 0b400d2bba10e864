/// Until when each endpoint is ejected, and how often it was in a row.
///
/// A word an endpoint: the end in monotonic milliseconds above 8 bits of repetition.
struct Ejections: ~Copyable {
    let milliseconds: UInt64
    private let words: AtomicWords

    init(milliseconds: Int, endpointCount: Int) {
        self.milliseconds = UInt64(milliseconds)
        words = AtomicWords(count: endpointCount)
    }

    /// Each ejection that follows another doubles, this often at most: to 16 times.
    private static var doublingLimit: UInt64 { 4 }

    /// Begins an ejection; called by one thread at a time.
    ///
    /// A repetition is forgotten for each `milliseconds` that the endpoint has served in between.
    /// - Returns: how long it lasts, in milliseconds.
    func begin(_ endpoint: Int, now: UInt64) -> UInt64 {
        let word = words.load(endpoint)
        let served = now - min(now, word >> 8)
        let before = word & 0xff
        let repetition = before - min(before, served / milliseconds)
        let duration = milliseconds << min(repetition, Ejections.doublingLimit)
        let next = min(repetition + 1, Ejections.doublingLimit + 1)
        words.store((now + duration) << 8 | next, at: endpoint)
        return duration
    }

    func isOver(_ endpoint: Int, now: UInt64) -> Bool { words.load(endpoint) >> 8 <= now }
}
