/// Every model that clients may name, and where each is served.
public struct ModelDirectory: Sendable {
    /// The index of the entry that `name` matches, or nil: exact names before patterns (the longest
    /// first) before endpoints without a list.
    public let index: @Sendable (_ name: borrowing Span<UInt8>) -> Int?

    /// The entries' candidate lists in one table: for each candidate, in the order of trial, an
    /// endpoint's index and, above it, one more than the index in `upstreamNames`, 0 where the
    /// endpoint knows the model by the client's name: `endpoint | (upstreamName + 1) << 16`.
    public let candidates: [UInt32]

    /// Where entry `i` begins in `candidates`; one more entry at the end closes the last.
    public let candidateStarts: [UInt32]

    /// Names that endpoints know models by and clients do not.
    public let upstreamNames: [StaticString]

    /// The model a request has that names none; nil: such a request is refused.
    public let defaultModel: StaticString?

    /// The answer to `GET …/v1/models`.
    public let list: StaticString

    /// Where the object of listed model `i` begins and ends in `list`, at `2 * i` and `2 * i + 1`;
    /// listed models are the first entries.
    public let objectRanges: [UInt32]

    /// The directory of a small gateway, from entries that read like the YAML.
    public init(
        _ entries: [ModelEntry],
        index: @escaping @Sendable (_ name: borrowing Span<UInt8>) -> Int?,
        defaultModel: StaticString? = nil,
        list: StaticString,
        objectRanges: [UInt32]
    ) {
        var candidates: [UInt32] = []
        var starts: [UInt32] = [0]
        var names: [StaticString] = []
        for entry in entries {
            for candidate in entry.candidates {
                var word = UInt32(candidate.endpoint)
                if let name = candidate.upstreamName {
                    names.append(name)
                    word |= UInt32(names.count) << 16
                }
                candidates.append(word)
            }
            starts.append(UInt32(candidates.count))
        }
        self.init(
            candidates: candidates,
            candidateStarts: starts,
            upstreamNames: names,
            index: index,
            defaultModel: defaultModel,
            list: list,
            objectRanges: objectRanges
        )
    }

    /// The directory of a large gateway, from integer tables.
    public init(
        candidates: [UInt32],
        candidateStarts: [UInt32],
        upstreamNames: [StaticString],
        index: @escaping @Sendable (_ name: borrowing Span<UInt8>) -> Int?,
        defaultModel: StaticString? = nil,
        list: StaticString,
        objectRanges: [UInt32]
    ) {
        self.index = index
        self.candidates = candidates
        self.candidateStarts = candidateStarts
        self.upstreamNames = upstreamNames
        self.defaultModel = defaultModel
        self.list = list
        self.objectRanges = objectRanges
    }
}

/// A model, a pattern, or what is left over, with the endpoints that serve it.
public struct ModelEntry: Sendable {
    /// `gpt-4o`, `gpt-4*`, or `*` for what no list names.
    public let name: StaticString
    /// In the order of trial: highest priority first, then as the YAML has them.
    public let candidates: [Candidate]

    public init(_ name: StaticString, at candidates: [Candidate]) {
        self.name = name
        self.candidates = candidates
    }

    /// An endpoint that serves the model.
    public struct Candidate: Sendable {
        /// Index in `CompiledGateway.endpoints`.
        public let endpoint: Int
        /// What the endpoint calls the model; nil: what the client calls it.
        public let upstreamName: StaticString?

        public init(_ endpoint: Int, knownAs upstreamName: StaticString? = nil) {
            self.endpoint = endpoint
            self.upstreamName = upstreamName
        }
    }
}

/// Whether `bytes` are the text: what lets emitted code say `switch path { case "/v1/models": … }`.
@inlinable
public func ~= (text: StaticString, bytes: borrowing Span<UInt8>) -> Bool {
    bytes.count == text.utf8CodeUnitCount && startsWith(bytes, text)
}

/// Whether `bytes` begin with the text.
public func startsWith(_ bytes: borrowing Span<UInt8>, _ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count >= count else { return false }
    var index = 0
    if count >= 8 {
        // The last step may overlap the one before it.
        while index < count &- 8 {
            guard word(bytes, at: index) == word(text, at: index) else { return false }
            index &+= 8
        }
        return word(bytes, at: count &- 8) == word(text, at: count &- 8)
    }
    while index < count {
        guard unsafe bytes[index] == text.utf8Start[index] else { return false }
        index &+= 1
    }
    return true
}
