/// Why a chunked body cannot be read on.
enum ChunkFault: Error, Equatable {
    case invalidSize, sizeTooLarge
    case invalidExtension, extensionTooLong
    case missingLineEnd, bareLineFeed, bareCarriageReturn
    case malformedTrailer(FieldFault)
    case trailersTooLarge
}

extension ChunkFault {
    /// In plain words, for the one who sent it.
    var message: StaticString {
        switch self {
        case .invalidSize: "the size of a chunk is not a hexadecimal number"
        case .sizeTooLarge: "the size of a chunk is too large"
        case .invalidExtension: "a chunk extension has a control character"
        case .extensionTooLong: "a chunk extension is too long"
        case .missingLineEnd: "the data of a chunk does not end where its size says"
        case .bareLineFeed: FieldFault.bareLineFeed.message
        case .bareCarriageReturn: FieldFault.bareCarriageReturn.message
        case .malformedTrailer(let fault): fault.message
        case .trailersTooLarge: "the trailers are too large"
        }
    }
}
