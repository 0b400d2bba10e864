/// What the endpoints that are asked have told so far; the keeper's own.
struct DiscoveredLists {
    let gateway: CompiledGateway
    /// By the endpoint's index; one that fails keeps its last list.
    var lists: [Int: ModelList] = [:]
    /// Endpoints whose last question came to nothing.
    var failing: Set<Int> = []
    /// Endpoints that have neither answered nor failed yet.
    var unheard: Set<Int>

    var isFirstRound: Bool { !unheard.isEmpty }
}
