import Synchronization

/// Where probes hand over what endpoints have answered, and a thread of its own puts it together.
///
/// A list may have 4 MiB, and a directory all lists: no worker's clients wait for that.
final class ModelKeeper: Sendable {
    let gateway: CompiledGateway
    let shared: SharedState
    /// The newest answer of each endpoint that was not dealt with yet.
    let waiting = Mutex<[Int: ProbeOutcome]>([:])
    /// An eventfd that tells the thread that there is something.
    let wake: Int32

    init(_ gateway: CompiledGateway, _ shared: SharedState) throws(Errno) {
        self.gateway = gateway
        self.shared = shared
        wake = try EventCounter.open(blocks: true)
    }
}
