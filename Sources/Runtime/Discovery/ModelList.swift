/// A model as an endpoint's list has it.
struct DiscoveredModel: Sendable, Hashable {
    /// 1…256 bytes of UTF-8 without control characters.
    var name: [UInt8]
    /// Seconds since 1970; 0 where the list does not say.
    var created: Int
    /// `openai` where the list does not say.
    var owner: [UInt8]
}

/// What one endpoint has.
struct ModelList: Sendable, Equatable {
    /// In the endpoint's order, each name once; 10,000 at most.
    var models: [DiscoveredModel] = []
    /// Entries that are no models, cannot be asked for, or came after the 10,000.
    var skippedCount = 0
}
