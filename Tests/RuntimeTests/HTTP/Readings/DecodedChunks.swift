@testable import GatewayRuntime

/// What a decoder made of a body.
struct DecodedChunks: Equatable {
    var data: [UInt8] = []
    /// The offset after the body; nil where more was needed.
    var end: Int?
    var fault: ChunkFault?
    var hasExtension = false
    var hasTrailers = false
    /// The offsets up to which everything used up ended whole chunks, of those looked at.
    var boundaries: Set<Int> = []
}

extension DecodedChunks {
    /// Decodes `bytes` in the pieces that `cuts` make, each in memory of its own.
    init(_ bytes: [UInt8], cuts: [Int] = [], isStrict: Bool = true) {
        var decoder = ChunkDecoder(isStrict: isStrict)
        var start = 0
        for cut in cuts + [bytes.count] where end == nil && fault == nil {
            let piece = Array(bytes[start..<cut])
            var offset = 0
            loop: while true {
                switch decoder.next(piece.span, from: offset) {
                case .data(let range):
                    data += piece[range]
                    offset = range.upperBound
                case .needMore: break loop
                case .end(let offset):
                    end = start + offset
                    break loop
                case .fault(let found):
                    fault = found
                    break loop
                }
            }
            start = cut
            if decoder.isBetweenChunks { boundaries.insert(cut) }
        }
        hasExtension = decoder.hasExtension
        hasTrailers = decoder.hasTrailers
    }
}
