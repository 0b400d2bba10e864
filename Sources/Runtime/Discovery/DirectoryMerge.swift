/// The compiled directory and discovered lists on their way to a `DiscoveredDirectory`.
struct DirectoryMerge {
    /// A name that the YAML does not have.
    struct Extra {
        let model: DiscoveredModel
        /// The model that it stands for: itself, or an alias's first target.
        let root: [UInt8]
        /// The endpoint that had it first; nil: it is an alias.
        let endpoint: Int?
    }

    /// An endpoint of an entry, and what it calls the model.
    struct Place {
        let endpoint: Int
        let upstreamName: StaticString?
    }

    let gateway: CompiledGateway
    /// The compiled entries and, behind them, one for each of `extras`.
    var entries: [[Place]]
    var extras: [Extra] = []
    /// Where a name is in `extras`.
    var extraIndexes: [[UInt8]: Int] = [:]
    let compiledCount: Int
    let namedCount: Int
    /// The endpoints' places in the order of trial.
    let ranks: [Int]
    let aliasNames: Set<[UInt8]>
}
